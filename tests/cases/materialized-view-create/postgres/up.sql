-- View `busy`.
CREATE MATERIALIZED VIEW "busy" AS
SELECT id, n FROM session WHERE n > 1;
