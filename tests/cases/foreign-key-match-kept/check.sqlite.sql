SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'child' AND instr(sql, 'MATCH FULL ON DELETE SET NULL') > 0;
