//! Foreign keys on columns that change: the server refuses to change the type of a column on either
//! side of one (errors 1832 and 1833), so it goes before and comes back after.

use super::{BACKEND, Context, alter_table};
use crate::backend::ident::quote;
use crate::backend::{Statement, standard};
use crate::diff::Operation;
use crate::model::{Column, ForeignKey, QualifiedName};

/// A foreign key that stays, and its table.
pub(super) struct Detached<'a> {
    table: &'a QualifiedName,
    key: &'a ForeignKey,
}

/// The foreign keys that are there before and after the plan, and whose columns change.
pub(super) fn detached<'a>(operations: &[Operation], context: Context<'a>) -> Vec<Detached<'a>> {
    let changed: Vec<(&QualifiedName, &str)> = operations.iter().filter_map(changed).collect();
    let collated = |table: &QualifiedName| {
        operations.iter().any(|operation| match operation {
            Operation::AlterTable { table: altered, from, to } => {
                let text = |form: &crate::diff::TableForm| {
                    (
                        form.options.others.get("COLLATE").cloned(),
                        form.options.others.get("CHARSET").cloned(),
                    )
                };
                altered == table && text(from) != text(to)
            }
            _ => false,
        })
    };
    let touches = |table: &QualifiedName, columns: &[String]| {
        collated(table)
            || changed
                .iter()
                .any(|(of, column)| *of == table && columns.iter().any(|c| c == column))
    };
    let mut found = Vec::new();
    for table in context.from.tables.values() {
        let Some(after) = context.to.tables.get(&table.name) else { continue };
        for key in table.foreign_keys.iter().filter(|key| after.foreign_keys.contains(key)) {
            if touches(&table.name, &key.columns)
                || touches(&key.foreign_table, &key.foreign_columns)
            {
                found.push(Detached { table: &table.name, key });
            }
        }
    }
    found
}

/// A column whose type, collation or nullability changes.
fn changed(operation: &Operation) -> Option<(&QualifiedName, &str)> {
    let Operation::AlterColumn { table, from, to, .. } = operation else { return None };
    let form = |column: &Column| (column.sql_type.native.clone(), column.collation.clone());
    (form(from) != form(to) || from.nullable != to.nullable).then_some((table, to.name.as_str()))
}

pub(super) fn detach(detached: &Detached<'_>) -> Statement {
    let name = detached.key.name.as_deref().unwrap_or_default();
    Statement::new(
        format!("A column of the foreign key `{name}` of `{}` changes.", detached.table),
        alter_table(detached.table, &format!("DROP FOREIGN KEY {}", quote(BACKEND, name))),
    )
}

pub(super) fn attach(detached: &Detached<'_>) -> Statement {
    let name = detached.key.name.as_deref().unwrap_or_default();
    Statement::new(
        format!("The foreign key `{name}` of `{}` again.", detached.table),
        alter_table(
            detached.table,
            &format!("ADD {}", standard::foreign_key(BACKEND, detached.key)),
        ),
    )
}
