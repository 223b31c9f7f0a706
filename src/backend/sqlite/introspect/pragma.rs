//! Tables and indexes whose text cannot be read: what the pragmas say of them.
//!
//! They say nothing of checks, collations and names of constraints.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Integer, Nullable, Text};
use diesel::sqlite::SqliteConnection;

use super::rows::{ColumnRow, KindRow, MasterRow};
use super::table::{Key, complete_key};
use crate::backend::DatabaseError;
use crate::model::{
    Column, Deferrable, ForeignKey, Generated, GeneratedStorage, Index, IndexKey, IndexPart,
    PrimaryKey, QualifiedName, ReferentialAction, Schema, SortOrder, SqlType, Table,
    UniqueConstraint,
};

/// The table by its columns.
pub(super) fn table(object: &MasterRow, rows: &[ColumnRow], kind: Option<&KindRow>) -> Table {
    let mut table = Table::new(object.name.as_str());
    table.described = true;
    table.stored.clone_from(&object.sql);
    table.options.strict = kind.is_some_and(|kind| kind.strict == 1);
    table.options.without_rowid = kind.is_some_and(|kind| kind.without_rowid == 1);
    table.columns = rows.iter().map(column).collect();
    let mut key: Vec<_> = rows.iter().filter(|row| row.pk > 0).collect();
    key.sort_by_key(|row| row.pk);
    if !key.is_empty() {
        let columns = key.iter().map(|row| row.name.clone()).collect();
        table.primary_key = Some(PrimaryKey { options: Default::default(), name: None, columns });
    }
    complete_key(&mut table, &Key::default());
    table
}

fn column(row: &ColumnRow) -> Column {
    let mut column = Column::new(&row.name, SqlType::native(&row.declared));
    column.nullable = row.notnull == 0;
    column.default.clone_from(&row.dflt_value);
    let storage = match row.hidden {
        2 => Some(GeneratedStorage::Virtual),
        3 => Some(GeneratedStorage::Stored),
        _ => None,
    };
    column.generated = storage.map(|storage| Generated { expression: String::new(), storage });
    column
}

/// A row of `pragma_foreign_key_list`.
#[derive(QueryableByName)]
struct ForeignKeyRow {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Integer)]
    id: i32,
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    from: String,
    /// NULL where the primary key is meant.
    #[diesel(sql_type = Nullable<Text>)]
    to: Option<String>,
    #[diesel(sql_type = Text)]
    on_update: String,
    #[diesel(sql_type = Text)]
    on_delete: String,
}

/// Adds the foreign keys of these tables.
pub(super) fn foreign_keys(
    connection: &mut SqliteConnection,
    tables: &BTreeSet<String>,
    schema: &mut Schema,
) -> Result<(), DatabaseError> {
    let rows: Vec<ForeignKeyRow> = sql_query(
        r#"SELECT m.value AS "of", k.id, k."table", k."from", k."to", k.on_update, k.on_delete
        FROM json_each(?) AS m CROSS JOIN pragma_foreign_key_list(m.value, 'main') AS k
        ORDER BY 1, 2, k.seq"#,
    )
    .bind::<Text, _>(json(tables))
    .load(connection)
    .map_err(DatabaseError::query("reading `pragma_foreign_key_list`"))?;
    let mut previous = None;
    for row in rows {
        let Some(table) = schema.tables.get_mut(&QualifiedName::new(&row.of)) else { continue };
        let same = previous.as_ref() == Some(&(row.of.clone(), row.id));
        if !same {
            table.foreign_keys.push(ForeignKey {
                options: Default::default(),
                name: None,
                columns: Vec::new(),
                foreign_table: QualifiedName::new(&row.table),
                foreign_columns: Vec::new(),
                on_delete: action(&row.on_delete),
                on_update: action(&row.on_update),
                deferrable: Deferrable::NotDeferrable,
            });
        }
        if let Some(key) = table.foreign_keys.last_mut() {
            key.columns.push(row.from);
            key.foreign_columns.extend(row.to);
        }
        previous = Some((row.of, row.id));
    }
    Ok(())
}

fn action(word: &str) -> ReferentialAction {
    use ReferentialAction as Action;
    [Action::Restrict, Action::Cascade, Action::SetNull, Action::SetDefault]
        .into_iter()
        .find(|action| action.sql() == word)
        .unwrap_or(Action::NoAction)
}

/// A row of `pragma_index_list`, with one of `pragma_index_xinfo`.
#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Integer)]
    unique: i32,
    /// `c` for CREATE INDEX, `u` for UNIQUE, `pk` for PRIMARY KEY.
    #[diesel(sql_type = Text)]
    origin: String,
    /// NULL for an expression.
    #[diesel(sql_type = Nullable<Text>)]
    column: Option<String>,
    #[diesel(sql_type = Integer)]
    desc: i32,
}

/// Adds the uniques of these tables, and these indexes.
pub(super) fn indexes(
    connection: &mut SqliteConnection,
    tables: &BTreeSet<String>,
    indexes: &BTreeMap<String, String>,
    schema: &mut Schema,
) -> Result<(), DatabaseError> {
    let rows: Vec<IndexRow> = sql_query(
        r#"SELECT m.name AS "of", i.name, i."unique", i.origin, x.name AS "column", x."desc"
        FROM main.sqlite_master AS m CROSS JOIN pragma_index_list(m.name, 'main') AS i
        CROSS JOIN pragma_index_xinfo(i.name, 'main') AS x
        WHERE m.type = 'table' AND m.rootpage > 0 AND x."key" = 1
            AND (i.origin = 'u' AND m.name IN (SELECT value FROM json_each(?))
                OR i.name IN (SELECT value FROM json_each(?)))
        ORDER BY i.name, x.seqno"#,
    )
    .bind::<Text, _>(json(tables))
    .bind::<Text, _>(json(indexes.keys()))
    .load(connection)
    .map_err(DatabaseError::query("reading `pragma_index_xinfo`"))?;
    for rows in rows.chunk_by(|a, b| a.name == b.name) {
        let first = &rows[0];
        let Some(table) = schema.tables.get_mut(&QualifiedName::new(&first.of)) else { continue };
        if first.origin == "u" {
            let columns = rows.iter().filter_map(|row| row.column.clone()).collect();
            table.uniques.push(UniqueConstraint {
                options: Default::default(),
                name: None,
                columns,
            });
        } else {
            table.indexes.push(Index {
                options: Default::default(),
                name: Some(first.name.clone()),
                unique: first.unique == 1,
                parts: rows.iter().map(part).collect(),
                predicate: None,
                method: None,
                include: Vec::new(),
                stored: indexes.get(&first.name).cloned(),
            });
        }
    }
    Ok(())
}

fn part(row: &IndexRow) -> IndexPart {
    let order = if row.desc == 1 { SortOrder::Descending } else { SortOrder::Ascending };
    let key = match &row.column {
        Some(name) => IndexKey::Column(name.clone()),
        None => IndexKey::Expression(String::new()),
    };
    IndexPart { key, order, ..IndexPart::column("") }
}

fn json<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    serde_json::Value::from_iter(names.into_iter().cloned()).to_string()
}
