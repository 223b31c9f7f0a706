CREATE VIEW named AS SELECT id, email, plan FROM session;
CREATE TRIGGER named_insert INSTEAD OF INSERT ON named BEGIN INSERT INTO session (id, email, plan) VALUES (NEW.id, NEW.email, coalesce(NEW.plan, 'none')); END;
CREATE TRIGGER named_update INSTEAD OF UPDATE OF plan ON named BEGIN UPDATE session SET plan = NEW.plan WHERE id = OLD.id; END;
