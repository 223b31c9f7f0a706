SELECT group_concat(rowid) = '7' FROM session_text WHERE session_text MATCH 'p7';
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session_text' AND sql LIKE 'CREATE VIRTUAL TABLE%';
