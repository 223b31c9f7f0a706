INSERT INTO setting (key, value) VALUES ('a', 'x'), ('b', NULL), ('C', 'y');
