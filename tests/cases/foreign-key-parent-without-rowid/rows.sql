INSERT INTO code (key, label) VALUES ('a', 'A'), ('b', 'B');
INSERT INTO entry (id, key) VALUES (1, 'a'), (2, 'b'), (3, NULL);
