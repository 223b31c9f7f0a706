INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO session (id, title, org_id) VALUES (1, 'one', 1), (2, 'two', NULL);
