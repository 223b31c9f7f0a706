CREATE TABLE session (id INTEGER PRIMARY KEY, email TEXT NOT NULL, plan TEXT);
CREATE UNIQUE INDEX session_email ON session ( lower(email) /* any case */, plan DESC );
