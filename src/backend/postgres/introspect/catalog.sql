WITH s AS (
  SELECT n.oid, n.nspname,
    CASE WHEN n.nspname = pg_catalog.current_schema() THEN '' ELSE n.nspname || '.' END AS prefix
  FROM pg_catalog.pg_namespace n
  WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
), e AS (
  -- What belongs to an extension, and the functions and casts that a range type comes with.
  SELECT d.classid, d.objid FROM pg_catalog.pg_depend d
  WHERE d.deptype = 'e' OR d.deptype = 'i'
    AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
    AND d.classid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_cast'::pg_catalog.regclass)
), me AS (
  SELECT u.oid FROM pg_catalog.pg_roles u WHERE u.rolname = current_user
), r AS (
  SELECT c.*, s.prefix || c.relname AS display
  FROM pg_catalog.pg_class c JOIN s ON s.oid = c.relnamespace
  WHERE c.relname <> '__diesel_schema_migrations' AND c.relname NOT LIKE '\_\_glowplug%'
    AND ('pg_catalog.pg_class'::pg_catalog.regclass, c.oid) NOT IN (SELECT e.classid, e.objid FROM e)
)
SELECT CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
    WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'composite type' END::text
    AS kind,
  r.display::text AS name, NULL::text AS owner,
  pg_catalog.concat_ws(' ', r.relkind, r.relpersistence, r.reloptions::text, r.relreplident,
    CASE WHEN r.relrowsecurity THEN 'ROW LEVEL SECURITY' END,
    CASE WHEN r.relforcerowsecurity THEN 'FORCE' END,
    pg_catalog.pg_get_partkeydef(r.oid), pg_catalog.pg_get_expr(r.relpartbound, r.oid),
    (SELECT pg_catalog.string_agg('INHERITS ' || i.inhparent::pg_catalog.regclass, ' '
      ORDER BY i.inhseqno) FROM pg_catalog.pg_inherits i WHERE i.inhrelid = r.oid),
    'TABLESPACE ' || NULLIF(r.reltablespace, 0)::text,
    'METHOD ' || (SELECT m.amname FROM pg_catalog.pg_am m WHERE m.oid = r.relam AND m.amname <> 'heap'),
    'OF ' || pg_catalog.format_type(NULLIF(r.reloftype, 0), NULL),
    'TOAST ' || (SELECT t.reloptions::text FROM pg_catalog.pg_class t WHERE t.oid = r.reltoastrelid),
    'SERVER ' || (SELECT v.srvname || ' ' || COALESCE(f.ftoptions::text, '')
      FROM pg_catalog.pg_foreign_table f JOIN pg_catalog.pg_foreign_server v ON v.oid = f.ftserver
      WHERE f.ftrelid = r.oid),
    CASE WHEN r.relkind = 'm' AND NOT r.relispopulated THEN 'EMPTY' END,
    'COMMENT ' || pg_catalog.obj_description(r.oid, 'pg_class'),
    CASE WHEN r.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(r.oid) END) AS text
FROM r WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
UNION ALL
-- A view says the types of its columns itself. Of a column's options only the documented ones count (`n_distinct`, `n_distinct_inherited`): a
-- server was seen to keep numbers of its own there, which differ whenever a table is made anew.
SELECT 'column', a.attname::text, r.display::text,
  pg_catalog.concat_ws(' ',
    CASE WHEN r.relkind NOT IN ('v', 'm') THEN pg_catalog.format_type(a.atttypid, a.atttypmod) END,
    CASE WHEN a.attcollation <> t.typcollation AND r.relkind NOT IN ('v', 'm')
      THEN 'COLLATE ' || a.attcollation::pg_catalog.regcollation END,
    CASE WHEN a.attnotnull THEN 'NOT NULL' END,
    'GENERATED ' || NULLIF(a.attgenerated::text, ''),
    'IDENTITY ' || NULLIF(a.attidentity::text, ''),
    'DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid),
    'STORAGE ' || NULLIF(a.attstorage::text, t.typstorage::text),
    'COMPRESSION ' || NULLIF(pg_catalog.to_jsonb(a) ->> 'attcompression', ''),
    'STATISTICS ' || NULLIF(a.attstattarget, -1),
    'INHERITED ' || NULLIF(a.attinhcount, 0), 'OPTIONS ' || a.attfdwoptions::text,
    CASE WHEN a.attoptions::text LIKE '%n\_distinct%' THEN (SELECT pg_catalog.string_agg(o, ' ' ORDER BY o)
      FROM pg_catalog.unnest(a.attoptions) o WHERE o LIKE 'n\_distinct%') END, 'COMMENT ' || y.description)
