INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO team (id, lead_id) VALUES (1, NULL);
INSERT INTO person (id, team_id) VALUES (7, 1);
UPDATE team SET lead_id = 7;
