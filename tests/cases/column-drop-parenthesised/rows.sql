INSERT INTO session (id, title, level) VALUES (1, 'one', 5), (2, 'two', 1);
