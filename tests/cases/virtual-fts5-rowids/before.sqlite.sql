CREATE TABLE log (a INTEGER, b TEXT);
INSERT INTO log (rowid, a, b) VALUES (3, 1, 'three'), (9, 2, 'nine');
CREATE VIRTUAL TABLE log_text USING fts5(b, content = 'log');
INSERT INTO log_text (log_text) VALUES ('rebuild');