FROM r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_description y ON y.objoid = r.oid AND y.objsubid = a.attnum
  AND y.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
WHERE r.relkind IN ('r', 'p', 'f', 'c', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT CASE k.contype WHEN 'n' THEN 'not null' ELSE 'constraint' END,
  CASE k.contype WHEN 'n' THEN (SELECT a.attname::text FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = r.oid AND a.attnum = k.conkey[1]) ELSE k.conname::text END, r.display::text,
  pg_catalog.concat_ws(' ', CASE WHEN k.contype = 'n' THEN k.conname END,
    pg_catalog.pg_get_constraintdef(k.oid),
    CASE WHEN NOT k.conislocal THEN 'INHERITED' END,
    'COMMENT ' || y.description)
FROM r JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid
LEFT JOIN pg_catalog.pg_description y ON y.objoid = k.oid
  AND y.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
UNION ALL
SELECT 'index', x.relname::text, r.display::text,
  pg_catalog.concat_ws(' ', pg_catalog.pg_get_indexdef(i.indexrelid),
    CASE WHEN NOT i.indisvalid THEN 'INVALID' END, CASE WHEN i.indisclustered THEN 'CLUSTERED' END,
    CASE WHEN i.indisreplident THEN 'REPLICA IDENTITY' END,
    'TABLESPACE ' || NULLIF(x.reltablespace, 0)::text,
    'PARENT ' || (SELECT h.inhparent::pg_catalog.regclass::text FROM pg_catalog.pg_inherits h
      WHERE h.inhrelid = x.oid),
    -- Only expressions have a target of their own.
    'STATISTICS ' || CASE WHEN i.indexprs IS NOT NULL THEN (SELECT
      pg_catalog.string_agg(a.attnum || ' ' || a.attstattarget, ', ' ORDER BY a.attnum)
      FROM pg_catalog.pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget >= 0) END,
    'COMMENT ' || y.description)
FROM r JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_description y ON y.objoid = x.oid AND y.objsubid = 0
  AND y.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
UNION ALL
SELECT 'sequence', r.display::text, o.display::text,
  pg_catalog.concat_ws(' ', pg_catalog.format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement,
    q.seqmin, q.seqmax, q.seqcache, q.seqcycle, r.relpersistence, 'OWNED BY ' || a.attname,
    'COMMENT ' || pg_catalog.obj_description(r.oid, 'pg_class'))
FROM r JOIN pg_catalog.pg_sequence q ON q.seqrelid = r.oid
LEFT JOIN pg_catalog.pg_depend d
  ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = r.oid
  AND d.refclassid = d.classid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
LEFT JOIN r o ON o.oid = d.refobjid
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
UNION ALL
SELECT 'trigger', t.tgname::text, r.display::text,
  pg_catalog.concat_ws(' ', pg_catalog.pg_get_triggerdef(t.oid), t.tgenabled,
    'COMMENT ' || pg_catalog.obj_description(t.oid, 'pg_trigger'))
FROM r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'policy', p.polname::text, r.display::text,
  pg_catalog.concat_ws(' ', p.polcmd, p.polpermissive, p.polroles::pg_catalog.regrole[],
    pg_catalog.pg_get_expr(p.polqual, r.oid), pg_catalog.pg_get_expr(p.polwithcheck, r.oid),
    'COMMENT ' || pg_catalog.obj_description(p.oid, 'pg_policy'))
FROM r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT 'rule', w.rulename::text, r.display::text,
  pg_catalog.concat_ws(' ', pg_catalog.pg_get_ruledef(w.oid), w.ev_enabled,
    'COMMENT ' || pg_catalog.obj_description(w.oid, 'pg_rewrite'))
FROM r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'statistics', (s.prefix || x.stxname)::text, r.display::text,
  pg_catalog.concat_ws(' ', pg_catalog.pg_get_statisticsobjdef(x.oid), x.stxstattarget,
    'COMMENT ' || pg_catalog.obj_description(x.oid, 'pg_statistic_ext'))
FROM pg_catalog.pg_statistic_ext x JOIN s ON s.oid = x.stxnamespace
LEFT JOIN r ON r.oid = x.stxrelid
UNION ALL
SELECT 'function',
  s.prefix || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
  NULL, pg_catalog.concat_ws(' ',
    CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_catalog.pg_get_functiondef(p.oid) END,
    'COMMENT ' || pg_catalog.obj_description(p.oid, 'pg_proc'))
FROM pg_catalog.pg_proc p JOIN s ON s.oid = p.pronamespace
WHERE ('pg_catalog.pg_proc'::pg_catalog.regclass, p.oid) NOT IN (SELECT e.classid, e.objid FROM e)
UNION ALL
SELECT 'type', (s.prefix || t.typname)::text, NULL,
  pg_catalog.concat_ws(' ', t.typtype,
    (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(l.enumlabel), ', '
       ORDER BY l.enumsortorder) FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid),
    CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
    CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation
      THEN 'COLLATE ' || t.typcollation::pg_catalog.regcollation END,
    (SELECT pg_catalog.format_type(g.rngsubtype, NULL) FROM pg_catalog.pg_range g
      WHERE g.rngtypid = t.oid),
    CASE WHEN t.typnotnull THEN 'NOT NULL' END, t.typdefault,
    (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', k.conname, pg_catalog.pg_get_constraintdef(k.oid),
       'COMMENT ' || pg_catalog.obj_description(k.oid, 'pg_constraint')), ' ' ORDER BY k.conname) FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid),
    'COMMENT ' || pg_catalog.obj_description(t.oid, 'pg_type'))
