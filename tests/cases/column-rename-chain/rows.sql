INSERT INTO session (id, a, b) VALUES (1, 'a1', 'b1'), (2, 'a2', NULL);
