//! Columns of tables.

use diesel::QueryableByName;
use diesel::sql_types::{Array, Bool, Nullable, Oid, Text};

use super::assemble::Assembly;
use crate::backend::postgres::normalize::{implied_name, without_parentheses};
use crate::backend::postgres::types;
use crate::model::{Column, Generated, GeneratedStorage, Identity, SqlType, Table};

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
  -- The sequences of columns that are not as a new one would be.
  SELECT d.refobjid, d.refobjsubid, q.*, o.relname, o.relacl, o.relowner, o.relnamespace, p.*
  FROM pg_catalog.pg_sequence q JOIN pg_catalog.pg_class o ON o.oid = q.seqrelid
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND d.objid = q.seqrelid AND d.refclassid = d.classid AND d.refobjsubid > 0
    AND d.deptype IN ('a', 'i')
  JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
  CROSS JOIN LATERAL (SELECT (q.seqtypid, q.seqincrement, q.seqmin, q.seqstart, q.seqcache,
      q.seqcycle, q.seqmax) IS DISTINCT FROM (a.atttypid, 1, 1, 1, 1, false, CASE q.seqtypid
        WHEN 'pg_catalog.int2'::pg_catalog.regtype THEN 32767
        WHEN 'pg_catalog.int4'::pg_catalog.regtype THEN 2147483647 ELSE 9223372036854775807 END)
      AS has_options,
    o.relname <> c.relname || '_' || a.attname || '_seq' AS is_named,
    pg_catalog.obj_description(o.oid, 'pg_class') AS comment) p
  WHERE p.has_options OR p.is_named OR p.comment IS NOT NULL OR o.relacl IS NOT NULL
    OR EXISTS (SELECT FROM pg_catalog.pg_default_acl f WHERE f.defaclobjtype = 'S')
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

impl Assembly {
    pub(super) fn attribute(&mut self, row: Attribute) {
        let native = self.native(&row);
        if let (Some(table), false) = (self.relations.get(&row.relation), row.extras.is_empty()) {
            let column = (table.clone(), row.name.clone());
            self.schema.column_extras.insert(column, row.extras.clone());
        }
        let Some(table) = self.table(row.relation) else { return };
        let mut column = Column::new(row.name, SqlType::native(native));
        column.nullable = !row.not_null;
        let implied = implied_name(&table.name.name, Some(&column.name), "not_null");
        column.options.not_null = row.not_null_name.filter(|name| *name != implied);
        column.collation = row.collation;
        column.comment = row.comment;
        column.storage = row.storage;
        column.compression = row.compression;
        column.identity = match row.identity.as_str() {
            "a" => Identity::Always,
            "d" => Identity::ByDefault,
            _ if row.serial => Identity::Serial,
            _ => Identity::Unstated,
        };
        let expression = row.default.map(|e| without_parentheses(&e).to_owned());
        match row.generated.as_str() {
            "" if row.serial => {}
            "" => column.default = expression,
            storage => {
                column.generated = expression.map(|expression| Generated {
                    expression,
                    storage: match storage {
                        "v" => GeneratedStorage::Virtual,
                        _ => GeneratedStorage::Stored,
                    },
                });
            }
        }
        table.columns.push(column);
    }

    /// The type as `format_type` spells it, an enum by the name that it has in the schema.
    fn native(&self, row: &Attribute) -> String {
        match self.types.get(&row.element) {
            Some(name) if row.native.ends_with("[]") => format!("{}[]", types::enum_spelling(name)),
            Some(name) => types::enum_spelling(name),
            None => types::normalize_type(&row.native),
        }
    }
}

/// A sole integer key that no sequence fills is assigned by the application.
pub(super) fn unassigned(table: &mut Table) {
    let Some(key) = table.sole_key().map(str::to_owned) else { return };
    let key = table.columns.iter_mut().find(|c| c.name == key);
    if let Some(column) = key
        && column.identity == Identity::Unstated
        && column.generated.is_none()
        && column.sql_type.native.as_deref().is_some_and(is_integer)
    {
        column.identity = Identity::Unassigned;
    }
}

/// Whether a sequence can assign values of this type.
fn is_integer(native: &str) -> bool {
    ["smallint", "integer", "bigint"].contains(&native)
}
