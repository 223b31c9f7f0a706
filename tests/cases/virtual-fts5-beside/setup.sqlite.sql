CREATE VIRTUAL TABLE session_text USING fts5(email, plan, content = 'session', content_rowid = 'id');
INSERT INTO session_text (session_text) VALUES ('rebuild');
CREATE TRIGGER session_text_insert AFTER INSERT ON session BEGIN INSERT INTO session_text (rowid, email, plan) VALUES (NEW.id, NEW.email, NEW.plan); END;
CREATE TRIGGER session_text_delete AFTER DELETE ON session BEGIN INSERT INTO session_text (session_text, rowid, email, plan) VALUES ('delete', OLD.id, OLD.email, OLD.plan); END;
