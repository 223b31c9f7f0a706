INSERT INTO org (id, name, city) VALUES (1, 'a', 'Oslo'), (2, 'b', NULL);
