INSERT INTO place (id, region, number, note) VALUES (1, 'n', 1, 'x'), (2, 'n', 2, 'y'), (3, 's', 1, NULL);
INSERT INTO visit (id, region, number) VALUES (1, 'n', 2), (2, 's', 1), (3, NULL, 1);
