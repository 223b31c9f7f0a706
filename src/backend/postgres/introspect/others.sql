WITH c AS (
  SELECT c.oid, c.relnamespace, c.relname, c.relkind FROM pg_catalog.pg_class c
  WHERE c.relnamespace = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
), e AS (
  -- What belongs to an extension, and the functions and casts that a range type comes with.
  SELECT d.classid, d.objid FROM pg_catalog.pg_depend d
  WHERE d.deptype = 'e' OR d.deptype = 'i'
    AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
    AND d.classid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_cast'::pg_catalog.regclass)
), types AS (
  SELECT t.oid, t.typarray, t.typnamespace, t.typname, t.typtype, t.typrelid FROM pg_catalog.pg_type t
  LEFT JOIN pg_catalog.pg_class r ON r.oid = t.typrelid
  WHERE t.typnamespace = ANY ($1) AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND r.relkind = 'c')
    AND ('pg_catalog.pg_type'::pg_catalog.regclass, t.oid) NOT IN (SELECT e.classid, e.objid FROM e)
)
SELECT 'enum' AS topic, 'enum' AS kind, t.oid, t.typnamespace AS namespace, t.typname::text AS name,
  NULL::oid AS relation, NULL::text AS sql,
  ARRAY(SELECT l.enumlabel::text FROM pg_catalog.pg_enum l
    WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) AS labels
FROM types t WHERE t.typtype = 'e'
UNION ALL
-- Names and values by turns.
SELECT 'definition', 'domain', t.oid, t.typnamespace, t.typname::text, NULL,
  pg_catalog.obj_description(t.oid, 'pg_type'),
  ARRAY['type', pg_catalog.format_type(d.typbasetype, d.typtypmod)]
    || CASE WHEN d.typnotnull THEN ARRAY['not null', ''] ELSE '{}' END
    || CASE WHEN d.typdefaultbin IS NULL THEN '{}'
         ELSE ARRAY['default', pg_catalog.pg_get_expr(d.typdefaultbin, 0)] END
    || CASE WHEN d.typcollation = b.typcollation THEN '{}'
         WHEN pg_catalog.pg_collation_is_visible(l.oid) THEN ARRAY['collation', l.collname::text]
         ELSE ARRAY['collation', pg_catalog.concat('"', pg_catalog.replace(s.nspname::text, '"', '""'),
           '"."', pg_catalog.replace(l.collname::text, '"', '""'), '"')] END
    || ARRAY(SELECT u.part FROM pg_catalog.pg_constraint k,
         LATERAL pg_catalog.unnest(ARRAY['check', k.conname::text, 'expression',
           pg_catalog.pg_get_expr(k.conbin, 0)] || CASE WHEN k.convalidated THEN '{}'
           ELSE ARRAY['not valid', ''] END) WITH ORDINALITY u (part, place)
       WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname, u.place)
FROM types t JOIN pg_catalog.pg_type d ON d.oid = t.oid
JOIN pg_catalog.pg_type b ON b.oid = d.typbasetype
LEFT JOIN pg_catalog.pg_collation l ON l.oid = d.typcollation
LEFT JOIN pg_catalog.pg_namespace s ON s.oid = l.collnamespace
WHERE t.typtype = 'd'
UNION ALL
SELECT 'definition', 'composite type', t.oid, t.typnamespace, t.typname::text, NULL,
  pg_catalog.obj_description(t.oid, 'pg_type'),
  ARRAY(SELECT u.part FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type y ON y.oid = a.atttypid,
    LATERAL pg_catalog.unnest(ARRAY[a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)
      || CASE WHEN a.attcollation = y.typcollation THEN ''
         ELSE ' COLLATE ' || a.attcollation::pg_catalog.regcollation END])
      WITH ORDINALITY u (part, place)
    WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum, u.place)
