INSERT INTO country (id, code) VALUES (1, 'no'), (2, 'se');
