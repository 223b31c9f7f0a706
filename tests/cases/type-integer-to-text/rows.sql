INSERT INTO item (id, code, note) VALUES (1, 17, 'x'), (2, -4, NULL);
