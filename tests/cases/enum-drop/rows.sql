INSERT INTO diary (id, felt) VALUES (1, 'sad'), (2, 'happy');
