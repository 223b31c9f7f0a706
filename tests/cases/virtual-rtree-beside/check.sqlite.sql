SELECT count(*) = 1 FROM place WHERE x0 > 4;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session_place' AND instr(sql, 'DELETE FROM place WHERE id = OLD.id') > 0;
