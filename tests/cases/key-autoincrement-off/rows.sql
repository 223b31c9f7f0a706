INSERT INTO ticket (id, title) VALUES (3, 'a'), (9, 'b');
