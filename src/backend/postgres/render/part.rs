//! Indexes and constraints that are made anew get back what they had besides their definition.

use crate::backend::Statement;
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema};

/// The comments and settings of an index or a constraint, where the database has some.
pub(super) fn extras(
    table: &QualifiedName,
    name: Option<&str>,
    from: &Schema,
    to: &Schema,
) -> Option<Statement> {
    let name = name?;
    let key = (table.clone(), name.to_owned());
    let extras = from.part_extras.get(&key).or_else(|| to.part_extras.get(&key))?;
    let why = format!("What `{name}` of `{table}` had besides its definition.");
    Some(Statement::new(why, extras.join("\n")))
}

/// The grants and settings of a column, where the database has some.
pub(super) fn of_column(
    table: &QualifiedName,
    name: &str,
    from: &Schema,
    to: &Schema,
) -> Option<Statement> {
    let key = (table.clone(), name.to_owned());
    let extras = from.column_extras.get(&key).or_else(|| to.column_extras.get(&key))?;
    let why = format!("What `{table}.{name}` had besides its definition.");
    Some(Statement::new(why, extras.join("\n")))
}

/// The same behind an operation that makes one.
pub(super) fn after(operation: &Operation, from: &Schema, to: &Schema) -> Option<Statement> {
    let (table, name) = match operation {
        Operation::AddColumn { table, column, .. } => {
            return of_column(table, &column.name, from, to);
        }
        Operation::CreateIndex { table, index } => (table, &index.name),
        Operation::AddUnique { table, unique } => (table, &unique.name),
        Operation::AddCheck { table, check } => (table, &check.name),
        Operation::AddExclusion { table, exclusion } => (table, &exclusion.name),
        Operation::AddForeignKey { table, foreign_key } => (table, &foreign_key.name),
        Operation::AlterPrimaryKey { table, to: Some(key), .. } => (table, &key.name),
        _ => return None,
    };
    extras(table, name.as_deref(), from, to)
}
