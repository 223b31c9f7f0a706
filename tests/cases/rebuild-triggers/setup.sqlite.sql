CREATE TABLE audit (at INTEGER PRIMARY KEY, what TEXT);
CREATE TABLE other (id INTEGER PRIMARY KEY, session_id INTEGER);
INSERT INTO other (id, session_id) VALUES (1, 2);
CREATE TRIGGER session_insert AFTER INSERT ON session BEGIN INSERT INTO audit (what) VALUES ('insert ' || NEW.id); END;
CREATE TRIGGER "session ""delete""" BEFORE DELETE ON session FOR EACH ROW WHEN OLD.id > 1
BEGIN
    -- a comment; with a semicolon
    INSERT INTO audit (what) VALUES ('delete; ' || OLD.id);
    UPDATE session SET title = title || '!' WHERE id = OLD.id - 1;
END;
CREATE TRIGGER other_delete AFTER DELETE ON other BEGIN DELETE FROM session WHERE id = OLD.session_id; END;
