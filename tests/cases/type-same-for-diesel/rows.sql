INSERT INTO item (id, flag, name, at) VALUES (1, 1, 'a', '2026-01-01 00:00:00');
