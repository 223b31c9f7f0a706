CREATE TABLE log (a INTEGER NOT NULL, b TEXT);
INSERT INTO log (rowid, a, b) VALUES (3, 1, 'x'), (9, 2, 'x');
