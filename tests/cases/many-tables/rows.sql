INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO desk (id, org_id, label) VALUES (1, 1, 'a'), (2, 2, NULL);
INSERT INTO lamp (id, desk_id, watt) VALUES (1, 1, '40'), (2, 2, '60'), (3, 1, '15');
