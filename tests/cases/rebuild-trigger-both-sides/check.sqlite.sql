SELECT count(*) = 2 FROM sqlite_schema WHERE type = 'trigger';
SELECT name = 'north' FROM org WHERE id = 1;
