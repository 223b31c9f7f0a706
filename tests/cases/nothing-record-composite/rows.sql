INSERT INTO place (id, area) VALUES (1, ROW(7, 'north', NULL));
