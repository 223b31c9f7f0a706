SELECT count(*) = 2 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'named';
SELECT count(*) = 3 FROM named;
