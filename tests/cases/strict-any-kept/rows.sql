INSERT INTO item (id, value) VALUES (1, 'a'), (2, 2), (3, 2.5), (4, x'00');
