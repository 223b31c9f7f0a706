INSERT INTO item VALUES (1, 'a word or two', 3), (2, 'b', 4);
