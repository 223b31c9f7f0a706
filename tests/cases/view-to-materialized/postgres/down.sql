-- Drop the view `busy`.
DROP MATERIALIZED VIEW "busy";

-- View `busy`.
CREATE VIEW "busy" AS
SELECT id FROM session;
