SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'id INTEGER PRIMARY KEY ON CONFLICT REPLACE') > 0;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'CONSTRAINT there NOT NULL ON CONFLICT IGNORE UNIQUE ON CONFLICT FAIL, -- as typed') > 0;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'CHECK (email <> '''') ON CONFLICT ROLLBACK') > 0;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'CONSTRAINT once UNIQUE (plan, email) ON CONFLICT REPLACE') > 0;
