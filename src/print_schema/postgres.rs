//! Reading PostgreSQL.

use std::collections::BTreeMap;

use diesel::sql_types::{Array, Bool, Integer, Nullable, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl as _, sql_query};
use heck::ToUpperCamelCase as _;

use super::table::{Catalog, Column, ForeignKey, Table, TableName};
use super::types::ColumnType;
use super::{Docs, PrintOptions, Sorting};
use crate::backend::DatabaseError;

/// What Diesel takes for the default schema, whatever `search_path` says.
const DEFAULT_SCHEMA: &str = "public";

#[derive(QueryableByName)]
struct TableRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Array<Text>)]
    key: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    comment: Option<String>,
}

/// `$1`: the schema. Those that `information_schema.tables` calls `BASE TABLE`, to a role that may
/// do anything with them.
const TABLES: &str = r"
SELECT c.relname::text AS name,
  ARRAY(SELECT a.attname::text FROM pg_catalog.pg_constraint p
    CROSS JOIN LATERAL pg_catalog.unnest(p.conkey) WITH ORDINALITY AS u (attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = p.conrelid AND a.attnum = u.attnum
    WHERE p.conrelid = c.oid AND p.contype = 'p' ORDER BY u.place) AS key,
  pg_catalog.obj_description(c.oid, 'pg_class') AS comment
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE '\_\_%'
  AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
    OR pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
    OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))";

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    type_name: String,
    #[diesel(sql_type = Text)]
    type_schema: String,
    #[diesel(sql_type = Nullable<Text>)]
    domain_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    domain_schema: Option<String>,
    #[diesel(sql_type = Bool)]
    is_nullable: bool,
    #[diesel(sql_type = Nullable<Integer>)]
    max_length: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    comment: Option<String>,
}

/// What `information_schema.columns` says, in a tenth of its time. A domain is told by its base
/// type; 1042 and 1043 are `char` and `varchar`, whose modifier is their length and 4.
const COLUMNS: &str = r#"
SELECT c.relname::text AS "table", a.attname::text AS name,
  COALESCE(b.typname, t.typname)::text AS type_name, COALESCE(bn.nspname, tn.nspname)::text AS type_schema,
  CASE WHEN b.oid IS NOT NULL THEN t.typname::text END AS domain_name,
  CASE WHEN b.oid IS NOT NULL THEN tn.nspname::text END AS domain_schema,
  NOT (a.attnotnull OR t.typtype = 'd' AND t.typnotnull) AS is_nullable,
  CASE WHEN COALESCE(b.oid, t.oid) IN (1042, 1043)
    THEN NULLIF(CASE WHEN b.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END, -1) - 4 END AS max_length,
  pg_catalog.col_description(c.oid, a.attnum) AS comment
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
LEFT JOIN (pg_catalog.pg_type b JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace)
  ON t.typtype = 'd' AND t.typbasetype = b.oid
WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
  AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
    OR pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES'))
ORDER BY c.relname, "#;

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Text)]
    parent: String,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    parent_columns: Vec<String>,
}

/// Between two tables of the schema; one row a constraint.
const FOREIGN_KEYS: &str = r"
SELECT c.relname::text AS child, f.relname::text AS parent,
  ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u (attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
    ORDER BY u.place) AS columns,
  ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u (attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum
    ORDER BY u.place) AS parent_columns
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class f ON f.oid = k.confrelid AND f.relnamespace = n.oid
WHERE k.contype = 'f' AND n.nspname = $1";

pub(super) fn read(
    connection: &mut PgConnection,
    options: &PrintOptions,
) -> Result<Catalog, DatabaseError> {
    let schema = options.schema.as_deref().unwrap_or(DEFAULT_SCHEMA);
    let order = match options.sorting {
        Sorting::Ordinal => "a.attnum",
        Sorting::Name => "a.attname",
    };
    let mut tables: Vec<TableRow> = sql_query(TABLES)
        .bind::<Text, _>(schema)
        .load(connection)
        .map_err(DatabaseError::query("reading the tables"))?;
    let columns: Vec<ColumnRow> = sql_query(format!("{COLUMNS}{order}"))
        .bind::<Text, _>(schema)
        .load(connection)
        .map_err(DatabaseError::query("reading the columns"))?;
    let keys: Vec<KeyRow> = sql_query(FOREIGN_KEYS)
        .bind::<Text, _>(schema)
        .load(connection)
        .map_err(DatabaseError::query("reading the foreign keys"))?;

    let shown = (schema != DEFAULT_SCHEMA).then(|| schema.to_owned());
    let name = |sql: String| TableName::new(sql, shown.clone());
    let mut by_table: BTreeMap<String, Vec<ColumnRow>> = BTreeMap::new();
    for row in columns {
        by_table.entry(row.table.clone()).or_default().push(row);
    }
    let mut catalog = Catalog::default();
    catalog.foreign_keys.extend(keys.into_iter().map(|row| ForeignKey {
        child: name(row.child),
        parent: name(row.parent),
        columns: row.columns,
        parent_columns: row.parent_columns,
    }));
    tables.retain(|row| options.filter.keeps(&row.name));
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    for row in tables {
        let rows = by_table.remove(&row.name).unwrap_or_default();
        let name = name(row.name);
        let columns =
            rows.into_iter().map(|row| column(row, &name, options, &mut catalog.warnings));
        let columns = columns.collect();
        let comment = row.comment.filter(|_| options.docs != Docs::None);
        catalog.tables.push(Table { name, primary_key: row.key, columns, comment });
    }
    Ok(catalog)
}

fn column(
    row: ColumnRow,
    table: &TableName,
    options: &PrintOptions,
    warnings: &mut Vec<String>,
) -> Column {
    let own = |name: &String| options.domains_as_types.iter().any(|it| it.is_match(name));
    let (type_name, type_schema) = match (row.domain_name.filter(own), row.domain_schema) {
        (Some(name), Some(schema)) => (name, schema),
        _ => (row.type_name, row.type_schema),
    };
    let element = type_name.strip_prefix('_');
    let sql = element.unwrap_or(&type_name);
    if element.is_some() && matches!(sql.to_lowercase().as_str(), "varchar" | "citext") {
        warnings.push(format!(
            "The column `{}` is of type `{sql}[]`. This will cause problems when using Diesel. You should consider changing the column type to `text[]`.",
            row.name
        ));
    }
    Column {
        rust: table.column(&row.name),
        ty: ColumnType {
            schema: Some(type_schema).filter(|schema| schema != DEFAULT_SCHEMA),
            rust: sql.to_upper_camel_case(),
            sql: sql.to_owned(),
            is_array: element.is_some(),
            is_nullable: row.is_nullable,
            is_unsigned: false,
            max_length: row.max_length.and_then(|length| u64::try_from(length).ok()),
        },
        sql: row.name,
        comment: row.comment,
    }
}
