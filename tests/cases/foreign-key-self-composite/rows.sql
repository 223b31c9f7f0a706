INSERT INTO tree (a, b, up_a, up_b) VALUES (1, 1, NULL, NULL), (1, 2, 1, 1), (2, 1, 1, 2);
