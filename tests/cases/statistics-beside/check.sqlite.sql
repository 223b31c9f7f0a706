SELECT count(*) = 1 FROM sqlite_stat1 WHERE tbl = 'org';
