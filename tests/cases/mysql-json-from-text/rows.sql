INSERT INTO item VALUES (1, '{"a": [1, 2]}'), (2, NULL);
