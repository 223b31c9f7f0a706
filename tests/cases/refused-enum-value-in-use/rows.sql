INSERT INTO diary (id, felt, every) VALUES (1, 'ok', '{ok,happy}'), (2, 'sad', NULL);
