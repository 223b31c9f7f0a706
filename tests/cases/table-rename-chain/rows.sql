INSERT INTO alpha (id, a) VALUES (1, 'a1');
INSERT INTO beta (id, b) VALUES (1, 'b1'), (2, 'b2');
