INSERT INTO session (id, title, plan) VALUES (1, 'one', 'p1'), (2, 'two', 'p2');
