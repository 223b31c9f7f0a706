CREATE TABLE session (id INTEGER PRIMARY KEY, firstName TEXT CHECK (firstName <> ''), [lastName] TEXT, CHECK (length(`lastName`) < 100));
CREATE INDEX names ON session (firstName, lower([lastName])) WHERE firstName IS NOT NULL;
CREATE VIEW people AS SELECT firstName AS name FROM session;
