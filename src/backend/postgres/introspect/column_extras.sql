
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
      -- A serial column that is made anew finds its sequence under this name.
      SELECT 5, 0, pg_catalog.format('%s INCREMENT BY %s %sMINVALUE %s %sMAXVALUE %s %sSTART WITH %s %sCACHE %s %s;',
        CASE d.deptype WHEN 'i'
          THEN pg_catalog.format('ALTER TABLE %s ALTER COLUMN %I SET', c.oid::pg_catalog.regclass, a.attname)
          ELSE pg_catalog.format('ALTER SEQUENCE %s', d.objid::pg_catalog.regclass) END,
        q.seqincrement, w.set, q.seqmin, w.set, q.seqmax, w.set, q.seqstart, w.set, q.seqcache,
        w.set || CASE WHEN q.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)
      FROM pg_catalog.pg_depend d
      JOIN pg_catalog.pg_sequence q ON q.seqrelid = d.objid
      JOIN pg_catalog.pg_class o ON o.oid = d.objid,
      LATERAL (SELECT CASE d.deptype WHEN 'i' THEN 'SET ' ELSE '' END AS set) w
      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = d.classid
        AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
        AND (d.deptype = 'i' OR d.deptype = 'a' AND o.relname = c.relname || '_' || a.attname || '_seq')
        AND (q.seqincrement, q.seqmin, q.seqstart, q.seqcache, q.seqcycle,
          q.seqmax) IS DISTINCT FROM (1, 1, 1, 1, false, CASE q.seqtypid
            WHEN 'pg_catalog.int2'::pg_catalog.regtype THEN 32767
            WHEN 'pg_catalog.int4'::pg_catalog.regtype THEN 2147483647 ELSE 9223372036854775807 END)
      UNION ALL
      SELECT 4, 0, pg_catalog.format('COMMENT ON CONSTRAINT %I ON %s IS %L;', k.conname,
        c.oid::pg_catalog.regclass, pg_catalog.obj_description(k.oid, 'pg_constraint'))
      FROM pg_catalog.pg_constraint k
      WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey[1] = a.attnum
        AND pg_catalog.obj_description(k.oid, 'pg_constraint') IS NOT NULL
    ) s ORDER BY s.place, s.at
