INSERT INTO setting (id, key, value) VALUES (1, 'a', 'x'), (2, 'b', NULL);
