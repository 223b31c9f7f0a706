CREATE TRIGGER org_gone AFTER DELETE ON org BEGIN
    UPDATE child SET title = 'gone' WHERE org_id = OLD.id;
    DELETE FROM child WHERE title IS NULL;
END;
CREATE TRIGGER org_came AFTER INSERT ON org WHEN (SELECT count(*) FROM child) < 9 BEGIN INSERT INTO child (org_id) VALUES (NEW.id); END;
