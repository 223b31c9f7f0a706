INSERT INTO item VALUES (5, 'a'), (7, 'b');
