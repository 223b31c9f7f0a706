CREATE TABLE audit (what);
CREATE TRIGGER session_update AFTER UPDATE ON session BEGIN INSERT INTO audit VALUES (OLD.plan); END;
