SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'member' AND instr(sql, 'CONSTRAINT member_key PRIMARY KEY (org, person DESC)') > 0;
