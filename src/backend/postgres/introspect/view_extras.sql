
  SELECT s.statement FROM (
    SELECT 1 AS place, 0::int8 AS at, pg_catalog.format('ALTER %s %s OWNER TO %I;', w.word, w.name,
      pg_catalog.pg_get_userbyid(c.relowner)) AS statement
    WHERE c.relowner <> (SELECT u.oid FROM pg_catalog.pg_roles u WHERE u.rolname = current_user)
    UNION ALL
    SELECT 2, 0, pg_catalog.format('ALTER %s %s SET (%s);', w.word, w.name,
      pg_catalog.array_to_string(c.reloptions, ', '))
    WHERE c.reloptions IS NOT NULL
    UNION ALL
    SELECT 3, 0, pg_catalog.format('COMMENT ON %s %s IS %L;', w.word, w.name, o.description)
    FROM pg_catalog.pg_description o
    WHERE o.objoid = c.oid AND o.objsubid = 0
      AND o.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
    UNION ALL
    SELECT 4, 0, pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L;', w.name, a.attname, o.description)
    FROM pg_catalog.pg_description o
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.objsubid
    WHERE o.objoid = c.oid AND o.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
    UNION ALL
    SELECT 5, 0, pg_catalog.format('ALTER %s %s ALTER COLUMN %I SET DEFAULT %s;', w.word, w.name,
      a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid))
    FROM pg_catalog.pg_attrdef d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE d.adrelid = c.oid
    UNION ALL
    SELECT 6, a.attnum, pg_catalog.format('ALTER MATERIALIZED VIEW %s ALTER COLUMN %I SET STATISTICS %s;',
      w.name, a.attname, a.attstattarget)
    FROM pg_catalog.pg_attribute a
    WHERE c.relkind = 'm' AND a.attrelid = c.oid AND a.attnum > 0 AND a.attstattarget >= 0
    UNION ALL
    SELECT 7, a.attnum, pg_catalog.format('ALTER MATERIALIZED VIEW %s ALTER COLUMN %I SET (%s);',
      w.name, a.attname, o.words)
    FROM pg_catalog.pg_attribute a, LATERAL (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o) AS words
      FROM pg_catalog.unnest(a.attoptions) o WHERE o LIKE 'n\_distinct%') o
    WHERE c.relkind = 'm' AND a.attrelid = c.oid AND a.attnum > 0 AND o.words IS NOT NULL
    UNION ALL
    -- One of the same schema under its bare name, as the view.
    SELECT 8, x.oid::int8, pg_catalog.concat(pg_catalog.replace(pg_catalog.pg_get_statisticsobjdef(x.oid),
        pg_catalog.format(' %I.%I ', y.nspname, x.stxname), ' ' || n.path || ' '), ';',
      CASE WHEN x.stxstattarget >= 0
        THEN pg_catalog.format(E'\nALTER STATISTICS %s SET STATISTICS %s;', n.path, x.stxstattarget) END,
      (SELECT pg_catalog.format(E'\nCOMMENT ON STATISTICS %s IS %L;', n.path, o.description)
       FROM pg_catalog.pg_description o WHERE o.objoid = x.oid
         AND o.classoid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass))
    FROM pg_catalog.pg_statistic_ext x JOIN pg_catalog.pg_namespace y ON y.oid = x.stxnamespace,
    LATERAL (SELECT CASE WHEN y.oid = c.relnamespace THEN w.prefix
      ELSE pg_catalog.quote_ident(y.nspname) || '.' END || pg_catalog.quote_ident(x.stxname) AS path) n
    WHERE x.stxrelid = c.oid
    UNION ALL
    SELECT 9, t.oid::int8, pg_catalog.concat(pg_catalog.pg_get_triggerdef(t.oid, true), ';',
      (SELECT pg_catalog.format(E'\nCOMMENT ON TRIGGER %I ON %s IS %L;', t.tgname, w.name, o.description)
       FROM pg_catalog.pg_description o WHERE o.objoid = t.oid
         AND o.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass))
    FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT 10, r.oid::int8, pg_catalog.concat(pg_catalog.pg_get_ruledef(r.oid, true),
      (SELECT pg_catalog.format(E'\nCOMMENT ON RULE %I ON %s IS %L;', r.rulename, w.name, o.description)
       FROM pg_catalog.pg_description o WHERE o.objoid = r.oid
         AND o.classoid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass))
    FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'
    UNION ALL
    SELECT n.place, n.at, n.statement
    FROM (SELECT w.name AS path, 'r'::"char" AS class, c.relacl AS acl, c.relowner AS owner,
      c.relnamespace AS namespace) g, LATERAL (__GRANTS__) n
    UNION ALL
    SELECT 30, 0, pg_catalog.format('GRANT %s (%I) ON %s TO %s%s;', e.privilege_type, a.attname, w.name,
      CASE WHEN e.grantee = 0 THEN 'PUBLIC'
        ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantee)) END,
      CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM pg_catalog.pg_attribute a, pg_catalog.aclexplode(a.attacl) e WHERE a.attrelid = c.oid
    UNION ALL
    SELECT 31, 0, pg_catalog.format('REFRESH MATERIALIZED VIEW %s WITH NO DATA;', w.name)
    WHERE c.relkind = 'm' AND NOT c.relispopulated
  ) s ORDER BY s.place, s.at, s.statement
