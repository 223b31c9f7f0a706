INSERT INTO place (region, number) VALUES ('a', 1);
INSERT INTO session (id, region, number) VALUES (1, 'a', 1), (2, NULL, NULL);
