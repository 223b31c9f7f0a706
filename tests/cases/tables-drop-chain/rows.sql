INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO a_root (id) VALUES (1);
INSERT INTO b_mid (id, a_id) VALUES (1, 1);
INSERT INTO c_leaf (id, b_id) VALUES (1, 1);
