CREATE VIRTUAL TABLE place USING rtree(id, x0, x1);
INSERT INTO place VALUES (1, 0, 1), (2, 5, 6);
CREATE TRIGGER session_place AFTER DELETE ON session BEGIN DELETE FROM place WHERE id = OLD.id; END;
