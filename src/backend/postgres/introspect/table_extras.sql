
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
    SELECT n.place, n.at, n.statement
    FROM (SELECT w.name AS path, 'r'::"char" AS class, c.relacl AS acl, c.relowner AS owner,
      c.relnamespace AS namespace) g, LATERAL (__GRANTS__) n
  ) s ORDER BY s.place, s.at, s.statement
