CREATE TABLE bag (id INTEGER PRIMARY KEY, thing, note TEXT);
INSERT INTO bag (id, thing) VALUES (1, 1), (2, 'x'), (3, 2.5), (4, x'00');
