INSERT INTO ticket (id, title, note) VALUES (3, 'a', 'x'), (9, 'b', 'y'), (40, 'gone', '');
DELETE FROM ticket WHERE id = 40;
