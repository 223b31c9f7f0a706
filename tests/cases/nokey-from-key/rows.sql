INSERT INTO log (a, b) VALUES (1, 'x'), (2, NULL);
