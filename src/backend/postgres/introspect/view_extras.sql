
  SELECT s.statement FROM (
    SELECT 1 AS place, pg_catalog.format('ALTER %s %s OWNER TO %I;', w.word, w.name,
      pg_catalog.pg_get_userbyid(c.relowner)) AS statement
    WHERE c.relowner <> (SELECT u.oid FROM pg_catalog.pg_roles u WHERE u.rolname = current_user)
    UNION ALL
    SELECT 2, pg_catalog.format('ALTER %s %s SET (%s);', w.word, w.name,
      pg_catalog.array_to_string(c.reloptions, ', '))
    WHERE c.reloptions IS NOT NULL
    UNION ALL
    SELECT 3, pg_catalog.format('COMMENT ON %s %s IS %L;', w.word, w.name, o.description)
    FROM pg_catalog.pg_description o
    WHERE o.objoid = c.oid AND o.objsubid = 0
      AND o.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
    UNION ALL
    SELECT 4, pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L;', w.name, a.attname, o.description)
    FROM pg_catalog.pg_description o
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.objsubid
    WHERE o.objoid = c.oid AND o.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
    UNION ALL
    SELECT 5, pg_catalog.format('ALTER %s %s ALTER COLUMN %I SET DEFAULT %s;', w.word, w.name,
      a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid))
    FROM pg_catalog.pg_attrdef d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE d.adrelid = c.oid
    UNION ALL
    SELECT 8, pg_catalog.pg_get_statisticsobjdef(x.oid) || ';'
    FROM pg_catalog.pg_statistic_ext x WHERE x.stxrelid = c.oid
    UNION ALL
    SELECT 9, pg_catalog.pg_get_triggerdef(t.oid, true) || ';'
    FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT 10, pg_catalog.pg_get_ruledef(r.oid, true)
    FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'
    UNION ALL
    SELECT 11, pg_catalog.format('GRANT %s ON %s TO %s%s;', g.privileges, w.name,
      CASE WHEN g.grantee = 0 THEN 'PUBLIC'
        ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END,
      CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM (SELECT e.grantee, e.is_grantable,
        pg_catalog.string_agg(e.privilege_type, ', ' ORDER BY e.privilege_type) AS privileges
      FROM pg_catalog.aclexplode(c.relacl) e WHERE e.grantee <> c.relowner
      GROUP BY e.grantee, e.is_grantable) g
    UNION ALL
    SELECT 12, pg_catalog.format('GRANT %s (%I) ON %s TO %s%s;', e.privilege_type, a.attname, w.name,
      CASE WHEN e.grantee = 0 THEN 'PUBLIC'
        ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantee)) END,
      CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM pg_catalog.pg_attribute a, pg_catalog.aclexplode(a.attacl) e WHERE a.attrelid = c.oid
    UNION ALL
    SELECT 13, pg_catalog.format('REFRESH MATERIALIZED VIEW %s WITH NO DATA;', w.name)
    WHERE c.relkind = 'm' AND NOT c.relispopulated
  ) s ORDER BY s.place, s.statement
