//! The server's own text of every object: the judge of a proof, independent of
//! [`introspect`](super::introspect).

use diesel::sql_types::{Nullable, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

use super::queries::not_of_extension;
use crate::backend::{CatalogEntry, DatabaseError};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    owner: Option<String>,
    #[diesel(sql_type = Text)]
    text: String,
}

/// The relations and schemas that count: none of the server's, none of a history.
const WITH: &str = concat!(
    "\
WITH s AS (
  SELECT n.oid, CASE WHEN n.nspname = pg_catalog.current_schema() THEN '' ELSE n.nspname || '.' END
    AS prefix
  FROM pg_catalog.pg_namespace n
  WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
), r AS (
  SELECT c.*, s.prefix || c.relname AS display
  FROM pg_catalog.pg_class c JOIN s ON s.oid = c.relnamespace
  WHERE c.relname <> '__diesel_schema_migrations' AND c.relname NOT LIKE '\\_\\_glowplug%' AND ",
    not_of_extension!("pg_catalog.pg_class", "c.oid"),
    "
)"
);

/// Relations, and what they are made of. Of a column's options only the documented ones count
/// (`n_distinct`, `n_distinct_inherited`): a server was seen to keep numbers of its own there, which
/// differ whenever a table is made anew.
const RELATIONS: &str = "\
SELECT CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
    WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'composite type' END
    AS kind,
  r.display AS name, NULL AS owner,
  pg_catalog.concat_ws(' ', r.relkind, r.relpersistence, r.reloptions::text, r.relreplident,
    CASE WHEN r.relrowsecurity THEN 'ROW LEVEL SECURITY' END,
    CASE WHEN r.relforcerowsecurity THEN 'FORCE' END,
    pg_catalog.pg_get_partkeydef(r.oid), pg_catalog.pg_get_expr(r.relpartbound, r.oid),
    (SELECT pg_catalog.string_agg('INHERITS ' || i.inhparent::pg_catalog.regclass, ' '
      ORDER BY i.inhseqno) FROM pg_catalog.pg_inherits i WHERE i.inhrelid = r.oid),
    r.relacl::text, 'COMMENT ' || pg_catalog.obj_description(r.oid, 'pg_class'),
    CASE WHEN r.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(r.oid) END) AS text
FROM r WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
UNION ALL
SELECT 'column', a.attname, r.display,
  pg_catalog.concat_ws(' ', pg_catalog.format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attcollation <> t.typcollation
      THEN 'COLLATE ' || a.attcollation::pg_catalog.regcollation END,
    CASE WHEN a.attnotnull THEN 'NOT NULL' END,
    'GENERATED ' || NULLIF(a.attgenerated::text, ''),
    'IDENTITY ' || NULLIF(a.attidentity::text, ''),
    'DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid),
    'STORAGE ' || NULLIF(a.attstorage::text, t.typstorage::text), a.attacl::text,
    
    (SELECT pg_catalog.string_agg(o, ' ' ORDER BY o) FROM pg_catalog.unnest(a.attoptions) o
     WHERE o LIKE 'n\\_distinct%'), 'COMMENT ' || pg_catalog.col_description(r.oid, a.attnum))
FROM r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
WHERE r.relkind IN ('r', 'p', 'f', 'c') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'constraint', k.conname, r.display,
  pg_catalog.concat_ws(' ', pg_catalog.pg_get_constraintdef(k.oid),
    'COMMENT ' || pg_catalog.obj_description(k.oid, 'pg_constraint'))
FROM r JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid WHERE k.contype <> 'n'
UNION ALL
SELECT 'index', x.relname, r.display,
  pg_catalog.concat_ws(' ', pg_catalog.pg_get_indexdef(i.indexrelid),
    CASE WHEN NOT i.indisvalid THEN 'INVALID' END, CASE WHEN i.indisclustered THEN 'CLUSTERED' END,
    CASE WHEN i.indisreplident THEN 'REPLICA IDENTITY' END,
    'TABLESPACE ' || NULLIF(x.reltablespace, 0)::text,
    'COMMENT ' || pg_catalog.obj_description(x.oid, 'pg_class'))