FROM pg_catalog.pg_type t JOIN s ON s.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'b' AND t.typcategory <> 'A')
  AND ('pg_catalog.pg_type'::pg_catalog.regclass, t.oid) NOT IN (SELECT e.classid, e.objid FROM e)
UNION ALL
SELECT 'publication of', p.pubname::text, r.display::text, x::text
FROM pg_catalog.pg_publication_rel x JOIN pg_catalog.pg_publication p ON p.oid = x.prpubid
JOIN r ON r.oid = x.prrelid
UNION ALL
SELECT 'publication', p.pubname::text, NULL,
  (pg_catalog.to_jsonb(p) - ARRAY['oid', 'pubname', 'pubowner'])::text
FROM pg_catalog.pg_publication p
WHERE ('pg_catalog.pg_publication'::pg_catalog.regclass, p.oid) NOT IN (SELECT e.classid, e.objid FROM e)
UNION ALL
-- Of the options the names alone: their values may be secret.
SELECT 'user mapping', u.usename || ' on ' || u.srvname, NULL, pg_catalog.concat_ws(' ',
  (SELECT pg_catalog.string_agg(pg_catalog.split_part(o, '=', 1), ' ' ORDER BY o)
   FROM pg_catalog.unnest(u.umoptions) o))
FROM pg_catalog.pg_user_mappings u
UNION ALL
SELECT 'security label of ' || l.objtype, l.objname, NULL, l.provider || ' ' || l.label
FROM pg_catalog.pg_seclabels l
UNION ALL
-- Whole rows of the catalog, with its numbers: what no migration makes anew keeps them.
SELECT o.type, o.identity, NULL, x.line
FROM (
  SELECT 'pg_catalog.pg_cast'::pg_catalog.regclass AS class, x.oid, x::text AS line FROM pg_catalog.pg_cast x
  UNION ALL SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_operator x
  UNION ALL SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_opclass x
  UNION ALL SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_opfamily x
  UNION ALL SELECT 'pg_catalog.pg_amop'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_amop x
    WHERE ('pg_catalog.pg_opfamily'::pg_catalog.regclass, x.amopfamily) NOT IN (SELECT e.classid, e.objid FROM e)
  UNION ALL SELECT 'pg_catalog.pg_amproc'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_amproc x
    WHERE ('pg_catalog.pg_opfamily'::pg_catalog.regclass, x.amprocfamily) NOT IN (SELECT e.classid, e.objid FROM e)
  UNION ALL SELECT 'pg_catalog.pg_am'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_am x
  UNION ALL SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_collation x
  UNION ALL SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_conversion x
  UNION ALL SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, x.oid,
    x::text || (SELECT pg_catalog.string_agg(m::text, ' ' ORDER BY m) FROM pg_catalog.pg_ts_config_map m
      WHERE m.mapcfg = x.oid) FROM pg_catalog.pg_ts_config x
  UNION ALL SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_ts_dict x
  UNION ALL SELECT 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_ts_parser x
  UNION ALL SELECT 'pg_catalog.pg_ts_template'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_ts_template x
  UNION ALL SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_event_trigger x
  UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_foreign_data_wrapper x
  UNION ALL SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_foreign_server x
  UNION ALL SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_language x
  UNION ALL SELECT 'pg_catalog.pg_transform'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_transform x
  UNION ALL SELECT 'pg_catalog.pg_extension'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_extension x
  UNION ALL SELECT 'pg_catalog.pg_default_acl'::pg_catalog.regclass, x.oid, x::text FROM pg_catalog.pg_default_acl x
) x, LATERAL pg_catalog.pg_identify_object(x.class, x.oid, 0) o
WHERE x.oid >= 16384 AND (x.class, x.oid) NOT IN (SELECT e.classid, e.objid FROM e)
UNION ALL
-- What these rows do not hold.
SELECT 'comment on ' || o.type, o.identity, NULL, y.description
FROM pg_catalog.pg_description y, LATERAL pg_catalog.pg_identify_object(y.classoid, y.objoid, 0) o
WHERE y.objoid >= 16384 AND y.objsubid = 0 AND y.classoid NOT IN (
    'pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_constraint'::pg_catalog.regclass,
    'pg_catalog.pg_trigger'::pg_catalog.regclass, 'pg_catalog.pg_policy'::pg_catalog.regclass,
    'pg_catalog.pg_rewrite'::pg_catalog.regclass, 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass,
    'pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_type'::pg_catalog.regclass,
    'pg_catalog.pg_namespace'::pg_catalog.regclass, 'pg_catalog.pg_extension'::pg_catalog.regclass,
    'pg_catalog.pg_largeobject'::pg_catalog.regclass)
  AND (y.classoid, y.objoid) NOT IN (SELECT e.classid, e.objid FROM e)
