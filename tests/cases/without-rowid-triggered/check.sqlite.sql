SELECT count(*) = 0 FROM log;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'setting_gone' AND instr(sql, 'AFTER DELETE ON setting') > 0;
