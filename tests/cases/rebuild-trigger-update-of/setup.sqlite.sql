CREATE TABLE log (at INTEGER PRIMARY KEY, was TEXT, became TEXT);
CREATE TRIGGER session_plan AFTER UPDATE OF plan, email ON session FOR EACH ROW WHEN OLD.plan IS NOT NEW.plan
BEGIN
    INSERT INTO log (was, became) VALUES (OLD.plan, NEW.plan);
END;
