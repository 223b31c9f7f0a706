INSERT INTO item (id, label) VALUES (1, 'a');
