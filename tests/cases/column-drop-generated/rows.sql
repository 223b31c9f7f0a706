INSERT INTO session (id, title) VALUES (1, 'one'), (2, 'two'), (5, 'five');
