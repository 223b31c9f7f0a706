SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'child' AND instr(sql, 'REFERENCES org ON DELETE CASCADE') > 0;
SELECT count(*) = 3 FROM child;
