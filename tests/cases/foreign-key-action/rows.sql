INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO desk (id, org_id, label) VALUES (1, 1, 'a'), (2, NULL, NULL), (3, 2, 'c');
