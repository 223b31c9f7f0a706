DO $$ BEGIN CREATE ROLE glowplug_reader; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
COMMENT ON CONSTRAINT email_check ON DOMAIN email IS 'not empty';
GRANT USAGE ON DOMAIN email TO glowplug_reader;
ALTER TYPE pair OWNER TO glowplug_reader;
COMMENT ON COLUMN pair.b IS 'the other one';
GRANT USAGE, SELECT ON SEQUENCE counter TO glowplug_reader;
GRANT SELECT ON SEQUENCE counter TO PUBLIC;
