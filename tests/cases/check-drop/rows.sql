INSERT INTO person (id, age, name) VALUES (1, 4, 'a'), (2, 0, 'b');
