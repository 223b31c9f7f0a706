CREATE TABLE log (a INTEGER, b TEXT);
INSERT INTO log (rowid, a, b) VALUES (3, 1, 'x'), (9, 1, 'x'), (10, NULL, NULL);
