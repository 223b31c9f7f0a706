
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
      SELECT 5, 0, pg_catalog.format('%s INCREMENT BY %s %sMINVALUE %s %sMAXVALUE %s %sSTART WITH %s %sCACHE %s %s;',
        CASE q.deptype WHEN 'i'
          THEN pg_catalog.format('ALTER TABLE %s ALTER COLUMN %I SET', c.oid::pg_catalog.regclass, a.attname)
          ELSE pg_catalog.format('ALTER SEQUENCE %s', q.seqrelid::pg_catalog.regclass) END,
        q.seqincrement, q.set, q.seqmin, q.set, q.seqmax, q.set, q.seqstart, q.set, q.seqcache,
        q.set || CASE WHEN q.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)
      -- A serial column that is made anew finds its sequence under this name.
      WHERE q.has_options AND (q.deptype = 'i' OR q.relname = c.relname || '_' || a.attname || '_seq')
      UNION ALL
      SELECT 6, pg_catalog.min(e.at), pg_catalog.format('GRANT %s ON SEQUENCE %s TO %s%s;',
        pg_catalog.string_agg(e.privilege_type, ', ' ORDER BY e.at), q.seqrelid::pg_catalog.regclass,
        CASE WHEN e.grantee = 0 THEN 'PUBLIC'
          ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantee)) END,
        CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM pg_catalog.aclexplode(q.relacl) WITH ORDINALITY e (grantor, grantee, privilege_type, is_grantable, at)
      WHERE e.grantee <> q.relowner AND q.relname = c.relname || '_' || a.attname || '_seq'
      GROUP BY e.grantee, e.is_grantable
    ) s ORDER BY s.place, s.at
