INSERT INTO item VALUES (5, 1), (7, 2);
