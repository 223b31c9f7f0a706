INSERT INTO session (id, n, m) VALUES (1, 10, 1), (2, 20, 2);
