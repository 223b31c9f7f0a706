INSERT INTO stock (shop, item) VALUES (1, 1), (1, 2);
