INSERT INTO person (id, email) VALUES (1, 'A@x'), (2, 'b@x');
