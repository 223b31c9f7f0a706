//! What is asked of `pg_catalog`, and what comes back: one query a kind of object, whatever the
//! number of tables. Joins to the model are made by the client.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Oid, Text};

/// Objects that belong to an extension are the extension's business.
macro_rules! not_of_extension {
    ($class:literal, $oid:literal) => {
        concat!(
            "NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.deptype = 'e' AND e.classid = '",
            $class,
            "'::pg_catalog.regclass AND e.objid = ",
            $oid,
            ")"
        )
    };
}

#[derive(QueryableByName)]
pub(super) struct Namespace {
    #[diesel(sql_type = Oid)]
    pub(super) oid: u32,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Bool)]
    pub(super) is_default: bool,
    #[diesel(sql_type = Integer)]
    pub(super) version: i32,
}

/// `$1`: the further schemas of the scope. From here on `search_path` names the default schema
/// alone, until the transaction ends: every text of the server says where an object is, unless it
/// is there, and no function or operator of another schema can stand in for the server's own.
/// Until then even operators and types are named in full. Queries like these are compiled for
/// longer than they run.
pub(super) const NAMESPACES: &str = "\
SELECT n.oid, n.nspname::pg_catalog.text AS name,
  n.nspname OPERATOR(pg_catalog.=) pg_catalog.current_schema() AS is_default,
  pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version,
  pg_catalog.set_config('search_path',
    pg_catalog.quote_ident(pg_catalog.current_schema()), true) AS path,
  pg_catalog.set_config('jit', 'off', true) AS jit
FROM pg_catalog.pg_namespace n
WHERE n.nspname OPERATOR(pg_catalog.=) pg_catalog.current_schema()
  OR n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)";

#[derive(QueryableByName)]
pub(super) struct Relation {
    #[diesel(sql_type = Oid)]
    pub(super) oid: u32,
    #[diesel(sql_type = Oid)]
    pub(super) namespace: u32,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    /// `pg_class.relkind`.
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Bool)]
    pub(super) is_partition: bool,
    #[diesel(sql_type = Nullable<Oid>)]
    pub(super) parent: Option<u32>,
    #[diesel(sql_type = Bool)]
    pub(super) unlogged: bool,
    /// Storage parameters, those of the TOAST table as `toast.…`.
    #[diesel(sql_type = Array<Text>)]
    pub(super) parameters: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) comment: Option<String>,
    /// The server's text of a view, of a partitioning, or of a partition's bounds.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) definition: Option<String>,
    /// How many rows the server takes it to have; -1 before it has counted.
    #[diesel(sql_type = BigInt)]
    pub(super) rows: i64,
    /// Of a table or a view: statements that give it back what it has besides its definition.
    #[diesel(sql_type = Array<Text>)]
    pub(super) extras: Vec<String>,
}

/// `$1`: the namespaces.
pub(super) const RELATIONS: &str = concat!(
    "\
SELECT c.oid, c.relnamespace AS namespace, c.relname::text AS name, c.relkind::text AS kind,
  c.relispartition AS is_partition,
  (SELECT i.inhparent FROM pg_catalog.pg_inherits i
   WHERE i.inhrelid = c.oid ORDER BY i.inhseqno LIMIT 1) AS parent,
  c.relpersistence = 'u' AS unlogged, c.reltuples::int8 AS rows,
  COALESCE(c.reloptions, '{}') || ARRAY(SELECT 'toast.' || o FROM pg_catalog.pg_class t,
    LATERAL pg_catalog.unnest(t.reloptions) o WHERE t.oid = c.reltoastrelid) AS parameters,
  pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid)
       WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid)
       WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS definition,
  CASE WHEN c.relkind IN ('v', 'm') THEN ARRAY(",
    include_str!("view_extras.sql"),
    ") WHEN c.relkind = 'r' THEN ARRAY(",
    include_str!("table_extras.sql"),
    ") ELSE '{}' END AS extras
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace ns ON ns.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT p.prefix, p.prefix || pg_catalog.quote_ident(c.relname) AS name,
    CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END AS word
  FROM (SELECT CASE WHEN ns.nspname = pg_catalog.current_schema() THEN ''
    ELSE pg_catalog.quote_ident(ns.nspname) || '.' END AS prefix) p) w
