INSERT INTO member (org, person, role) VALUES (1, 1, 'x'), (1, 2, NULL), (2, 1, 'y');
