//! Reading SQLite.

use std::collections::BTreeMap;

use diesel::sql_types::{Bool, Integer, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

use super::table::{Catalog, Column, ForeignKey, Table, TableName};
use super::types::ColumnType;
use super::{PrintOptions, Sorting};
use crate::backend::DatabaseError;

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    declared: String,
    #[diesel(sql_type = Bool)]
    required: bool,
    #[diesel(sql_type = Bool)]
    in_key: bool,
}

/// Diesel CLI leaves out what begins with `__`, and SQLite's own tables.
const COLUMNS: &str = r#"
SELECT m.name AS "table", x.name AS name, x.type AS declared, x."notnull" <> 0 AS required,
  x.pk > 0 AS in_key
FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) x
WHERE m.type = 'table' AND m.name NOT LIKE '\_\_%' ESCAPE '\' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY m.name, x.cid"#;

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Integer)]
    id: i32,
    #[diesel(sql_type = Text)]
    parent: String,
    #[diesel(sql_type = Text)]
    column: String,
    #[diesel(sql_type = Nullable<Text>)]
    target: Option<String>,
}

const FOREIGN_KEYS: &str = r#"
SELECT m.name AS child, f.id AS id, f."table" AS parent, f."from" AS "column", f."to" AS target
FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
WHERE m.type = 'table' AND m.name NOT LIKE '\_\_%' ESCAPE '\' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY m.name, f.id, f.seq"#;

#[derive(QueryableByName)]
struct NameRow {
    #[diesel(sql_type = Text)]
    name: String,
}

const WITHOUT_ROWID: &str = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND wr";

/// The names of the rowid, the first that no column has is the one that Diesel uses
/// (<https://sqlite.org/rowidtable.html>).
const ROWID: [&str; 3] = ["rowid", "oid", "_rowid_"];

pub(super) fn read(
    connection: &mut SqliteConnection,
    options: &PrintOptions,
) -> Result<Catalog, DatabaseError> {
    if let Some(schema) = &options.schema {
        return Err(DatabaseError::Unreadable {
            object: format!("schema `{schema}`"),
            reason: "sqlite cannot infer schema for databases other than the main database"
                .to_owned(),
        });
    }
    let rows: Vec<ColumnRow> =
        sql_query(COLUMNS).load(connection).map_err(DatabaseError::query("reading the columns"))?;
    let keys: Vec<KeyRow> = sql_query(FOREIGN_KEYS)
        .load(connection)
        .map_err(DatabaseError::query("reading the foreign keys"))?;
    // `pragma_table_list` is there since 3.37; nothing else needs it.
    let without_rowid: Vec<NameRow> = match options.integer_keys_are_bigint {
        true => sql_query(WITHOUT_ROWID)
            .load(connection)
            .map_err(DatabaseError::query("reading which tables have no rowid"))?,
        false => Vec::new(),
    };
    let mut reading = Reading {
        tables: BTreeMap::new(),
        without_rowid: without_rowid.into_iter().map(|row| row.name).collect(),
        options,
        warnings: Vec::new(),
    };
    for row in rows {
        reading.tables.entry(row.table.clone()).or_default().push(row);
    }
    Ok(reading.catalog(&keys))
}

struct Reading<'a> {
    tables: BTreeMap<String, Vec<ColumnRow>>,
    without_rowid: Vec<String>,
    options: &'a PrintOptions,
    warnings: Vec<String>,
}

