INSERT INTO setting (key, value, note) VALUES ('a', 'x', 'n'), ('b', NULL, NULL);
