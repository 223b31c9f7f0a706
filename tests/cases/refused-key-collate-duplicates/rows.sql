INSERT INTO setting (key, value) VALUES ('a', 'x'), ('b', NULL), ('C', 'y');
INSERT INTO setting (key) VALUES ('A');
