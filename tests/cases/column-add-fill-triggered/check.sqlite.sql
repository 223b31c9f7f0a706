SELECT count(*) = 0 FROM audit;
SELECT count(*) = 1 FROM sqlite_schema WHERE type = 'trigger';
