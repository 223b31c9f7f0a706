INSERT INTO session (id, mood) VALUES (1, 'ok');
