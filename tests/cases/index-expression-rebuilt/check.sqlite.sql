SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session_email' AND instr(sql, '( lower(email) /* any case */, plan DESC )') > 0;
