//! Reading MySQL and MariaDB.

use std::collections::BTreeMap;

use diesel::sql_types::{BigInt, Bool, Nullable, Text, Unsigned};
use diesel::{MysqlConnection, QueryableByName, RunQueryDsl as _, sql_query};
use heck::ToUpperCamelCase as _;

use super::table::{Catalog, Column, ForeignKey, Table, TableName};
use super::types::ColumnType;
use super::{Docs, PrintOptions, Sorting};
use crate::backend::DatabaseError;

#[derive(QueryableByName)]
struct TableRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    comment: String,
    /// Whether the schema is the default one.
    #[diesel(sql_type = Bool)]
    is_default: bool,
}

/// `?`: the schema, twice. MySQL 8 and MariaDB tell other names for the columns of their own views,
/// hence the aliases.
const TABLES: &str = r"
SELECT table_name AS name, table_comment AS comment, table_schema <=> DATABASE() AS is_default
FROM information_schema.tables
WHERE table_schema = COALESCE(?, DATABASE()) AND table_type = 'BASE TABLE'
  AND table_name NOT LIKE '\_\_%'";

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    native: String,
    #[diesel(sql_type = Bool)]
    is_nullable: bool,
    #[diesel(sql_type = Nullable<Unsigned<BigInt>>)]
    max_length: Option<u64>,
    #[diesel(sql_type = Text)]
    comment: String,
}

const COLUMNS: &str = r"
SELECT table_name AS `table`, column_name AS name, CAST(column_type AS CHAR) AS native,
  is_nullable = 'YES' AS is_nullable, CAST(character_maximum_length AS UNSIGNED) AS max_length,
  column_comment AS comment
FROM information_schema.columns WHERE table_schema = COALESCE(?, DATABASE())
ORDER BY table_name, ";

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = Text)]
    constraint: String,
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    column: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    parent_schema: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    parent_column: Option<String>,
}

/// Primary keys, whose constraint is called `PRIMARY`, and foreign keys, which have a parent.
const KEYS: &str = r"
SELECT constraint_name AS `constraint`, table_name AS `table`, column_name AS `column`,
  referenced_table_name AS parent, referenced_table_schema AS parent_schema,
  referenced_column_name AS parent_column
FROM information_schema.key_column_usage
WHERE table_schema = COALESCE(?, DATABASE())
  AND (constraint_name = 'PRIMARY' OR referenced_table_name IS NOT NULL)
ORDER BY table_name, constraint_name, ordinal_position";

pub(super) fn read(
    connection: &mut MysqlConnection,
    options: &PrintOptions,
) -> Result<Catalog, DatabaseError> {
    let schema = options.schema.as_deref();
    let order = match options.sorting {
        Sorting::Ordinal => "ordinal_position",
        Sorting::Name => "column_name",
    };
    let mut tables: Vec<TableRow> = sql_query(TABLES)
        .bind::<Nullable<Text>, _>(schema)
        .load(connection)
        .map_err(DatabaseError::query("reading the tables"))?;
    let columns: Vec<ColumnRow> = sql_query(format!("{COLUMNS}{order}"))
        .bind::<Nullable<Text>, _>(schema)
        .load(connection)
        .map_err(DatabaseError::query("reading the columns"))?;
    let keys: Vec<KeyRow> = sql_query(KEYS)
        .bind::<Nullable<Text>, _>(schema)
        .load(connection)
        .map_err(DatabaseError::query("reading the keys"))?;

    let is_default = tables.first().is_none_or(|row| row.is_default);
    let shown = schema.filter(|_| !is_default).map(ToOwned::to_owned);
    let mut by_table: BTreeMap<String, Vec<ColumnRow>> = BTreeMap::new();
    for row in columns {
        by_table.entry(row.table.clone()).or_default().push(row);
    }
    let (mut catalog, primary) = with_keys(&keys, shown.as_ref());
    tables.retain(|row| options.filter.keeps(&row.name));
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    for row in tables {
        let name = TableName::new(&row.name, shown.clone());
        let rows = by_table.remove(&row.name).unwrap_or_default();
        let columns = rows.into_iter().map(|row| column(row, &name)).collect::<Result<_, _>>()?;
        catalog.tables.push(Table {
            primary_key: primary.get(row.name.as_str()).cloned().unwrap_or_default(),
            columns,
            comment: told(row.comment).filter(|_| options.docs != Docs::None),
            name,
        });
    }
    Ok(catalog)
}

