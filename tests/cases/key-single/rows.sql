INSERT INTO stock (shop, item, amount) VALUES (1, 10, 5), (2, 11, 6);