UNION ALL
SELECT 'schema', s.nspname::text, NULL, pg_catalog.concat_ws(' ',
  'COMMENT ' || pg_catalog.obj_description(x.oid, 'pg_namespace'))
FROM pg_catalog.pg_namespace x JOIN s ON s.oid = x.oid
UNION ALL
-- Who owns an object and who may use it, by itself: migrations alone do not say that.
-- The order of grants, and whether the usual ones are written down, says nothing.
SELECT 'grants', g.name, g.owner, pg_catalog.concat_ws(' ',
  CASE WHEN g.acl IS NOT NULL AND l.acl IS DISTINCT FROM u.acl THEN COALESCE(l.acl, '{}') END, g.suffix,
  'OWNER ' || (SELECT pg_catalog.pg_get_userbyid(g.role) FROM me WHERE me.oid <> g.role))
FROM (
  SELECT r.display::text AS name, r.display::text AS owner, 'r'::"char" AS class, r.relacl AS acl,
    NULL::text AS suffix, r.relowner AS role
  FROM r WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  -- A sequence that a column owns goes with it.
  UNION ALL SELECT r.display, COALESCE(o.display, r.display),
    's', r.relacl, 'OWNED BY ' || o.attname, r.relowner
  FROM r LEFT JOIN LATERAL (SELECT t.display, a.attname FROM pg_catalog.pg_depend d
    JOIN r t ON t.oid = d.refobjid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = r.oid
      AND d.refclassid = d.classid AND d.deptype IN ('a', 'i')) o ON true
  WHERE r.relkind = 'S'
  UNION ALL SELECT r.display || '.' || a.attname, r.display, 'c', a.attacl, NULL, NULL
  FROM r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
  UNION ALL SELECT s.prefix || x.stxname, r.display, 'r', NULL, NULL, x.stxowner
  FROM pg_catalog.pg_statistic_ext x JOIN s ON s.oid = x.stxnamespace LEFT JOIN r ON r.oid = x.stxrelid
  UNION ALL SELECT
    s.prefix || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
    NULL, 'f', p.proacl, NULL, p.proowner
  FROM pg_catalog.pg_proc p JOIN s ON s.oid = p.pronamespace
  WHERE ('pg_catalog.pg_proc'::pg_catalog.regclass, p.oid) NOT IN (SELECT e.classid, e.objid FROM e)
  UNION ALL SELECT s.prefix || t.typname, NULL, 'T', t.typacl, NULL, t.typowner
  FROM pg_catalog.pg_type t JOIN s ON s.oid = t.typnamespace
  WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'b' AND t.typcategory <> 'A')
    AND ('pg_catalog.pg_type'::pg_catalog.regclass, t.oid) NOT IN (SELECT e.classid, e.objid FROM e)
  UNION ALL SELECT 'schema ' || s.nspname, NULL, 'n', x.nspacl, NULL, x.nspowner
  FROM pg_catalog.pg_namespace x JOIN s ON s.oid = x.oid
) g CROSS JOIN LATERAL (
  SELECT pg_catalog.string_agg(i::text, ' ' ORDER BY i::text) AS acl FROM pg_catalog.unnest(g.acl) i
) l LEFT JOIN LATERAL (
  SELECT pg_catalog.string_agg(i::text, ' ' ORDER BY i::text) AS acl
  FROM pg_catalog.unnest(pg_catalog.acldefault(g.class, g.role)) i
) u ON g.role IS NOT NULL
WHERE g.acl IS NOT NULL AND l.acl IS DISTINCT FROM u.acl OR g.role <> (SELECT me.oid FROM me)
