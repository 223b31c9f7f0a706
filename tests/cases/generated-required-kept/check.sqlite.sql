SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'item' AND instr(sql, 'twice INTEGER AS (price * 2) VIRTUAL NOT NULL') > 0;
