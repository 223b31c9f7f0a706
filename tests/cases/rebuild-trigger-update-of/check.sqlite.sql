SELECT count(*) = 0 FROM log;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session_plan' AND instr(sql, 'AFTER UPDATE OF plan, email ON session FOR EACH ROW WHEN OLD.plan IS NOT NEW.plan') > 0;