WHERE c.relnamespace = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ",
    not_of_extension!("pg_catalog.pg_class", "c.oid"),
    " ORDER BY c.oid"
);

#[derive(QueryableByName)]
pub(super) struct Attribute {
    #[diesel(sql_type = Oid)]
    pub(super) relation: u32,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text)]
    pub(super) native: String,
    /// The type, or the type of the elements of an array.
    #[diesel(sql_type = Oid)]
    pub(super) element: u32,
    #[diesel(sql_type = Bool)]
    pub(super) not_null: bool,
    /// The name of NOT NULL (since 18).
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) not_null_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) default: Option<String>,
    /// `pg_attribute.attidentity`.
    #[diesel(sql_type = Text)]
    pub(super) identity: String,
    /// `pg_attribute.attgenerated`.
    #[diesel(sql_type = Text)]
    pub(super) generated: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) collation: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) comment: Option<String>,
    /// How it is kept, where that is not the usual way of its type.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) storage: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) compression: Option<String>,
    /// The default takes its values from a sequence that the column owns.
    #[diesel(sql_type = Bool)]
    pub(super) serial: bool,
    /// Statements that give it back what it has besides its definition.
    #[diesel(sql_type = Array<Text>)]
    pub(super) extras: Vec<String>,
}

/// `$1`: the namespaces.
pub(super) const ATTRIBUTES: &str = concat!(
    r#"
WITH q AS (
  -- The sequences of columns that have options or grants.
  SELECT d.refobjid, d.refobjsubid, d.deptype, q.*, o.relname, o.relacl, o.relowner, p.has_options,
    CASE d.deptype WHEN 'i' THEN 'SET ' ELSE '' END AS set
  FROM pg_catalog.pg_sequence q JOIN pg_catalog.pg_class o ON o.oid = q.seqrelid
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND d.objid = q.seqrelid AND d.refclassid = d.classid AND d.refobjsubid > 0
    AND d.deptype IN ('a', 'i')
  CROSS JOIN LATERAL (SELECT (q.seqincrement, q.seqmin, q.seqstart, q.seqcache, q.seqcycle,
    q.seqmax) IS DISTINCT FROM (1, 1, 1, 1, false, CASE q.seqtypid
      WHEN 'pg_catalog.int2'::pg_catalog.regtype THEN 32767
      WHEN 'pg_catalog.int4'::pg_catalog.regtype THEN 2147483647 ELSE 9223372036854775807 END)
    AS has_options) p
  WHERE p.has_options OR o.relacl IS NOT NULL
)
SELECT a.attrelid AS relation, a.attname::text AS name,
  pg_catalog.format_type(a.atttypid, a.atttypmod) AS native,
  CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END AS element,
  a.attnotnull AS not_null,
  nn.conname::text AS not_null_name,
  pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS default,
  a.attidentity::text AS identity, a.attgenerated::text AS generated,
  CASE WHEN a.attcollation <> t.typcollation THEN
    CASE WHEN pg_catalog.pg_collation_is_visible(l.oid) THEN l.collname::text
         ELSE pg_catalog.concat('"', pg_catalog.replace(s.nspname::text, '"', '""'), '"."',
           pg_catalog.replace(l.collname::text, '"', '""'), '"') END END AS collation,
  o.description AS comment,
  CASE WHEN a.attstorage <> t.typstorage THEN
    CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main'
      ELSE 'extended' END END AS storage,
  CASE pg_catalog.to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END
    AS compression,
  d.oid IS NOT NULL AND a.attgenerated = '' AND EXISTS (
    SELECT FROM pg_catalog.pg_depend o
    JOIN pg_catalog.pg_class q ON q.oid = o.objid AND q.relkind = 'S'
    JOIN pg_catalog.pg_depend u
      ON u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND u.refobjid = o.objid
      AND u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND u.objid = d.oid
    WHERE o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.refclassid = o.classid
      AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum AND o.deptype = 'a') AS serial,
  CASE WHEN a.attacl IS NULL AND COALESCE(a.attstattarget, -1) < 0
      AND (a.attoptions::text LIKE '%n\_distinct%') IS NOT TRUE
      AND nn.comment IS NULL AND q.seqrelid IS NULL THEN '{}'
    ELSE ARRAY("#,
    include_str!("column_extras.sql"),
    r#") END AS extras
FROM pg_catalog.pg_attribute a
LEFT JOIN (
  -- Since version 18.
  SELECT k.conname, k.conrelid, k.conkey, x.description AS comment
  FROM pg_catalog.pg_constraint k
  LEFT JOIN pg_catalog.pg_description x ON x.objoid = k.oid
    AND x.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
  WHERE k.contype = 'n'
    AND pg_catalog.current_setting('server_version_num')::int >= 180000
) nn ON nn.conrelid = a.attrelid AND nn.conkey[1] = a.attnum
LEFT JOIN q ON q.refobjid = a.attrelid AND q.refobjsubid = a.attnum
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_description o ON o.objoid = a.attrelid AND o.objsubid = a.attnum
  AND o.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
LEFT JOIN pg_catalog.pg_namespace s ON s.oid = l.collnamespace
WHERE c.relnamespace = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum"#
);

#[derive(QueryableByName)]
#[expect(clippy::struct_excessive_bools, reason = "it is a row of the catalog")]
pub(super) struct Constraint {
    #[diesel(sql_type = Oid)]
    pub(super) relation: u32,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    /// `pg_constraint.contype`.
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Array<Text>)]
    pub(super) columns: Vec<String>,
    #[diesel(sql_type = Nullable<Oid>)]
    pub(super) foreign_namespace: Option<u32>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) foreign_schema: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) foreign_table: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    pub(super) foreign_columns: Vec<String>,
    #[diesel(sql_type = Text)]
    pub(super) on_update: String,
    #[diesel(sql_type = Text)]
    pub(super) on_delete: String,
    #[diesel(sql_type = Bool)]
    pub(super) deferrable: bool,
    #[diesel(sql_type = Bool)]
    pub(super) deferred: bool,
    /// `MATCH FULL`.
    #[diesel(sql_type = Bool)]
    pub(super) match_full: bool,
    /// The columns that `ON DELETE SET …` sets, where it is not all of them.
    #[diesel(sql_type = Array<Text>)]
    pub(super) set_columns: Vec<String>,
    #[diesel(sql_type = Bool)]
    pub(super) no_inherit: bool,
    #[diesel(sql_type = Bool)]
    pub(super) validated: bool,
    /// Columns that are only stored in the index of a key.
    #[diesel(sql_type = Array<Text>)]
    pub(super) include: Vec<String>,
    #[diesel(sql_type = Bool)]
    pub(super) nulls_not_distinct: bool,
    /// The expression of a check.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) expression: Option<String>,
    #[diesel(sql_type = Text)]
    pub(super) definition: String,
    /// Statements that give it back what it has besides its definition.
    #[diesel(sql_type = Array<Text>)]
    pub(super) extras: Vec<String>,
}

