INSERT INTO person (id, email, status) VALUES (1, 'A', 'new'), (2, 'b', 'old');
