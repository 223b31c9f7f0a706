//! What is refused by name: names that PostgreSQL would cut, and changes that would take something
//! along that no model names.

use super::normalize::{MAX_NAME, mentions};
use crate::backend::Refusal;
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema, Table, TableOptions};

/// Refuses names of more than 63 bytes: PostgreSQL cuts them with no more than a notice.
pub(super) fn check(operation: &Operation) -> Result<(), Refusal> {
    match names(operation).into_iter().find(|name| name.len() > MAX_NAME) {
        Some(name) => Err(Refusal::new(
            format!("name `{name}`"),
            format!("it has {} bytes; PostgreSQL keeps {MAX_NAME}", name.len()),
        )),
        None => Ok(()),
    }
}

/// The names that an operation brings into being.
fn names(operation: &Operation) -> Vec<&str> {
    match operation {
        Operation::CreateTable { table } => table_names(table),
        Operation::RenameTable { to, .. } => qualified(to),
        Operation::AddColumn { column, .. } => vec![&column.name],
        Operation::RenameColumn { to, .. } => vec![to],
        Operation::AlterPrimaryKey { to, .. } => {
            to.iter().filter_map(|key| key.name.as_deref()).collect()
        }
        Operation::AddUnique { unique, .. } => unique.name.as_deref().into_iter().collect(),
        Operation::AddCheck { check, .. } => check.name.as_deref().into_iter().collect(),
        Operation::AddForeignKey { foreign_key, .. } => {
            foreign_key.name.as_deref().into_iter().collect()
        }
        Operation::CreateIndex { index, .. } => index.name.as_deref().into_iter().collect(),
        Operation::CreateView { view } => qualified(&view.name),
        Operation::CreateEnum { enum_type } | Operation::AlterEnum { to: enum_type, .. } => {
            let mut names = qualified(&enum_type.name);
            names.extend(enum_type.values.iter().map(String::as_str));
            names
        }
        Operation::DropTable { .. }
        | Operation::AlterTable { .. }
        | Operation::DropColumn { .. }
        | Operation::AlterColumn { .. }
        | Operation::DropUnique { .. }
        | Operation::DropCheck { .. }
        | Operation::DropForeignKey { .. }
        | Operation::DropIndex { .. }
        | Operation::DropView { .. }
        | Operation::DropEnum { .. }
        | Operation::RebuildTable { .. } => Vec::new(),
    }
}

fn qualified(name: &QualifiedName) -> Vec<&str> {
    name.schema.iter().map(String::as_str).chain([name.name.as_str()]).collect()
}

fn table_names(table: &Table) -> Vec<&str> {
    let mut names = qualified(&table.name);
    names.extend(table.columns.iter().map(|column| column.name.as_str()));
    names.extend(table.primary_key.iter().filter_map(|key| key.name.as_deref()));
    names.extend(table.uniques.iter().filter_map(|unique| unique.name.as_deref()));
    names.extend(table.checks.iter().filter_map(|check| check.name.as_deref()));
    names.extend(table.foreign_keys.iter().filter_map(|key| key.name.as_deref()));
    names.extend(table.indexes.iter().filter_map(|index| index.name.as_deref()));
    names
}

/// Refuses options that are none of PostgreSQL's, or that are not written yet.
pub(super) fn no_options(table: &QualifiedName, options: &TableOptions) -> Result<(), Refusal> {
    match options.others.keys().next() {
        Some(option) => Err(Refusal::new(
            format!("table `{table}`"),
            format!("its option `{option}` cannot be written for PostgreSQL"),
        )),
        None => Ok(()),
    }
}

/// `DROP TABLE` takes triggers, policies, rules and partitions along without a word.
pub(super) fn nothing_goes_along(table: &QualifiedName, schema: &Schema) -> Result<(), Refusal> {
    let along = schema.others.iter().find(|other| other.table.as_ref() == Some(table));
    match along {
        Some(other) => Err(Refusal::new(
            format!("table `{table}`"),
            format!("its drop would take the {} `{}` along", other.kind, other.name),
        )
        .hint(format!("drop the {} in a migration of its own first", other.kind))),
        None => Ok(()),
    }
}

/// `DROP COLUMN` takes along what stands on the column, unless it is another object's.
pub(super) fn nothing_stands_on(
    table: &QualifiedName,
    column: &str,
    schema: &Schema,
) -> Result<(), Refusal> {
    let on_column = schema.others.iter().find(|other| {
        other.table.as_ref() == Some(table)
            && other.sql.as_deref().is_some_and(|sql| mentions(sql, column))
    });
    match on_column {
        Some(other) => Err(Refusal::new(
            format!("column `{table}.{column}`"),
            format!("the {} `{}` stands on it", other.kind, other.name),
        )
        .hint(format!("change the {} in a migration of its own first", other.kind))),
        None => Ok(()),
    }
}

/// A key that foreign keys refer to cannot be dropped below them.
pub(super) fn nothing_refers_to(
    table: &QualifiedName,
    columns: &[String],
    from: &Schema,
    to: &Schema,
) -> Result<(), Refusal> {
    let referring = from.tables.values().find_map(|other| {
        let stays = |key: &&crate::model::ForeignKey| {
            let after = to.tables.get(&other.name);
            key.foreign_table == *table
                && key.foreign_columns == columns
                && after.is_some_and(|after| after.foreign_keys.contains(key))
        };
        other.foreign_keys.iter().find(stays).map(|key| (other, key))
    });
    match referring {
        Some((other, key)) => Err(Refusal::new(
            format!("table `{table}`"),
            format!(
                "the foreign key `{}` of `{}` stands on the key that changes",
                key.name.as_deref().unwrap_or_default(),
                other.name
            ),
        )
        .hint("drop the foreign key in a migration before, and add it again in one after")),
        None => Ok(()),
    }
}
