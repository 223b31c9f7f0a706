INSERT INTO session (id, title) OVERRIDING SYSTEM VALUE VALUES (1, 'one'), (2, 'two'), (5, 'five');
