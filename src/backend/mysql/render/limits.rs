//! What is refused by name: names and clauses that MySQL does not have, and changes that would take
//! something along that no model names.

use super::Context;
use super::normalize::{MAX_NAME, mentions};
use crate::backend::{Refusal, standard};
use crate::diff::Operation;
use crate::model::{Deferrable, ForeignKey, QualifiedName, ReferentialAction, Schema, Table};

/// Refuses what cannot be written, or would break something.
pub(super) fn check(operation: &Operation, context: Context<'_>) -> Result<(), Refusal> {
    standard::new_names(operation).into_iter().try_for_each(name)?;
    if let Some(table) = operation.table() {
        one_database(table)?;
        is_kept(table, context.from)?;
    }
    match operation {
        Operation::CreateTable { table } => {
            table.foreign_keys.iter().try_for_each(|key| foreign_key(&table.name, key))?;
            options(&table.name, table)
        }
        Operation::AddForeignKey { table, foreign_key: key } => foreign_key(table, key),
        Operation::AlterTable { table, to, .. } => {
            let options = Table { options: to.options.clone(), ..Table::new(table.clone()) };
            self::options(table, &options)
        }
        Operation::DropTable { table } => {
            nothing_goes_along(&table.name, context.from)?;
            nothing_names(&table.name, None, context.from)
        }
        Operation::DropColumn { table, column } => {
            nothing_stands_on(table, &column.name, context.from)?;
            nothing_names(table, Some(&column.name), context.from)
        }
        Operation::RenameColumn { table, from, .. } => {
            // Renames come first: the schema before the plan has the new name already.
            nothing_stands_on(table, from, context.from)?;
            nothing_names(table, Some(from), context.from)
        }
        Operation::RenameTable { from, .. } => nothing_names(from, None, context.from),
        Operation::AddColumn { .. }
        | Operation::AlterColumn { .. }
        | Operation::AlterPrimaryKey { .. }
        | Operation::AddUnique { .. }
        | Operation::DropUnique { .. }
        | Operation::AddExclusion { .. }
        | Operation::DropExclusion { .. }
        | Operation::AddCheck { .. }
        | Operation::DropCheck { .. }
        | Operation::DropForeignKey { .. }
        | Operation::CreateIndex { .. }
        | Operation::RenamePart { .. }
        | Operation::CreateView { .. }
        | Operation::DropView { .. }
        | Operation::CreateEnum { .. }
        | Operation::DropEnum { .. }
        | Operation::AlterEnum { .. }
        | Operation::CreateDefinition { .. }
        | Operation::DropDefinition { .. }
        | Operation::AlterDefinition { .. }
        | Operation::CreateObject { .. }
        | Operation::DropObject { .. }
        | Operation::RebuildTable { .. } => Ok(()),
        Operation::DropIndex { table, index } => {
            let comment = context.from.others.iter().find(|other| {
                other.kind == "comment of the index"
                    && other.table.as_ref() == Some(table)
                    && Some(&other.name.name) == index.name.as_ref()
            });
            match comment {
                Some(other) => Err(Refusal::new(
                    format!("index `{}` of `{table}`", other.name),
                    "it has a comment, which no model says and which would not come back",
                )),
                None => Ok(()),
            }
        }
    }
}

/// Refuses what the server would refuse with an error of another subject.
fn name(name: &str) -> Result<(), Refusal> {
    let reason = if name.chars().count() > MAX_NAME {
        format!("it has {} characters; MySQL keeps {MAX_NAME}", name.chars().count())
    } else if name.ends_with(' ') {
        "it ends in a space, which MySQL does not take (error 1103)".to_owned()
    } else if name.chars().any(|c| u32::from(c) > 0xffff || c == '\0') {
        "MySQL's names know no character beyond U+FFFF".to_owned()
    } else {
        return Ok(());
    };
    Err(Refusal::new(format!("name `{name}`"), reason))
}

fn one_database(table: &QualifiedName) -> Result<(), Refusal> {
    match &table.schema {
        Some(schema) => Err(Refusal::new(
            format!("table `{table}`"),
            format!(
                "it stands in the database `{schema}`; MySQL is migrated one database at a time"
            ),
        )
        .hint("give its models and migrations a directory and a URL of their own")),
        None => Ok(()),
    }
}

/// A system-versioned table, a sequence and the like are kept as they are.
fn is_kept(table: &QualifiedName, schema: &Schema) -> Result<(), Refusal> {
    let own = schema
        .others
        .iter()
        .find(|other| other.name == *table && other.table.is_none() && !is_routine(&other.kind));
    match own {
        Some(other) => Err(Refusal::new(
            format!("table `{table}`"),
            format!("the database has a {} of this name, which is kept as it is", other.kind),
        )),
        None => Ok(()),
    }
}

fn is_routine(kind: &str) -> bool {
    matches!(kind, "function" | "procedure" | "event" | "trigger")
}

fn foreign_key(table: &QualifiedName, key: &ForeignKey) -> Result<(), Refusal> {
    let object =
        || format!("foreign key `{}` of `{table}`", key.name.as_deref().unwrap_or_default());
    if key.deferrable != Deferrable::NotDeferrable {
        return Err(Refusal::new(object(), "MySQL checks every statement; nothing is deferrable"));
    }
    if [key.on_delete, key.on_update].contains(&ReferentialAction::SetDefault) {
        return Err(Refusal::new(object(), "InnoDB does not know `SET DEFAULT`"));
    }
    Ok(())
}

/// Options that are data, or none of MySQL's.
fn options(name: &QualifiedName, table: &Table) -> Result<(), Refusal> {
    let wrong = |option: &String| {
        let plain = option.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c == ' ');
        !plain || option == "AUTO_INCREMENT"
    };
    match table.options.others.keys().find(|option| wrong(option)) {
        Some(option) => Err(Refusal::new(
            format!("table `{name}`"),
            format!("its option `{option}` is none of its form"),
        )
        .hint("set the next value in a migration of your own: ALTER TABLE … AUTO_INCREMENT = …")),
        None => Ok(()),
    }
}

/// `DROP TABLE` takes triggers and partitions along without a word.
fn nothing_goes_along(table: &QualifiedName, schema: &Schema) -> Result<(), Refusal> {
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

/// A trigger on a column that goes is found broken when it fires.
fn nothing_stands_on(table: &QualifiedName, column: &str, schema: &Schema) -> Result<(), Refusal> {
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

/// Routines, events and triggers of other tables keep a name of a table that is gone.
fn nothing_names(
    table: &QualifiedName,
    column: Option<&str>,
    schema: &Schema,
) -> Result<(), Refusal> {
    let naming = schema.others.iter().find(|other| {
        is_routine(&other.kind)
            && other.table.as_ref() != Some(table)
            && other.sql.as_deref().is_some_and(|sql| {
                mentions(sql, &table.name) && column.is_none_or(|column| mentions(sql, column))
            })
    });
    let object = match column {
        Some(column) => format!("column `{table}.{column}`"),
        None => format!("table `{table}`"),
    };
    match naming {
        Some(other) => {
            Err(Refusal::new(object, format!("the {} `{}` names it", other.kind, other.name))
                .hint(format!("change the {} in a migration of its own first", other.kind)))
        }
        None => Ok(()),
    }
}
