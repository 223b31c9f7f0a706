
    SELECT s.statement FROM (
      SELECT 1 AS place, pg_catalog.format('COMMENT ON INDEX %s IS %L;', x.oid::pg_catalog.regclass,
        y.description) AS statement
      WHERE y.description IS NOT NULL
      UNION ALL
      SELECT 2, pg_catalog.format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s;',
        x.oid::pg_catalog.regclass, a.attnum, a.attstattarget)
      FROM pg_catalog.pg_attribute a
      WHERE i.indexprs IS NOT NULL AND a.attrelid = x.oid AND a.attstattarget >= 0
      UNION ALL
      SELECT 3, pg_catalog.format('ALTER %s %s CLUSTER ON %I;',
        CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
        c.oid::pg_catalog.regclass, x.relname)
      WHERE i.indisclustered
      UNION ALL
      SELECT 4, pg_catalog.format('ALTER TABLE %s REPLICA IDENTITY USING INDEX %I;',
        c.oid::pg_catalog.regclass, x.relname)
      WHERE i.indisreplident
    ) s WHERE x.oid IS NOT NULL ORDER BY s.place, s.statement
