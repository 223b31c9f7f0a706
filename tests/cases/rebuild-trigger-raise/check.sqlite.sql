SELECT count(*) = 3 FROM session;
SELECT count(*) = 2 FROM sqlite_schema WHERE type = 'trigger';
