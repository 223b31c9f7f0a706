DO $$ BEGIN CREATE ROLE glowplug_reader; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
COMMENT ON TYPE mood IS 'how it feels';
REVOKE ALL ON TYPE mood FROM PUBLIC;
GRANT USAGE ON TYPE mood TO glowplug_reader WITH GRANT OPTION;
