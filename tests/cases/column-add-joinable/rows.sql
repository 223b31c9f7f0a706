INSERT INTO org (id, name) VALUES (1, 'north'), (2, 'south');
INSERT INTO session (id, title) VALUES (1, 'one'), (2, 'two'), (5, 'five');
