INSERT INTO item (id, amount) VALUES (1, '1.5'), (2, NULL), (3, '-20.5');
