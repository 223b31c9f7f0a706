INSERT INTO item (id, price, quantity) VALUES (1, 5, 3), (2, 7, 1);
