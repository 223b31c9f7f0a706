INSERT INTO stock (shop, item) VALUES (1, 1), (1, 2);
INSERT INTO sale (id, shop, item) VALUES (1, 1, 2), (2, 1, 1);
