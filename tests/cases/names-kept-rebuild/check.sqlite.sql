SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'id INTEGER CONSTRAINT the_key PRIMARY KEY') > 0;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'CONSTRAINT email_there NOT NULL CONSTRAINT email_empty DEFAULT '''' CONSTRAINT email_case COLLATE NOCASE') > 0;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'CONSTRAINT twin CHECK (length(email) < 99)') > 0;
SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'session' AND instr(sql, 'CONSTRAINT twin UNIQUE (email, plan)') > 0;
