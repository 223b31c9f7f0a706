CREATE TABLE audit (at INTEGER PRIMARY KEY, what TEXT);
CREATE TRIGGER session_plan AFTER UPDATE OF plan ON session WHEN NEW.plan IS NOT NULL
BEGIN
    INSERT INTO audit (what) VALUES (OLD.plan || ' -> ' || NEW.plan);
END;
