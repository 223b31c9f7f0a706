SELECT count(*) = 0 FROM audit;
SELECT count(*) = 3 FROM sqlite_schema WHERE type = 'trigger';
