INSERT INTO session (id, title, plan) VALUES (1, 'one', 'p1'), (2, 'two', NULL), (5, 'five', 'p5');
