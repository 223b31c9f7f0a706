INSERT INTO item VALUES (1, 'é', 'A');