/// A catalog with the foreign keys, and the primary key of each table.
fn with_keys<'a>(
    rows: &'a [KeyRow],
    schema: Option<&String>,
) -> (Catalog, BTreeMap<&'a str, Vec<String>>) {
    let mut catalog = Catalog::default();
    let mut primary = BTreeMap::new();
    for rows in rows.chunk_by(|a, b| (&a.table, &a.constraint) == (&b.table, &b.constraint)) {
        let row = &rows[0];
        let columns = rows.iter().map(|row| row.column.clone()).collect();
        let Some(parent) = &row.parent else {
            primary.insert(row.table.as_str(), columns);
            continue;
        };
        let own_schema = schema.or(row.parent_schema.as_ref()) == row.parent_schema.as_ref();
        let parent_schema = if own_schema { schema } else { row.parent_schema.as_ref() };
        catalog.foreign_keys.push(ForeignKey {
            child: TableName::new(&row.table, schema.cloned()),
            parent: TableName::new(parent, parent_schema.cloned()),
            columns,
            parent_columns: rows.iter().filter_map(|row| row.parent_column.clone()).collect(),
        });
    }
    (catalog, primary)
}

fn column(row: ColumnRow, table: &TableName) -> Result<Column, DatabaseError> {
    let (sql, is_unsigned) = type_name(&row.native).ok_or_else(|| DatabaseError::Unreadable {
        object: format!("column `{}.{}`", table.full_sql(), row.name),
        reason: format!("Unsupported type: `{}`", row.native),
    })?;
    Ok(Column {
        rust: table.column(&row.name),
        ty: ColumnType {
            schema: None,
            rust: sql.to_upper_camel_case(),
            sql,
            is_array: false,
            is_nullable: row.is_nullable,
            is_unsigned,
            // The server tells a length of `text` too.
            max_length: row.max_length.filter(|_| row.native.contains('(')),
        },
        comment: told(row.comment),
        sql: row.name,
    })
}

/// The server tells an empty comment where there is none.
fn told(comment: String) -> Option<String> {
    Some(comment).filter(|comment| !comment.is_empty())
}

/// `int(10) unsigned` is `integer`, unsigned.
fn type_name(native: &str) -> Option<(String, bool)> {
    let unsigned = native.to_lowercase().contains("unsigned");
    let name = match native {
        "tinyint(1)" => "bool",
        _ if native.starts_with("int") => "integer",
        _ => native.split('(').next().unwrap_or(native),
    };
    let name = name.trim();
    let words: Vec<_> = name.split_whitespace().collect();
    match words.as_slice() {
        [name] => Some(((*name).to_owned(), unsigned)),
        // `bigint unsigned zerofill`, as MySQL 8 writes it without a width.
        [name, words @ ..] if words.iter().all(|it| matches!(*it, "unsigned" | "zerofill")) => {
            Some(((*name).to_owned(), unsigned))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::type_name;

    #[test]
    fn types_are_told_as_diesel_cli_tells_them() {
        for (native, name, unsigned) in [
            ("int(11)", "integer", false),
            ("int(10) unsigned", "integer", true),
            ("bigint unsigned", "bigint", true),
            ("tinyint(1)", "bool", false),
            ("tinyint(4)", "tinyint", false),
            ("decimal(10,2)", "decimal", false),
            ("bigint unsigned zerofill", "bigint", true),
        ] {
            assert_eq!(type_name(native), Some((name.to_owned(), unsigned)), "{native}");
        }
        assert_eq!(type_name("double precision"), None);
    }
}
