INSERT INTO session (id, email) VALUES (1, 'one@x'), (2, 'two@x');
