CREATE TABLE session (id INTEGER PRIMARY KEY, email TEXT NOT NULL, plan TEXT);
CREATE VIEW renamed (number, plan) AS SELECT id, plan FROM session;
