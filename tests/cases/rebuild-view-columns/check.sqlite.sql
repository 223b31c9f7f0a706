SELECT s = 10 FROM "of it";
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'renamed' AND instr(sql, 'CREATE VIEW renamed ("the id", plan) AS SELECT id, upper(plan) FROM session') > 0;
