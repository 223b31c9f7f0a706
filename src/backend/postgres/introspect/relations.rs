//! Tables, views and sequences.

use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Oid, Text};

use super::assemble::{Assembly, is_history};
use crate::model::{QualifiedName, Table, View};

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
    // What belongs to an extension is the extension's business.
    "NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.deptype = 'e'
    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid)
  ORDER BY c.oid"
);

impl Assembly {
    pub(super) fn relations(&mut self, rows: Vec<Relation>) {
        let rows: Vec<Relation> = rows.into_iter().filter(|r| !is_history(&r.name)).collect();
        for row in &rows {
            let name = self.name(row.namespace, row.name.clone());
            self.relations.insert(row.oid, name);
        }
        for row in rows {
            self.relation(row);
        }
    }

    fn relation(&mut self, row: Relation) {
        let name = self.name(row.namespace, row.name);
        if let Ok(rows) = u64::try_from(row.rows) {
            self.schema.row_estimates.insert(name.clone(), rows);
        }
        if !row.extras.is_empty() && !row.is_partition {
            self.schema.relation_extras.insert(name.clone(), row.extras);
        }
        let parent = row.parent.and_then(|oid| self.relations.get(&oid).cloned());
        match (row.kind.as_str(), row.is_partition) {
            (_, true) => self.other("partition", name, parent, row.definition),
            ("r" | "p", false) => {
                if row.kind == "p" {
                    self.other("partitioning", name.clone(), Some(name.clone()), row.definition);
                }
                if let Some(parent) = parent {
                    self.other("inheritance", name.clone(), Some(name.clone()), None);
                    self.other("inheritance", name.clone(), Some(parent), None);
                }
                let mut table = Table::new(name);
                table.comment = row.comment;
                table.options.unlogged = row.unlogged;
                table.options.with = row.parameters;
                table.described = true;
                self.schema.insert_table(table);
            }
            ("v" | "m", false) => {
                self.view(name, row.definition.unwrap_or_default(), row.kind == "m");
            }
            ("f", false) => self.other("foreign table", name, parent, None),
            // A sequence is a definition, or a column's identity, or its serial.
            (_, false) => {}
        }
    }

    fn view(&mut self, name: QualifiedName, stored: String, materialized: bool) {
        let definition = stored.trim().trim_end_matches(';').to_owned();
        let view = View {
            materialized,
            described: true,
            stored: Some(stored),
            ..View::new(name.clone(), definition)
        };
        self.schema.views.insert(name, view);
    }
}
