INSERT INTO person (id, email) VALUES (1, 'a'), (2, 'a'), (3, 'b');
