CREATE TRIGGER org_to_child AFTER UPDATE ON org BEGIN UPDATE child SET title = NEW.name WHERE org_id = NEW.id; END;
CREATE TRIGGER child_to_org AFTER UPDATE ON child BEGIN UPDATE org SET name = NEW.title WHERE id = NEW.org_id AND NEW.title IS NOT NULL; END;
