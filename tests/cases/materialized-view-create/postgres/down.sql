-- Drop the view `busy`.
DROP MATERIALIZED VIEW "busy";
