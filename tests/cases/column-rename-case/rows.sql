INSERT INTO session (id, "Title") VALUES (1, 'one');
