INSERT INTO person (id, email, org) VALUES (1, 'a', 1), (2, 'b', 1);
