INSERT INTO person (id, home) VALUES (1, NULL), (2, NULL);
