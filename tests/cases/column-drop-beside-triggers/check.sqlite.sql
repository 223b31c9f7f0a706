SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'log_came' AND instr(sql, 'SET email = NEW.plan WHERE id = 1') > 0;