/// `$1`: the namespaces. What a child inherits from its parent stands at the parent.
pub(super) const CONSTRAINTS: &str = concat!("\
SELECT k.conrelid AS relation, k.conname::text AS name, k.contype::text AS kind,
  ARRAY(SELECT (SELECT a.attname::text FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = k.conrelid AND a.attnum = u.n)
    FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY u (n, i) WHERE u.n <> 0 ORDER BY u.i) AS columns,
  f.relnamespace AS foreign_namespace, n.nspname::text AS foreign_schema,
  f.relname::text AS foreign_table,
  CASE WHEN k.contype = 'f' THEN
    ARRAY(SELECT (SELECT a.attname::text FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = k.confrelid AND a.attnum = u.n)
      FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u (n, i) ORDER BY u.i)
    ELSE '{}' END AS foreign_columns,
  k.confupdtype::text AS on_update, k.confdeltype::text AS on_delete,
  k.condeferrable AS deferrable, k.condeferred AS deferred,
  k.confmatchtype = 'f' AS match_full,
  CASE WHEN k.contype = 'f' AND k.confdeltype IN ('n', 'd') THEN ARRAY(SELECT a.attname::text
    FROM pg_catalog.jsonb_array_elements_text(
      NULLIF(pg_catalog.to_jsonb(k) -> 'confdelsetcols', 'null')) WITH ORDINALITY u (n, i)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n::int
    ORDER BY u.i) ELSE '{}' END AS set_columns,
  k.connoinherit AND k.contype = 'c' AS no_inherit, k.convalidated AS validated,
  CASE WHEN i.indnatts > i.indnkeyatts THEN ARRAY(SELECT a.attname::text
    FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY u (n, n_at)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n
    WHERE u.n_at > i.indnkeyatts ORDER BY u.n_at) ELSE '{}' END AS include,
  COALESCE((CASE WHEN k.contype = 'u' THEN pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' END)::bool,
    false) AS nulls_not_distinct,
  pg_catalog.pg_get_expr(k.conbin, k.conrelid) AS expression,
  pg_catalog.pg_get_constraintdef(k.oid) AS definition,
  ARRAY(SELECT pg_catalog.format('COMMENT ON CONSTRAINT %I ON %s IS %L;', k.conname,
      c.oid::pg_catalog.regclass, o.description) WHERE o.description IS NOT NULL)
  || CASE WHEN y.description IS NULL AND (i.indisclustered OR i.indisreplident
    OR i.indexprs IS NOT NULL) IS NOT TRUE THEN '{}'
    ELSE ARRAY(", include_str!("index_extras.sql"), ") END AS extras
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid AND k.contype = 'f'
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.relnamespace
LEFT JOIN pg_catalog.pg_description o ON o.objoid = k.oid
  AND o.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
LEFT JOIN pg_catalog.pg_description y ON y.objoid = x.oid AND y.objsubid = 0
  AND y.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
WHERE c.relnamespace = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND k.contype IN ('p', 'u', 'c', 'f', 'x') AND k.conparentid = 0
  AND (k.conislocal OR k.contype <> 'c')
ORDER BY k.conrelid, k.conname");

#[derive(QueryableByName)]
pub(super) struct IndexRow {
    #[diesel(sql_type = Oid)]
    pub(super) relation: u32,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Bool)]
    pub(super) is_unique: bool,
    #[diesel(sql_type = Bool)]
    pub(super) is_valid: bool,
    #[diesel(sql_type = Text)]
    pub(super) method: String,
    #[diesel(sql_type = Integer)]
    pub(super) key_count: i32,
    /// The columns, `""` for an expression.
    #[diesel(sql_type = Array<Text>)]
    pub(super) columns: Vec<String>,
    /// The server's text of each key, without order and operator class; none of a plain index.
    #[diesel(sql_type = Array<Text>)]
    pub(super) keys: Vec<String>,
    #[diesel(sql_type = Bool)]
    pub(super) nulls_not_distinct: bool,
    /// Storage parameters.
    #[diesel(sql_type = Array<Text>)]
    pub(super) parameters: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) predicate: Option<String>,
    /// The server's text; `None` of a plain index.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) definition: Option<String>,
    /// Statements that give it back what it has besides its definition.
    #[diesel(sql_type = Array<Text>)]
    pub(super) extras: Vec<String>,
}

