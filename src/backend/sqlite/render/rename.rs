//! Tables and columns under another name.

use super::BACKEND;
use crate::backend::ident::{quote, quote_name};
use crate::backend::sqlite::stored::{
    ColumnConstraint, ColumnConstraintKind, KeyPart, StoredTable, TableConstraintKind, read_table,
};
use crate::backend::{Refusal, Statement};
use crate::model::{QualifiedName, Schema};

/// A table cannot take its own name in other letters ("there is already another table"), so it goes
/// over a name that is nobody's.
pub(super) fn table(from: &QualifiedName, to: &QualifiedName) -> Vec<Statement> {
    let rename = |from: &QualifiedName, to: &QualifiedName| {
        let (from, to) = (quote_name(BACKEND, from), quote(BACKEND, &to.name));
        format!("ALTER TABLE {from} RENAME TO {to};")
    };
    let why = format!("Rename `{from}` to `{to}`.");
    if !from.name.eq_ignore_ascii_case(&to.name) {
        return vec![Statement::new(why, rename(from, to))];
    }
    let between = from.sibling(format!("__glowplug_{}", from.name));
    let over = format!("Rename `{from}` to `{to}`: to SQLite these are one name, so over another.");
    vec![Statement::new(over, rename(from, &between)), Statement::new(why, rename(&between, to))]
}

/// The column, unless SQLite would lose its way in the table.
pub(super) fn column(
    table: &QualifiedName,
    old: &str,
    new: &str,
    schema: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    let stored = schema.tables.get(table).and_then(|table| table.stored.as_deref());
    if let Some(Ok(stored)) = stored.map(read_table)
        && loses_its_way(&stored, old)
    {
        let reason = match stored.without_rowid {
            false => {
                "SQLite cannot rename a key that is the rowid, stands in a PRIMARY KEY (…) of its \
                 own, and is named by a UNIQUE (…) before that: it fails with \"no such column\""
            }
            true => {
                "SQLite cannot rename an INTEGER key of a WITHOUT ROWID table that is named by a \
                 UNIQUE (…) behind it: it fails with \"no such column\""
            }
        };
        return Err(Refusal::new(format!("column `{table}.{old}`"), reason)
            .hint("drop that unique constraint, rename, and add it again"));
    }
    let sql = format!(
        "ALTER TABLE {} RENAME COLUMN {} TO {};",
        quote_name(BACKEND, table),
        quote(BACKEND, old),
        quote(BACKEND, new)
    );
    Ok(vec![Statement::new(format!("Rename `{table}.{old}` to `{new}`."), sql)])
}

/// Seen on 3.40 and 3.53: the rename takes the name in the UNIQUE for that of the key.
fn loses_its_way(stored: &StoredTable<'_>, column: &str) -> bool {
    let names = |parts: &[KeyPart]| {
        let mut names = parts.iter().filter_map(|part| part.column.as_deref());
        names.any(|name| name.eq_ignore_ascii_case(column))
    };
    let Some((_, found)) =
        stored.columns().find(|(_, found)| found.name.eq_ignore_ascii_case(column))
    else {
        return false;
    };
    let declared = found.type_range.as_ref().map_or("", |range| stored.slice(range));
    if !declared.eq_ignore_ascii_case("INTEGER") {
        return false;
    }
    let is_key = |constraint: &ColumnConstraint| {
        matches!(constraint.kind, ColumnConstraintKind::PrimaryKey { .. })
    };
    let stands_with_it = found.constraints.iter().any(is_key);
    let (mut is_key, mut named_before, mut named_behind) = (stands_with_it, false, false);
    for (_, constraint) in stored.constraints() {
        match &constraint.kind {
            TableConstraintKind::Unique { columns } if names(columns) && is_key => {
                named_behind = true;
            }
            TableConstraintKind::Unique { columns } => named_before |= names(columns),
            TableConstraintKind::PrimaryKey { columns, .. } => {
                is_key = columns.len() == 1 && names(columns);
            }
            TableConstraintKind::Check { .. } | TableConstraintKind::ForeignKey { .. } => {}
        }
    }
    match stored.without_rowid {
        true => is_key && named_behind,
        false => is_key && !stands_with_it && named_before,
    }
}
