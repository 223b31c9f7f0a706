SELECT most = 1 FROM c;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'b' AND instr(sql, 'SELECT plan, count(*) AS many FROM a GROUP BY plan') > 0;
