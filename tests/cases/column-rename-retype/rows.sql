INSERT INTO session (id, title, plan) VALUES (1, 'one', '3'), (2, 'two', NULL), (5, 'five', '12');
