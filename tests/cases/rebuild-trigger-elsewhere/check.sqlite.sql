SELECT count(*) = 3 FROM child;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'org_came' AND instr(sql, 'WHEN (SELECT count(*) FROM child) < 9') > 0;
