//! Tables and columns under another name.

use super::BACKEND;
use crate::backend::ident::{quote, quote_name};
use crate::backend::sqlite::stored::{StoredTable, TableConstraintKind, read_table};
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
        let reason = "SQLite cannot rename a key that is the rowid, stands in a PRIMARY KEY (…) of \
                      its own, and is named by a UNIQUE (…) before that: it fails with \"no such \
                      column\"";
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
    let names = |parts: &[crate::backend::sqlite::stored::KeyPart]| {
        parts
            .iter()
            .filter_map(|part| part.column.as_deref())
            .any(|name| name.eq_ignore_ascii_case(column))
    };
    let integer = stored.columns().any(|(_, found)| {
        let declared = found.type_range.as_ref().map_or("", |range| stored.slice(range));
        found.name.eq_ignore_ascii_case(column) && declared.eq_ignore_ascii_case("INTEGER")
    });
    let mut named_before = false;
    for (_, constraint) in stored.constraints() {
        match &constraint.kind {
            TableConstraintKind::Unique { columns } => named_before |= names(columns),
            TableConstraintKind::PrimaryKey { columns, .. } => {
                let sole = columns.len() == 1 && names(columns);
                return sole && integer && named_before && !stored.without_rowid;
            }
            TableConstraintKind::Check { .. } | TableConstraintKind::ForeignKey { .. } => {}
        }
    }
    false
}