/// `$1`: the namespaces. Indexes behind constraints are left out.
///
/// An index is plain if nothing stands behind its columns in the server's text: it is not asked
/// for then, since that is most of the time that this query takes. The default operator class of a
/// type is not always the one of its name (that of `varchar` is `text`'s), so whatever is not known
/// to be plain is asked for.
pub(super) const INDEXES: &str = concat!(
    "\
SELECT i.indrelid AS relation, x.relname::text AS name, i.indisunique AS is_unique,
  i.indisvalid AS is_valid, m.amname::text AS method, i.indnkeyatts::int AS key_count,
  ARRAY(SELECT COALESCE((SELECT a.attname::text FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = i.indrelid AND a.attnum = u.n), '')
    FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY u (n, i) ORDER BY u.i) AS columns,
  CASE WHEN plain.yes THEN '{}' ELSE ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, g.n, false)
    FROM pg_catalog.generate_series(1, i.indnkeyatts::int) g (n) ORDER BY g.n) END AS keys,
  COALESCE((CASE WHEN i.indisunique
    THEN pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' END)::bool, false) AS nulls_not_distinct,
  COALESCE(x.reloptions, '{}') AS parameters,
  pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
  CASE WHEN NOT plain.yes THEN pg_catalog.pg_get_indexdef(i.indexrelid) END AS definition,
  CASE WHEN y.description IS NULL AND NOT (i.indisclustered OR i.indisreplident
    OR i.indexprs IS NOT NULL) THEN '{}' ELSE ARRAY(",
    include_str!("index_extras.sql"),
    ") END AS extras
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = x.relam
LEFT JOIN pg_catalog.pg_description y ON y.objoid = x.oid AND y.objsubid = 0
  AND y.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
CROSS JOIN LATERAL (SELECT i.indisvalid AND i.indexprs IS NULL AND i.indpred IS NULL
    AND x.reloptions IS NULL AND 0 = ALL (i.indoption::int2[]) AND NOT EXISTS (
  SELECT FROM ROWS FROM (pg_catalog.unnest(i.indkey::int2[]), pg_catalog.unnest(i.indclass::oid[]),
    pg_catalog.unnest(i.indcollation::oid[])) u (n, class, coll)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.n
  JOIN pg_catalog.pg_opclass o ON o.oid = u.class
  WHERE NOT o.opcdefault OR u.coll <> a.attcollation OR o.opcintype <>
    CASE a.atttypid WHEN 'varchar'::pg_catalog.regtype THEN 'text'::pg_catalog.regtype
      ELSE a.atttypid END) AS yes OFFSET 0) plain
WHERE c.relnamespace = ANY ($1) AND c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = i.indrelid
    AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, x.relname"
);

/// Columns of the catalog that came with a later version, as every version understands them, and
/// as those do that have them: the detour makes a query take twice the time.
const LATER: [(i32, &str, &str); 3] = [
    (14_00_00, "pg_catalog.to_jsonb(a) ->> 'attcompression'", "a.attcompression::text"),
    (
        15_00_00,
        "pg_catalog.to_jsonb(k) -> 'confdelsetcols'",
        "pg_catalog.to_jsonb(k.confdelsetcols)",
    ),
    (15_00_00, "pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct'", "i.indnullsnotdistinct::text"),
];

/// The query as this version of the server answers it fastest.
pub(super) fn for_version(query: &str, version: i32) -> String {
    let known = LATER.iter().filter(|(since, ..)| version >= *since);
    known.fold(query.to_owned(), |query, (_, detour, column)| query.replace(detour, column))
}

/// A type, a kind of object that is not modelled, or a dependency.
#[derive(QueryableByName)]
pub(super) struct OtherRow {
    /// What the row is about: `enum`, `definition`, `dependency`, or else the kind of object.
    #[diesel(sql_type = Text)]
    pub(super) topic: String,
    /// The kind of object.
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Nullable<Oid>)]
    pub(super) oid: Option<u32>,
    #[diesel(sql_type = Nullable<Oid>)]
    pub(super) namespace: Option<u32>,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    /// The table that it belongs to; of a dependency, what it stands on.
    #[diesel(sql_type = Nullable<Oid>)]
    pub(super) relation: Option<u32>,
    /// The server's text; of a dependency, the column.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) sql: Option<String>,
    /// The labels of an enumerated type; names and values of a definition by turns.
    #[diesel(sql_type = Array<Text>)]
    pub(super) labels: Vec<String>,
}

/// `$1`: the namespaces.
pub(super) const OTHERS: &str = include_str!("others.sql");