FROM types t WHERE t.typtype = 'c'
UNION ALL
SELECT 'definition', 'range type', t.oid, t.typnamespace, t.typname::text, NULL,
  pg_catalog.obj_description(t.oid, 'pg_type'),
  ARRAY['subtype', pg_catalog.format_type(g.rngsubtype, NULL)]
    || CASE WHEN o.opcdefault THEN '{}' ELSE ARRAY['subtype_opclass', o.opcname::text] END
    || CASE WHEN g.rngcollation = b.typcollation THEN '{}'
       ELSE ARRAY['collation', g.rngcollation::pg_catalog.regcollation::text] END
    || CASE WHEN g.rngcanonical = 0 THEN '{}' ELSE ARRAY['canonical', g.rngcanonical::text] END
    || CASE WHEN g.rngsubdiff = 0 THEN '{}' ELSE ARRAY['subtype_diff', g.rngsubdiff::text] END
    -- Since 14.
    || CASE WHEN COALESCE((pg_catalog.to_jsonb(g) ->> 'rngmultitypid')::pg_catalog.oid, 0) = 0 THEN '{}'
       ELSE ARRAY['multirange_type_name', pg_catalog.format_type(
         (pg_catalog.to_jsonb(g) ->> 'rngmultitypid')::pg_catalog.oid, NULL)] END
FROM types t JOIN pg_catalog.pg_range g ON g.rngtypid = t.oid
JOIN pg_catalog.pg_type b ON b.oid = g.rngsubtype
JOIN pg_catalog.pg_opclass o ON o.oid = g.rngsubopc
UNION ALL
SELECT 'definition', 'sequence', q.oid, q.relnamespace, q.relname::text, NULL,
  pg_catalog.obj_description(q.oid, 'pg_class'),
  ARRAY['data_type', pg_catalog.format_type(s.seqtypid, NULL), 'start', s.seqstart::text,
    'increment', s.seqincrement::text, 'minvalue', s.seqmin::text, 'maxvalue', s.seqmax::text,
    'cache', s.seqcache::text, 'cycle', s.seqcycle::text]
FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class q ON q.oid = s.seqrelid
WHERE q.relnamespace = ANY ($1)
  AND ('pg_catalog.pg_class'::pg_catalog.regclass, q.oid) NOT IN (SELECT e.classid, e.objid FROM e)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = q.oid
      AND d.refclassid = d.classid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i'))
UNION ALL
-- What a type or a sequence that is made anew gets back.
SELECT 'extras', x.kind, x.oid, x.namespace, x.name, NULL, NULL, ARRAY(
  SELECT s.statement FROM (
    SELECT 1 AS place, 0::int8 AS at, pg_catalog.format('ALTER %s %s OWNER TO %I;', x.word, x.path,
      pg_catalog.pg_get_userbyid(x.owner)) AS statement
    WHERE x.owner <> (SELECT u.oid FROM pg_catalog.pg_roles u WHERE u.rolname = current_user)
    UNION ALL
    SELECT 2, 0, pg_catalog.format('COMMENT ON TYPE %s IS %L;', x.path, x.comment)
    WHERE x.comment IS NOT NULL
    UNION ALL
    SELECT 3, k.oid::int8, pg_catalog.format('COMMENT ON CONSTRAINT %I ON DOMAIN %s IS %L;', k.conname, x.path,
      pg_catalog.obj_description(k.oid, 'pg_constraint'))
    FROM pg_catalog.pg_constraint k
    WHERE k.contypid = x.oid AND pg_catalog.obj_description(k.oid, 'pg_constraint') IS NOT NULL
    UNION ALL
    SELECT 4, a.attnum, pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L;', x.path, a.attname,
      pg_catalog.col_description(x.relation, a.attnum))
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = x.relation AND a.attnum > 0
      AND pg_catalog.col_description(x.relation, a.attnum) IS NOT NULL
    UNION ALL
    SELECT n.place, n.at, n.statement
    FROM (SELECT x.word || ' ' || x.path AS path, x.class, x.acl, x.owner, x.namespace) g,
      LATERAL (__GRANTS__) n
  ) s ORDER BY s.place, s.at)
