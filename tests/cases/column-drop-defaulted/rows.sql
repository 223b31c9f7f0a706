INSERT INTO session (id, title, status) VALUES (1, 'one', 'open'), (2, 'two', 'new');
