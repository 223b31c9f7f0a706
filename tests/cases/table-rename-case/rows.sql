INSERT INTO org (id, name, parent_id) VALUES (1, 'top', NULL), (2, 'below', 1);
INSERT INTO desk (id, org_id) VALUES (10, 1), (11, 2);
