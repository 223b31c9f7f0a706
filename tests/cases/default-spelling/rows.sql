INSERT INTO session (id, title, n) VALUES (1, 'x', 4);
