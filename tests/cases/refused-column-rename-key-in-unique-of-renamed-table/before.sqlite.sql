CREATE TABLE session (id INTEGER, email TEXT NOT NULL, UNIQUE (email, id), PRIMARY KEY (id));
