
  SELECT s.statement FROM (
    SELECT 1 AS place, 0 AS at, pg_catalog.format('ALTER TABLE %s OWNER TO %I;', w.name,
      pg_catalog.pg_get_userbyid(c.relowner)) AS statement
    WHERE c.relowner <> (SELECT u.oid FROM pg_catalog.pg_roles u WHERE u.rolname = current_user)
    UNION ALL
    SELECT 2, 0, pg_catalog.format('ALTER TABLE %s REPLICA IDENTITY %s;', w.name,
      CASE c.relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END)
    WHERE c.relreplident IN ('f', 'n')
    UNION ALL
    SELECT 3, 0, pg_catalog.format('ALTER TABLE %s %s ROW LEVEL SECURITY;', w.name, v.word)
    FROM (VALUES ('ENABLE', c.relrowsecurity), ('FORCE', c.relforcerowsecurity)) v (word, is_so)
    WHERE v.is_so
    UNION ALL
    SELECT 4, pg_catalog.min(e.at), pg_catalog.format('GRANT %s ON %s TO %s%s;',
      pg_catalog.string_agg(e.privilege_type, ', ' ORDER BY e.at), w.name,
      CASE WHEN e.grantee = 0 THEN 'PUBLIC'
        ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantee)) END,
      CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM pg_catalog.aclexplode(c.relacl) WITH ORDINALITY e (grantor, grantee, privilege_type, is_grantable, at)
    WHERE e.grantee <> c.relowner GROUP BY e.grantee, e.is_grantable
  ) s ORDER BY s.place, s.at, s.statement
