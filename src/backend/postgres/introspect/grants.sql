
  -- What gives `g` the privileges that it has: `path` is its kind and name, `class` the letter of
  -- `acldefault`. An object that is made anew has those that the server and ALTER DEFAULT PRIVILEGES
  -- give; where it had others, all of them go first. A grant by another role is made as that role.
  WITH usual AS (
    SELECT u.acl, d.given, d.rows = 0 AND NOT EXISTS (
        SELECT x.grantor, x.grantee, x.privilege_type, x.is_grantable FROM pg_catalog.aclexplode(u.acl) x
        EXCEPT
        SELECT x.grantor, x.grantee, x.privilege_type, x.is_grantable
        FROM pg_catalog.aclexplode(COALESCE(g.acl, u.acl)) x) AS stays
    FROM (SELECT pg_catalog.acldefault(g.class, g.owner) AS acl) u
    CROSS JOIN LATERAL (
      SELECT pg_catalog.count(a.oid) AS rows, pg_catalog.array_agg(x.grantee) AS given
      FROM pg_catalog.pg_default_acl a LEFT JOIN LATERAL pg_catalog.aclexplode(a.defaclacl) x ON true
      WHERE a.defaclrole = (SELECT m.oid FROM pg_catalog.pg_roles m WHERE m.rolname = current_user)
        AND a.defaclobjtype = CASE g.class WHEN 's' THEN 'S'::"char" ELSE g.class END
        AND a.defaclnamespace IN (0, g.namespace)) d
  )
  SELECT 20 AS place, 0::int8 AS at, pg_catalog.format('REVOKE ALL ON %s FROM PUBLIC, %s;', g.path,
    (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(m.rolname), ', ' ORDER BY m.rolname)
     FROM pg_catalog.pg_roles m WHERE m.oid = g.owner OR m.oid = ANY (u.given))) AS statement
  FROM usual u WHERE NOT u.stays
  UNION ALL
  SELECT 21, e.at, CASE WHEN e.grantor = g.owner THEN e.sql
    ELSE pg_catalog.format('DO %L;', pg_catalog.format('DECLARE me text := current_setting(%L); '
      'BEGIN PERFORM set_config(%L, %L, true); %s PERFORM set_config(%L, me, true); END',
      'role', 'role', pg_catalog.pg_get_userbyid(e.grantor), e.sql, 'role')) END
  FROM (
    SELECT e.grantor, pg_catalog.min(e.at) AS at, pg_catalog.format('GRANT %s ON %s TO %s%s;',
      pg_catalog.string_agg(e.privilege_type, ', ' ORDER BY e.at), g.path,
      CASE WHEN e.grantee = 0 THEN 'PUBLIC'
        ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantee)) END,
      CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS sql
    FROM usual u, LATERAL pg_catalog.aclexplode(COALESCE(g.acl, u.acl))
      WITH ORDINALITY e (grantor, grantee, privilege_type, is_grantable, at)
    WHERE NOT u.stays OR (e.grantor, e.grantee, e.privilege_type, e.is_grantable) NOT IN (
      SELECT x.grantor, x.grantee, x.privilege_type, x.is_grantable FROM pg_catalog.aclexplode(u.acl) x)
    GROUP BY e.grantor, e.grantee, e.is_grantable
  ) e
