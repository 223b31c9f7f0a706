
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
      SELECT 4, 0, pg_catalog.format('COMMENT ON CONSTRAINT %I ON %s IS %L;', k.conname,
        c.oid::pg_catalog.regclass, pg_catalog.obj_description(k.oid, 'pg_constraint'))
      FROM pg_catalog.pg_constraint k
      WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey[1] = a.attnum
        AND pg_catalog.obj_description(k.oid, 'pg_constraint') IS NOT NULL
    ) s ORDER BY s.place, s.at
