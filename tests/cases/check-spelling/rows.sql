INSERT INTO person (id, age) VALUES (1, 4);
