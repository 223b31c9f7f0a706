SELECT instr(sql, '-- what the agent works on') > 0 FROM sqlite_schema WHERE name = 'session';
SELECT instr(sql, '/* the rowid */') > 0 FROM sqlite_schema WHERE name = 'session';
SELECT instr(sql, '/* free, text */') > 0 FROM sqlite_schema WHERE name = 'session';
SELECT instr(sql, '/* ), */') > 0 FROM sqlite_schema WHERE name = 'session';
SELECT instr(sql, '-- shown to the user') > 0 FROM sqlite_schema WHERE name = 'session';
SELECT instr(sql, 'ON CONFLICT IGNORE -- the last') > 0 FROM sqlite_schema WHERE name = 'session';
SELECT instr(sql, '-- for the list') > 0 FROM sqlite_schema WHERE name = 'session_plan';
