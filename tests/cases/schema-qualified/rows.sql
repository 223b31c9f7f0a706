INSERT INTO audit.event (id, what) VALUES (1, 'a');
