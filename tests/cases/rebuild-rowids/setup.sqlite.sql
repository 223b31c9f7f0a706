CREATE VIRTUAL TABLE note_search USING fts5 (body, content = 'note', content_rowid = 'rowid');
CREATE TABLE pin (note_rowid INTEGER);
INSERT INTO pin (note_rowid) VALUES (8), (20);
CREATE TRIGGER note_search_insert AFTER INSERT ON note BEGIN INSERT INTO note_search (rowid, body) VALUES (NEW.rowid, NEW.body); END;
INSERT INTO note_search (note_search) VALUES ('rebuild');
