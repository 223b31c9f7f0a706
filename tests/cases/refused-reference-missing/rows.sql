INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
