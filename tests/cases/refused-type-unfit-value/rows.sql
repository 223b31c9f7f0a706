INSERT INTO item (id, code) VALUES (1, '17'), (2, 'x');
