SELECT count(*) = 1 FROM sqlite_schema WHERE type = 'trigger' AND name = 'active_insert';
