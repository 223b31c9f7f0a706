INSERT INTO item (id, level) VALUES (1, '3'), (2, '4');
