INSERT INTO diary (id, felt) VALUES (1, 'ok'), (2, 'happy');