FROM r JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
UNION ALL
SELECT 'sequence', r.display, o.display,
  pg_catalog.concat_ws(' ', pg_catalog.format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement,
    q.seqmin, q.seqmax, q.seqcache, q.seqcycle, r.relacl::text, 'OWNED BY ' || a.attname)
FROM r JOIN pg_catalog.pg_sequence q ON q.seqrelid = r.oid
LEFT JOIN pg_catalog.pg_depend d
  ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = r.oid
  AND d.refclassid = d.classid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
LEFT JOIN r o ON o.oid = d.refobjid
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid";

/// What hangs on relations, and what stands beside them.
const OTHERS: &str = concat!(
    "\
SELECT 'trigger', t.tgname, r.display,
  pg_catalog.concat_ws(' ', pg_catalog.pg_get_triggerdef(t.oid), t.tgenabled)
FROM r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'policy', p.polname, r.display,
  pg_catalog.concat_ws(' ', p.polcmd, p.polpermissive, p.polroles::pg_catalog.regrole[],
    pg_catalog.pg_get_expr(p.polqual, r.oid), pg_catalog.pg_get_expr(p.polwithcheck, r.oid))
FROM r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT 'rule', w.rulename, r.display,
  pg_catalog.concat_ws(' ', pg_catalog.pg_get_ruledef(w.oid), w.ev_enabled)
FROM r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'statistics', s.prefix || x.stxname, r.display, pg_catalog.pg_get_statisticsobjdef(x.oid)
FROM pg_catalog.pg_statistic_ext x JOIN s ON s.oid = x.stxnamespace
LEFT JOIN r ON r.oid = x.stxrelid
UNION ALL
SELECT 'function',
  s.prefix || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
  NULL, CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_catalog.pg_get_functiondef(p.oid) END
FROM pg_catalog.pg_proc p JOIN s ON s.oid = p.pronamespace WHERE ",
    not_of_extension!("pg_catalog.pg_proc", "p.oid"),
    "
UNION ALL
SELECT 'type', s.prefix || t.typname, NULL,
  pg_catalog.concat_ws(' ', t.typtype,
    (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', '
       ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid),
    CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
    CASE WHEN t.typnotnull THEN 'NOT NULL' END, t.typdefault, t.typacl::text,
    (SELECT pg_catalog.string_agg(k.conname || ' ' || pg_catalog.pg_get_constraintdef(k.oid), ' '
       ORDER BY k.conname) FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid),
    'COMMENT ' || pg_catalog.obj_description(t.oid, 'pg_type'))
FROM pg_catalog.pg_type t JOIN s ON s.oid = t.typnamespace
WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'b' AND t.typcategory <> 'A') AND ",
    not_of_extension!("pg_catalog.pg_type", "t.oid")
);

/// The server's text of every object outside of its own schemas, sorted.
///
/// Positions of columns are no part of it: a column that is dropped and added again stands last.
///
/// # Errors
/// When the server refuses the query.
pub fn catalog(connection: &mut PgConnection) -> Result<Vec<CatalogEntry>, DatabaseError> {
    let rows: Vec<Row> = sql_query(format!(
        "{WITH} SELECT a.kind::text, a.name::text, a.owner::text, a.text FROM \
         ({RELATIONS} UNION ALL {OTHERS}) a"
    ))
    .load(connection)
    .map_err(DatabaseError::query("reading the catalog"))?;
    let entries = rows.into_iter();
    let mut entries: Vec<CatalogEntry> = entries
        .map(|row| CatalogEntry {
            kind: row.kind,
            name: row.name,
            table: row.owner,
            text: row.text,
        })
        .collect();
    entries.sort();
    Ok(entries)
}