impl Reading<'_> {
    fn catalog(mut self, rows: &[KeyRow]) -> Catalog {
        let mut foreign_keys = Vec::new();
        for rows in rows.chunk_by(|a, b| (&a.child, a.id) == (&b.child, b.id)) {
            let targets: Option<Vec<_>> = rows.iter().map(|row| row.target.clone()).collect();
            foreign_keys.push(ForeignKey {
                child: TableName::new(&rows[0].child, None),
                parent: TableName::new(&rows[0].parent, None),
                columns: rows.iter().map(|row| row.column.clone()).collect(),
                parent_columns: targets.unwrap_or_else(|| self.primary_key(&rows[0].parent)),
            });
        }
        let names: Vec<_> = self.tables.keys().cloned().collect();
        let kept = names.iter().filter(|name| self.options.filter.keeps(name));
        let tables = kept.map(|name| self.table(name, &foreign_keys)).collect();
        for name in names.iter().filter(|name| self.options.filter.keeps(name)) {
            self.warn(name);
        }
        Catalog { tables, foreign_keys, warnings: self.warnings }
    }

    fn table(&self, name: &str, foreign_keys: &[ForeignKey]) -> Table {
        let table = TableName::new(name, None);
        let primary_key = self.primary_key(name);
        let rows = &self.tables[name];
        let column = |sql: &str, rust: String, is_nullable: bool| Column {
            rust: table.column(sql),
            ty: ColumnType {
                schema: None,
                sql: rust.clone(),
                rust,
                is_array: false,
                is_nullable,
                is_unsigned: false,
                max_length: None,
            },
            sql: sql.to_owned(),
            comment: None,
        };
        let mut columns = Vec::with_capacity(rows.len() + 1);
        // A table without a key has its rowid, which is no column.
        if let [key] = primary_key.as_slice()
            && !rows.iter().any(|row| row.name == *key)
        {
            let bigint = self.options.integer_keys_are_bigint;
            let diesel = if bigint { "BigInt" } else { "Integer" };
            columns.push(column(key, diesel.to_owned(), false));
        }
        columns.extend(rows.iter().map(|row| {
            let bigint = self.options.integer_keys_are_bigint
                && (self.is_rowid(name, &row.name)
                    || foreign_keys
                        .iter()
                        .filter(|key| key.child.sql == name && key.columns == [row.name.as_str()])
                        .any(|key| self.has_rowid_key(&key.parent.sql)));
            let (diesel, _) = diesel_type(&row.declared);
            let diesel = if diesel == "Integer" && bigint { "BigInt" } else { diesel };
            column(&row.name, diesel.to_owned(), !row.required)
        }));
        if self.options.sorting == Sorting::Name {
            columns.sort_by(|a, b| a.sql.cmp(&b.sql));
        }
        Table { name: table, primary_key, columns, comment: None }
    }

    /// Tells of types that no one knows.
    fn warn(&mut self, name: &str) {
        for row in &self.tables[name] {
            let (diesel, known) = diesel_type(&row.declared);
            if !known {
                self.warnings.push(format!(
                    "column `{name}.{}` has the type `{}`, which Diesel does not know; it is printed as `{diesel}`",
                    row.name, row.declared
                ));
            }
        }
    }

    /// The columns of the key in the order of the table, or the name of the rowid.
    fn primary_key(&self, name: &str) -> Vec<String> {
        let Some(rows) = self.tables.get(name) else { return Vec::new() };
        let key: Vec<_> = rows.iter().filter(|it| it.in_key).map(|it| it.name.clone()).collect();
        if !key.is_empty() {
            return key;
        }
        let free = |alias: &&&str| !rows.iter().any(|row| row.name == **alias);
        ROWID.iter().find(free).map(|alias| vec![(*alias).to_owned()]).unwrap_or_default()
    }

    /// Whether the sole key of a table is its rowid.
    fn has_rowid_key(&self, name: &str) -> bool {
        matches!(self.primary_key(name).as_slice(), [key] if self.is_rowid(name, key))
    }

    fn is_rowid(&self, name: &str, column: &str) -> bool {
        let Some(rows) = self.tables.get(name) else { return false };
        let row = rows.iter().find(|row| row.name == column);
        // The rowid itself, or a column that is it.
        let integer = row.is_none_or(|row| row.declared.eq_ignore_ascii_case("integer"));
        integer
            && self.primary_key(name) == [column]
            && !self.without_rowid.iter().any(|it| it == name)
    }
}

/// The Diesel type of a declared one, and whether it is more than a guess.
fn diesel_type(declared: &str) -> (&'static str, bool) {
    let name = declared.to_lowercase();
    // What SQLite tells of a generated column without a type.
    let name = if name == "generated always" { "" } else { name.as_str() };
    let has = |part: &str| name.contains(part);
    let known = match name {
        "boolean" | "bool" => "Bool",
        _ if has("tiny") && has("int") => "Bool",
        "int2" => "SmallInt",
        _ if has("small") && has("int") => "SmallInt",
        "int8" => "BigInt",
        _ if has("big") && has("int") => "BigInt",
        _ if has("int") => "Integer",
        _ if has("char") || has("clob") || has("text") => "Text",
        _ if has("blob") || has("binary") || name.is_empty() => "Binary",
        _ if has("float") || has("real") => "Float",
        _ if has("double") || has("num") || has("dec") => "Double",
        "datetime" | "timestamp" => "Timestamp",
        "date" => "Date",
        "time" => "Time",
        // From here on Diesel CLI gives up on the whole database.
        "json" => "Json",
        "jsonb" => "Jsonb",
        _ if name.starts_with("timestamptz") || name.starts_with("timestamp with time zone") => {
            "TimestamptzSqlite"
        }
        _ if name.starts_with("timestamp") || name.starts_with("datetime") => "Timestamp",
        // Every value loads as a text.
        _ => return ("Text", false),
    };
    (known, true)
}
