INSERT INTO item (key, amount) VALUES ('a', 1), ('b', NULL);
