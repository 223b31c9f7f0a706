INSERT INTO session (id, title) VALUES (1, 'one'), (4, 'four');
