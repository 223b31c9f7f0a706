INSERT INTO session (id, title, weight) VALUES (1, 'one', 7), (2, 'two', 8);
