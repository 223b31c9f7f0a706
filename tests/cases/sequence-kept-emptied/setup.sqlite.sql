INSERT INTO session (id, email) VALUES (41, 'gone@x');
DELETE FROM session;
