INSERT INTO item (id, code, gone) VALUES (1, '10', NULL), (2, '20', 'x');
