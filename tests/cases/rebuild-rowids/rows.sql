INSERT INTO note (rowid, code, body) VALUES (3, 'a', 'apple pie'), (8, 'b', 'banana'), (20, 'c', 'cherry');
