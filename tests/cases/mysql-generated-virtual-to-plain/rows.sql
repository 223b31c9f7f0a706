INSERT INTO item (id, a, b) VALUES (1, 2, 3), (2, 4, 5);
