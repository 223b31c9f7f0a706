INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO child (id, org_id, title) VALUES (1, 2, 'a'), (2, NULL, 'b'), (5, 1, 'c');
