COMMENT ON CONSTRAINT session_twice ON session IS 'once';
COMMENT ON INDEX session_sum IS 'by sum';
DO $$ BEGIN CREATE ROLE glowplug_reader; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT SELECT (twice), UPDATE (twice) ON session TO PUBLIC;
GRANT SELECT (twice), REFERENCES (twice) ON session TO glowplug_reader WITH GRANT OPTION;
ALTER TABLE session ALTER twice SET STATISTICS 50, ALTER sum SET (n_distinct = 5);
GRANT SELECT ON doubled TO PUBLIC;
COMMENT ON MATERIALIZED VIEW most IS 'it';
