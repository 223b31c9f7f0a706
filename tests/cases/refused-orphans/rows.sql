INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO desk (id, org_id) VALUES (1, 1), (2, 99);
