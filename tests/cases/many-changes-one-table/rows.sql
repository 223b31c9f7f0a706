INSERT INTO session (id, title, plan, old, score) VALUES (1, 'one', 'p', 'o', '5'), (4, 'two', NULL, NULL, '6');