FROM (
  SELECT 'type' AS kind, t.oid, t.typnamespace AS namespace, t.typname::text AS name, 'TYPE' AS word,
    t.oid::pg_catalog.regtype::text AS path, y.typowner AS owner, y.typacl AS acl,
    t.typrelid AS relation, 'T'::"char" AS class,
    -- Models say that of the other types.
    CASE WHEN t.typtype = 'e' THEN pg_catalog.obj_description(t.oid, 'pg_type') END AS comment
  FROM types t JOIN pg_catalog.pg_type y ON y.oid = t.oid
  UNION ALL
  SELECT 'sequence', q.oid, q.relnamespace, q.relname::text, 'SEQUENCE',
    q.oid::pg_catalog.regclass::text, q.relowner, q.relacl, 0::oid, 's', NULL
  FROM pg_catalog.pg_class q WHERE q.relnamespace = ANY ($1) AND q.relkind = 'S'
    AND ('pg_catalog.pg_class'::pg_catalog.regclass, q.oid) NOT IN (SELECT e.classid, e.objid FROM e)
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = q.oid
        AND d.refclassid = d.classid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i'))
) x
UNION ALL
SELECT 'object', CASE t.tgenabled WHEN 'D' THEN 'disabled ' WHEN 'R' THEN 'replica ' WHEN 'A' THEN 'always ' ELSE '' END
    || 'trigger', t.oid, c.relnamespace, t.tgname::text, c.oid,
  pg_catalog.pg_get_triggerdef(t.oid), '{}'
FROM pg_catalog.pg_trigger t JOIN c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgparentid = 0
UNION ALL
SELECT 'object', 'policy', p.oid, c.relnamespace, p.polname::text, c.oid,
  pg_catalog.concat_ws(' ', p.polcmd, p.polpermissive, p.polroles::pg_catalog.regrole[],
    pg_catalog.pg_get_expr(p.polqual, c.oid), pg_catalog.pg_get_expr(p.polwithcheck, c.oid)), '{}'
FROM pg_catalog.pg_policy p JOIN c ON c.oid = p.polrelid
UNION ALL
SELECT 'object', 'sequence with options', q.seqrelid, o.relnamespace, o.relname::text, c.oid,
  pg_catalog.quote_ident(a.attname), '{}'
FROM pg_catalog.pg_sequence q JOIN pg_catalog.pg_class o ON o.oid = q.seqrelid
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
  AND d.objid = q.seqrelid AND d.refclassid = d.classid AND d.deptype IN ('a', 'i')
JOIN c ON c.oid = d.refobjid
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
WHERE (q.seqincrement, q.seqmin, q.seqstart, q.seqcache, q.seqcycle,
  q.seqmax) IS DISTINCT FROM (1, 1, 1, 1, false, CASE q.seqtypid
    WHEN 'pg_catalog.int2'::pg_catalog.regtype THEN 32767
    WHEN 'pg_catalog.int4'::pg_catalog.regtype THEN 2147483647 ELSE 9223372036854775807 END)
UNION ALL
-- Since 18.
SELECT 'object', CASE WHEN k.connoinherit THEN 'not null that is not inherited'
    ELSE 'not null that is not valid' END,
  k.oid, c.relnamespace, k.conname::text, c.oid, pg_catalog.quote_ident(a.attname), '{}'
FROM pg_catalog.pg_constraint k JOIN c ON c.oid = k.conrelid AND c.relkind IN ('r', 'p')
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.contype = 'n' AND (k.connoinherit OR NOT k.convalidated)
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
SELECT 'object', 'base type', t.oid, t.typnamespace, t.typname::text, NULL, NULL, '{}'
FROM pg_catalog.pg_type t
WHERE t.typnamespace = ANY ($1) AND t.typtype = 'b' AND t.typcategory <> 'A' AND (
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
FROM types t
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
  AND d.refobjid IN (t.oid, t.typarray) AND (d.classid, d.objid) NOT IN (SELECT e.classid, e.objid FROM e)
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
