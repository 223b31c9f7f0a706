//! Which rows and columns a change keeps, and under which names.

use std::collections::{BTreeMap, BTreeSet};

use super::{Request, Stage};
use crate::diff::Operation;
use crate::model::{Column, QualifiedName, Table};

/// The tables of the plan, those that it renames by their new names too.
pub(super) fn changed(request: &Request<'_>) -> BTreeSet<QualifiedName> {
    let mut names: BTreeSet<QualifiedName> =
        request.operations.iter().filter_map(Operation::table).cloned().collect();
    for operation in request.operations {
        if let Operation::RenameTable { to, .. } = operation {
            names.insert(to.clone());
        }
    }
    names
}

/// Tables of the plan, and those whose rows a wrong DROP TABLE would take along.
pub(super) fn concerned(request: &Request<'_>) -> BTreeSet<QualifiedName> {
    let mut names = changed(request);
    loop {
        let referring: Vec<_> = request
            .from
            .tables
            .values()
            .filter(|table| !names.contains(&table.name))
            .filter(|table| table.foreign_keys.iter().any(|key| names.contains(&key.foreign_table)))
            .map(|table| table.name.clone())
            .collect();
        if referring.is_empty() {
            return names;
        }
        names.extend(referring);
    }
}

/// The columns whose values must be the same at this stage.
pub(super) fn columns(
    stage: Stage,
    before: &Table,
    after: &Table,
    request: &Request<'_>,
) -> Vec<String> {
    let filled = filled(after, request.operations);
    let kept = before.columns.iter().filter(|column| {
        let Some(new) = after.column(&column.name) else { return false };
        // On the way up a change of type may convert; the way down must bring it back, unless the
        // user allowed that it does not.
        column.generated.is_none()
            && new.generated.is_none()
            && !filled.contains(&column.name)
            && !(stage != Stage::Down && altered(column, request.operations))
            && (new.sql_type.native == column.sql_type.native
                || stage == Stage::Down && !request.lossy)
    });
    kept.map(|column| column.name.clone()).collect()
}

/// Whether the type of the column gains or loses parts: its values say so.
fn altered(column: &Column, operations: &[Operation]) -> bool {
    let native = column.sql_type.native.as_deref().unwrap_or_default().trim_end_matches("[]");
    operations.iter().any(|operation| {
        matches!(operation, Operation::AlterDefinition { to, .. } if to.name.is_spelt(native))
    })
}

/// The columns whose NULLs are filled.
fn filled(table: &Table, operations: &[Operation]) -> BTreeSet<String> {
    let mut filled = BTreeSet::new();
    for operation in operations {
        let changes: &[Operation] = match operation {
            Operation::RebuildTable { to, changes, .. } if to.name == table.name => changes,
            other if other.table() == Some(&table.name) => std::slice::from_ref(other),
            _ => continue,
        };
        for change in changes {
            if let Operation::AlterColumn { to, fill: Some(_), .. } = change {
                filled.insert(to.name.clone());
            }
        }
    }
    filled
}

struct ColumnRename {
    table: QualifiedName,
    from: String,
    to: String,
}

/// The names that tables and columns had before the plan renamed them. In `from` of a request the
/// renames are done already.
#[derive(Default)]
pub(super) struct Originals {
    tables: BTreeMap<QualifiedName, QualifiedName>,
    columns: Vec<ColumnRename>,
}

impl Originals {
    pub(super) fn of(request: &Request<'_>) -> Self {
        let mut originals = Self::default();
        for operation in request.operations {
            match operation {
                Operation::RenameTable { from, to } => originals.rename_table(from, to),
                Operation::RenameColumn { table, from, to } => {
                    originals.rename_column(table, from, to);
                }
                _ => {}
            }
        }
        originals
    }

    fn rename_table(&mut self, from: &QualifiedName, to: &QualifiedName) {
        let first = self.tables.remove(from).unwrap_or_else(|| from.clone());
        for rename in self.columns.iter_mut().filter(|rename| rename.table == *from) {
            rename.table = to.clone();
        }
        self.tables.insert(to.clone(), first);
    }

    fn rename_column(&mut self, table: &QualifiedName, from: &str, to: &str) {
        let known = self.columns.iter_mut().find(|r| r.table == *table && r.to == from);
        match known {
            Some(rename) => to.clone_into(&mut rename.to),
            None => self.columns.push(ColumnRename {
                table: table.clone(),
                from: from.to_owned(),
                to: to.to_owned(),
            }),
        }
    }

    /// The name that a table had.
    pub(super) fn table<'a>(&'a self, now: &'a QualifiedName) -> &'a QualifiedName {
        self.tables.get(now).unwrap_or(now)
    }

    /// The name that a column had, by the present names of its table and its own.
    pub(super) fn column<'a>(&'a self, table: &QualifiedName, now: &'a str) -> &'a str {
        let rename = self.columns.iter().find(|r| r.table == *table && r.to == now);
        rename.map_or(now, |rename| rename.from.as_str())
    }
}
