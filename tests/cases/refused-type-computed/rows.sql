INSERT INTO session (id, n) VALUES (1, 1);
