INSERT INTO person (id, note) VALUES (1, 'kept'), (2, 'too');
