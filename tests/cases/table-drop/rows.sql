INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO note (id, org_id, body) VALUES (1, 1, 'first'), (2, NULL, 'second');
