
    SELECT s.statement FROM (
      SELECT 1 AS place, pg_catalog.min(e.at) AS at, pg_catalog.format('GRANT %s ON %s TO %s%s;',
        pg_catalog.string_agg(pg_catalog.format('%s (%I)', e.privilege_type, a.attname), ', ' ORDER BY e.at),
        c.oid::pg_catalog.regclass,
        CASE WHEN e.grantee = 0 THEN 'PUBLIC'
          ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantee)) END,
        CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS statement
      FROM pg_catalog.aclexplode(a.attacl) WITH ORDINALITY e (grantor, grantee, privilege_type, is_grantable, at)
      GROUP BY e.grantee, e.is_grantable
      UNION ALL
      SELECT 2, 0, pg_catalog.format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s;',
        c.oid::pg_catalog.regclass, a.attname, a.attstattarget)
      WHERE a.attstattarget >= 0
      UNION ALL
      SELECT 3, 0, pg_catalog.format('ALTER TABLE %s ALTER COLUMN %I SET (%s);',
        c.oid::pg_catalog.regclass, a.attname, pg_catalog.string_agg(o, ', ' ORDER BY o))
      FROM pg_catalog.unnest(a.attoptions) o WHERE o LIKE 'n\_distinct%'
      HAVING pg_catalog.count(*) > 0
      UNION ALL
      SELECT 4, 0, pg_catalog.format('COMMENT ON CONSTRAINT %I ON %s IS %L;', nn.conname,
        c.oid::pg_catalog.regclass, nn.comment)
      WHERE nn.comment IS NOT NULL
      UNION ALL
      -- A sequence that is made anew has the name that the server gives: its own may be another.
      SELECT 5, 0, pg_catalog.format('DO %L;', pg_catalog.format(
        'BEGIN IF %1$s::regclass IS DISTINCT FROM to_regclass(%2$L) THEN '
        'EXECUTE format(%3$L, %1$s, %4$L); END IF; END',
        pg_catalog.format('pg_get_serial_sequence(%L, %L)', c.oid::pg_catalog.regclass, a.attname),
        q.seqrelid::pg_catalog.regclass, 'ALTER SEQUENCE %s RENAME TO %I', q.relname))
      WHERE q.is_named
      UNION ALL
      SELECT 6, 0, pg_catalog.format('ALTER SEQUENCE %s AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s %s;',
        q.seqrelid::pg_catalog.regclass, pg_catalog.format_type(q.seqtypid, NULL), q.seqincrement, q.seqmin,
        q.seqmax, q.seqstart, q.seqcache, CASE WHEN q.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)
      WHERE q.has_options
      UNION ALL
      SELECT 7, 0, pg_catalog.format('COMMENT ON SEQUENCE %s IS %L;', q.seqrelid::pg_catalog.regclass, q.comment)
      WHERE q.comment IS NOT NULL
      UNION ALL
      SELECT n.place, n.at, n.statement
      FROM (SELECT 'SEQUENCE ' || q.seqrelid::pg_catalog.regclass AS path, 's'::"char" AS class, q.relacl AS acl,
        q.relowner AS owner, q.relnamespace AS namespace) g, LATERAL (__GRANTS__) n
      WHERE q.seqrelid IS NOT NULL
    ) s ORDER BY s.place, s.at
