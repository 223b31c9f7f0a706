INSERT INTO session (id, email, kind) VALUES (1, 'one@x', 'k'), (2, 'two@x', 'free');
