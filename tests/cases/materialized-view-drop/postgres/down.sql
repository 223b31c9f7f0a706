-- View `busy`.
CREATE MATERIALIZED VIEW "busy" AS
SELECT id FROM session;
