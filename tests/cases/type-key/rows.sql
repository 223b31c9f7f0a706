INSERT INTO item (id, name) VALUES (1, 'a'), (9, 'b');
INSERT INTO part (id, item_id) VALUES (1, 9), (2, 1);
