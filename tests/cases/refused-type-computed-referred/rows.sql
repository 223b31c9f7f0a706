INSERT INTO session (id, n) VALUES (1, 10), (2, 20);
INSERT INTO part (id, twice) VALUES (1, 40);
