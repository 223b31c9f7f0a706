INSERT INTO person (id, email) VALUES (1, 'ada@example.org');
