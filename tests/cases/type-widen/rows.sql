INSERT INTO item (id, code, total, ratio) VALUES (1, 17, 100000, 0.5), (2, -4, 7, 2);
