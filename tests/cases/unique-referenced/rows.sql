INSERT INTO person (id, email) VALUES (1, 'a'), (2, 'b');
INSERT INTO letter (id, email) VALUES (1, 'b'), (2, NULL);
