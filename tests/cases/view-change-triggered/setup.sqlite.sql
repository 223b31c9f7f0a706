CREATE TRIGGER active_insert INSTEAD OF INSERT ON active BEGIN INSERT INTO session (id, title) VALUES (NEW.id, NEW.title); END;
