//! Tables, indexes and constraints that are made anew get back what they had besides their definition.

use std::collections::BTreeSet;

use super::{BACKEND, alter};
use crate::backend::Statement;
use crate::backend::ident::{quote, quote_name};
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema, Table};

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

/// The role that owns a table, where that is another than the one of the migration.
pub(super) fn owner_of<'a>(
    table: &QualifiedName,
    from: &'a Schema,
    to: &'a Schema,
) -> Option<&'a str> {
    let extras = from.relation_extras.get(table).or_else(|| to.relation_extras.get(table))?;
    let role = extras.iter().find_map(|sql| sql.split_once(" OWNER TO "));
    role.map(|(_, role)| role.trim_end_matches(';'))
}

/// The owner, grants and comments of a type, or of a sequence, where the database has some.
pub(super) fn of_definition(
    name: &QualifiedName,
    is_type: bool,
    from: &Schema,
    to: &Schema,
) -> Option<Statement> {
    let key = (name.clone(), is_type);
    let extras = from.definition_extras.get(&key).or_else(|| to.definition_extras.get(&key))?;
    let why = format!("What `{name}` had besides its definition.");
    Some(Statement::new(why, extras.join("\n")))
}

/// Another name for an index, or for a constraint with the index behind it.
pub(super) fn rename(table: &QualifiedName, index: bool, from: &str, to: &str) -> Statement {
    let (old, new) = (quote(BACKEND, from), quote(BACKEND, to));
    let sql = match index {
        true => {
            let index = quote_name(BACKEND, &table.sibling(from));
            format!("ALTER INDEX {index} RENAME TO {new};")
        }
        false => alter(table, &format!("RENAME CONSTRAINT {old} TO {new}")),
    };
    Statement::new(format!("Rename `{from}` of `{table}` to `{to}`."), sql)
}

/// The same behind an operation that makes some.
pub(super) fn after(operation: &Operation, from: &Schema, to: &Schema) -> Vec<Statement> {
    let (table, name) = match operation {
        Operation::CreateTable { table } => return of_table(table, from, to),
        Operation::CreateEnum { enum_type } => {
            return of_definition(&enum_type.name, true, from, to).into_iter().collect();
        }
        Operation::CreateDefinition { definition } => {
            let extras = of_definition(&definition.name, definition.is_type(), from, to);
            return extras.into_iter().collect();
        }
        Operation::AddColumn { table, column, .. } => {
            return of_column(table, &column.name, from, to).into_iter().collect();
        }
        Operation::CreateIndex { table, index } => (table, &index.name),
        Operation::AddUnique { table, unique } => (table, &unique.name),
        Operation::AddCheck { table, check } => (table, &check.name),
        Operation::AddExclusion { table, exclusion } => (table, &exclusion.name),
        Operation::AddForeignKey { table, foreign_key } => (table, &foreign_key.name),
        Operation::AlterPrimaryKey { table, to: Some(key), .. } => (table, &key.name),
        _ => return Vec::new(),
    };
    extras(table, name.as_deref(), from, to).into_iter().collect()
}

/// Of a table that comes back with its columns, indexes and constraints.
fn of_table(table: &Table, from: &Schema, to: &Schema) -> Vec<Statement> {
    let own = from.relation_extras.get(&table.name).or_else(|| to.relation_extras.get(&table.name));
    let own = own.map(|extras| {
        let why = format!("What `{}` had besides its definition.", table.name);
        Statement::new(why, extras.join("\n"))
    });
    let columns = table.columns.iter().filter_map(|it| of_column(&table.name, &it.name, from, to));
    let mut names: BTreeSet<&str> = BTreeSet::new();
    names.extend(table.primary_key.iter().filter_map(|it| it.name.as_deref()));
    names.extend(table.uniques.iter().filter_map(|it| it.name.as_deref()));
    names.extend(table.checks.iter().filter_map(|it| it.name.as_deref()));
    names.extend(table.exclusions.iter().filter_map(|it| it.name.as_deref()));
    names.extend(table.foreign_keys.iter().filter_map(|it| it.name.as_deref()));
    names.extend(table.indexes.iter().filter_map(|it| it.name.as_deref()));
    let parts = names.into_iter().filter_map(|name| extras(&table.name, Some(name), from, to));
    // Grants of the table come first: a REVOKE takes those of its columns along.
    own.into_iter().chain(columns).chain(parts).collect()
}
