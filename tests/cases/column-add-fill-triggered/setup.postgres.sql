CREATE TABLE audit (id serial PRIMARY KEY, what text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit (what) VALUES (NEW.title); RETURN NULL; END $$;
CREATE TRIGGER session_update AFTER UPDATE ON session FOR EACH ROW EXECUTE FUNCTION note();
