-- Drop the view `busy`.
DROP VIEW "busy";

-- View `busy`.
CREATE MATERIALIZED VIEW "busy" AS
SELECT id FROM session;
