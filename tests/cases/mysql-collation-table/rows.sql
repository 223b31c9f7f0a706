INSERT INTO item VALUES (1, 'é', 'A'), (2, 'e', 'ß');
