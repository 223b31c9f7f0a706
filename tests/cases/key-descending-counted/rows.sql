INSERT INTO session (id, email, plan) VALUES (1, 'one@x', 'p1'), (2, 'two@x', 'p2'), (7, 'seven@x', 'p7');
