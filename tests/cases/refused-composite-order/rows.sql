INSERT INTO person (id, home) VALUES (1, ROW('Main', 7, '12345'));
