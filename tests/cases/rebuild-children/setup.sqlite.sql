CREATE TABLE message (id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE);
CREATE TABLE reply (id INTEGER PRIMARY KEY, message_id INTEGER REFERENCES message (id) ON DELETE CASCADE, session_id INTEGER DEFAULT 1 REFERENCES "session" (id) ON DELETE SET DEFAULT);
CREATE TABLE tag (session_id INTEGER REFERENCES SESSION (id) ON DELETE SET NULL, name TEXT);
INSERT INTO message (id, session_id) VALUES (1, 1), (2, 5), (3, 5);
INSERT INTO reply (id, message_id, session_id) VALUES (1, 2, 5), (2, 3, 2);
INSERT INTO tag (session_id, name) VALUES (2, 'a'), (NULL, 'b'), (5, 'c');
