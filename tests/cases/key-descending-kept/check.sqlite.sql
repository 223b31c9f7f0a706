SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'id INTEGER NOT NULL PRIMARY KEY DESC,') > 0;
SELECT count(*) = 1 FROM pragma_index_list('session') WHERE origin = 'pk';
