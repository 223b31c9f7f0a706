WITH c AS (
  SELECT c.oid, c.relnamespace, c.relname, c.relkind FROM pg_catalog.pg_class c
  WHERE c.relnamespace = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
), e AS (
  SELECT d.classid, d.objid FROM pg_catalog.pg_depend d WHERE d.deptype = 'e'
), enums AS (
  SELECT t.oid, t.typarray, t.typnamespace, t.typname FROM pg_catalog.pg_type t
  WHERE t.typnamespace = ANY ($1) AND t.typtype = 'e' AND (
    'pg_catalog.pg_type'::pg_catalog.regclass, t.oid) NOT IN (SELECT e.classid, e.objid FROM e)
)
SELECT 'enum' AS topic, 'enum' AS kind, t.oid, t.typnamespace AS namespace, t.typname::text AS name,
  NULL::oid AS relation, NULL::text AS sql,
  ARRAY(SELECT l.enumlabel::text FROM pg_catalog.pg_enum l
    WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) AS labels
FROM enums t
UNION ALL
SELECT 'object', 'trigger', t.oid, c.relnamespace, t.tgname::text, c.oid,
  pg_catalog.pg_get_triggerdef(t.oid), '{}'
FROM pg_catalog.pg_trigger t JOIN c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgparentid = 0
UNION ALL
SELECT 'object', 'policy', p.oid, c.relnamespace, p.polname::text, c.oid,
  pg_catalog.concat_ws(' ', p.polcmd, p.polpermissive, p.polroles::pg_catalog.regrole[],
    pg_catalog.pg_get_expr(p.polqual, c.oid), pg_catalog.pg_get_expr(p.polwithcheck, c.oid)), '{}'
FROM pg_catalog.pg_policy p JOIN c ON c.oid = p.polrelid
UNION ALL
SELECT 'object', 'rule', r.oid, c.relnamespace, r.rulename::text, c.oid,
  pg_catalog.pg_get_ruledef(r.oid), '{}'
FROM pg_catalog.pg_rewrite r JOIN c ON c.oid = r.ev_class
WHERE r.rulename <> '_RETURN' AND c.relkind <> 'v' AND c.relkind <> 'm'
UNION ALL
SELECT 'object', 'statistics', s.oid, s.stxnamespace, s.stxname::text, s.stxrelid,
  pg_catalog.pg_get_statisticsobjdef(s.oid), '{}'
FROM pg_catalog.pg_statistic_ext s JOIN c ON c.oid = s.stxrelid AND c.relkind <> 'm'
UNION ALL
SELECT 'object', 'publication', r.oid, c.relnamespace, p.pubname::text, c.oid, NULL, '{}'
FROM pg_catalog.pg_publication_rel r JOIN c ON c.oid = r.prrelid
JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
UNION ALL
SELECT 'object', 'column with privileges', c.oid, c.relnamespace, a.attname::text, c.oid,
  pg_catalog.quote_ident(a.attname), '{}'
FROM pg_catalog.pg_attribute a JOIN c ON c.oid = a.attrelid
WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'object', 'column with planner settings', c.oid, c.relnamespace, a.attname::text, c.oid,
  pg_catalog.quote_ident(a.attname), '{}'
FROM pg_catalog.pg_attribute a JOIN c ON c.oid = a.attrelid
WHERE (a.attstattarget >= 0 OR a.attoptions::text LIKE '%n\_distinct%')
  AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'object', CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
  p.oid, p.pronamespace,
  p.proname::text || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')', NULL,
  CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) END, '{}'
FROM pg_catalog.pg_proc p
WHERE p.pronamespace = ANY ($1) AND (
  'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid) NOT IN (SELECT e.classid, e.objid FROM e)
UNION ALL
SELECT 'object', CASE t.typtype WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite type'
    WHEN 'r' THEN 'range type' ELSE 'base type' END,
  t.oid, t.typnamespace, t.typname::text, NULL,
  CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END, '{}'
FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class r ON r.oid = t.typrelid
WHERE t.typnamespace = ANY ($1)
  AND (t.typtype IN ('d', 'r') OR t.typtype = 'c' AND r.relkind = 'c'
    OR t.typtype = 'b' AND t.typcategory <> 'A') AND (
  'pg_catalog.pg_type'::pg_catalog.regclass, t.oid) NOT IN (SELECT e.classid, e.objid FROM e)
UNION ALL
SELECT DISTINCT 'dependency', CASE v.relkind WHEN 'm' THEN 'materialized view' WHEN 'v' THEN 'view' ELSE 'rule' END,
  v.oid, v.relnamespace, v.relname::text, c.oid, a.attname::text, '{}'::text[]
FROM c
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  AND d.refobjid = c.oid AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid AND w.ev_class <> c.oid
JOIN pg_catalog.pg_class v ON v.oid = w.ev_class
LEFT JOIN pg_catalog.pg_attribute a
  ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
UNION ALL
SELECT DISTINCT 'dependency', v.kind, v.oid, v.namespace, v.name, t.oid, NULL, '{}'::text[]
FROM enums t
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
  AND d.refobjid IN (t.oid, t.typarray)
JOIN LATERAL (
  SELECT CASE v.relkind WHEN 'm' THEN 'materialized view' WHEN 'v' THEN 'view' ELSE 'rule' END AS kind,
    v.oid, v.relnamespace AS namespace, v.relname::text AS name
  FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_class v ON v.oid = w.ev_class
  WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND w.oid = d.objid
  UNION ALL
  SELECT o.type, NULL, NULL, o.identity
  FROM pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) o
  WHERE d.classid <> 'pg_catalog.pg_rewrite'::pg_catalog.regclass
    AND d.classid <> 'pg_catalog.pg_attrdef'::pg_catalog.regclass
    AND d.classid <> 'pg_catalog.pg_constraint'::pg_catalog.regclass
    AND d.deptype IN ('n', 'a')
    AND NOT EXISTS (SELECT FROM c WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND c.oid = d.objid)
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_index i JOIN c ON c.oid = i.indrelid
      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND i.indexrelid = d.objid)
) v ON true
UNION ALL
SELECT DISTINCT 'dependency', o.type, d.objid, NULL::oid, o.identity, c.oid, a.attname::text, '{}'::text[]
FROM c
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  AND d.refobjid = c.oid AND d.refobjsubid > 0
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid,
LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, 0) o
WHERE d.classid NOT IN ('pg_catalog.pg_rewrite'::pg_catalog.regclass,
  'pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_attrdef'::pg_catalog.regclass,
  'pg_catalog.pg_constraint'::pg_catalog.regclass, 'pg_catalog.pg_type'::pg_catalog.regclass)
