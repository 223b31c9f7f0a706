INSERT INTO org (id, name, size) VALUES (1, 'a', '10'), (2, 'b', NULL);
