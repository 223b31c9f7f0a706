INSERT INTO item (id, a, b, total) VALUES (1, 2, 3, 6);
