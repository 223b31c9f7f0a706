SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'child' AND instr(sql, 'REFERENCES org (id)') > 0;
