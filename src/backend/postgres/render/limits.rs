//! What is refused by name: names that PostgreSQL would cut, and changes that would take something
//! along that no model names.

use super::normalize::{MAX_NAME, mentions};
use crate::backend::{Refusal, standard};
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema, TableOptions};

/// Refuses names of more than 63 bytes: PostgreSQL cuts them with no more than a notice.
pub(super) fn check(operation: &Operation) -> Result<(), Refusal> {
    match standard::new_names(operation).into_iter().find(|name| name.len() > MAX_NAME) {
        Some(name) => Err(Refusal::new(
            format!("name `{name}`"),
            format!("it has {} bytes; PostgreSQL keeps {MAX_NAME}", name.len()),
        )),
        None => Ok(()),
    }
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
