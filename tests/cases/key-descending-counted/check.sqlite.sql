SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'PRIMARY KEY (id DESC AUTOINCREMENT)') > 0;
SELECT seq = 7 FROM sqlite_sequence WHERE name = 'session';
