INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO session (id, title, kind, org_id) VALUES (1, 'one', 'k', 2), (2, 'two', NULL, NULL);
