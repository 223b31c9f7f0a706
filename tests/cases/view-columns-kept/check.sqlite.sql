SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'renamed' AND instr(sql, 'CREATE VIEW renamed (number, plan) AS SELECT id, plan FROM session') > 0;
SELECT sum(number) = 10 FROM renamed;
