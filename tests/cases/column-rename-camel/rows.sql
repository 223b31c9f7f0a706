INSERT INTO session (id, firstName, lastName) VALUES (1, 'a', 'b'), (2, NULL, 'c');
