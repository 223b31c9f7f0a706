INSERT INTO session (id, email, plan) VALUES (1, 'one@x', 'p1'), (2, 'two@x', 'p2'), (3, 'three@x', 'p3');
