SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'setting' AND instr(sql, 'PRIMARY KEY ("key" COLLATE nocase DESC)') > 0;
