INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO seat (org_id, at, note) VALUES (1, 1, 'a'), (2, 1, NULL);
