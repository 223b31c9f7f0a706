//! Keys, uniques and checks with what only SQLite says of them.

use super::BACKEND;
use super::table::is_rowid_alias;
use crate::backend::ident::quote;
use crate::backend::sqlite::normalize::is_descending;
use crate::backend::standard;
use crate::model::{
    CheckConstraint, Column, Conflict, ConstraintOptions, Identity, PrimaryKey, SortOrder, Table,
    UniqueConstraint,
};

/// ` ON CONFLICT REPLACE`, or nothing.
pub(super) fn conflict(conflict: Option<Conflict>) -> String {
    let word = conflict.map(|conflict| conflict.word().to_ascii_uppercase());
    word.map_or(String::new(), |word| format!(" ON CONFLICT {word}"))
}

/// Whether the key stands with the column. It is the rowid either way if the column is declared
/// INTEGER, but with the column DESC keeps it from being that, and in a list of its own does not
/// (<https://sqlite.org/lang_createtable.html#rowid>).
pub(in crate::backend::sqlite) fn stands_with_column(table: &Table, column: &Column) -> bool {
    let Some(key) = table.primary_key.as_ref().filter(|key| key.columns == [column.name.clone()])
    else {
        return false;
    };
    let collated = key.options.parts.iter().any(|part| part.collation.is_some());
    let listed = is_descending(key) && is_rowid_alias(table, column);
    !collated && !listed
}

/// `CONSTRAINT "name" PRIMARY KEY DESC ON CONFLICT REPLACE AUTOINCREMENT`, behind a column.
pub(in crate::backend::sqlite) fn column_key(key: &PrimaryKey, identity: Identity) -> String {
    let name = standard::constraint_name(BACKEND, key.name.as_deref());
    let order = if is_descending(key) { " DESC" } else { "" };
    let conflict = conflict(key.options.on_conflict);
    format!("{name}PRIMARY KEY{order}{conflict}{}", autoincrement(identity))
}

/// `CONSTRAINT "name" PRIMARY KEY ("a" DESC, "b" COLLATE "NOCASE") ON CONFLICT REPLACE`.
pub(in crate::backend::sqlite) fn table_key(key: &PrimaryKey, table: &Table) -> String {
    let name = standard::constraint_name(BACKEND, key.name.as_deref());
    let columns = columns(&key.columns, &key.options);
    let sole = table.sole_key().and_then(|name| table.column(name));
    let counts = sole.map_or("", |column| autoincrement(column.identity));
    format!("{name}PRIMARY KEY ({columns}{counts}){}", conflict(key.options.on_conflict))
}

/// `CONSTRAINT "name" UNIQUE ("a" DESC) ON CONFLICT REPLACE`.
pub(in crate::backend::sqlite) fn unique(unique: &UniqueConstraint) -> String {
    let name = standard::constraint_name(BACKEND, unique.name.as_deref());
    let columns = columns(&unique.columns, &unique.options);
    format!("{name}UNIQUE ({columns}){}", conflict(unique.options.on_conflict))
}

/// `CONSTRAINT "name" CHECK (…) ON CONFLICT FAIL`, which SQLite reads and does not heed.
pub(in crate::backend::sqlite) fn check(check: &CheckConstraint) -> String {
    standard::check(BACKEND, check) + &conflict(check.options.on_conflict)
}

fn autoincrement(identity: Identity) -> &'static str {
    if identity == Identity::ByDefault { " AUTOINCREMENT" } else { "" }
}

fn columns(columns: &[String], options: &ConstraintOptions) -> String {
    let columns = columns.iter().enumerate().map(|(at, column)| {
        let part = options.part(at);
        let mut sql = quote(BACKEND, column);
        if let Some(collation) = &part.collation {
            sql += &format!(" COLLATE {}", quote(BACKEND, collation));
        }
        if part.order == SortOrder::Descending {
            sql += " DESC";
        }
        sql
    });
    columns.collect::<Vec<_>>().join(", ")
}
