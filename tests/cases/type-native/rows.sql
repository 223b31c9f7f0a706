INSERT INTO item (id, price) VALUES (1, 12.5), (2, 0.25);
