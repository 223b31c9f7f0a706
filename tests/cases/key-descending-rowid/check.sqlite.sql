SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'PRIMARY KEY (id DESC)') > 0;
SELECT count(*) = 0 FROM pragma_index_list('session');
