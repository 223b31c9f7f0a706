SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'child' AND instr(sql, 'REFERENCES org (id) NOT NULL DEFERRABLE INITIALLY DEFERRED') > 0;
