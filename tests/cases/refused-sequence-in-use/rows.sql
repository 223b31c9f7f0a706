INSERT INTO person (id, number) VALUES (1, 5);
