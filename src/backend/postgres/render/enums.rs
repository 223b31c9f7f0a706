//! Enumerated types: new labels are added in place; anything else is a new type in the old one's
//! place, since PostgreSQL drops no label.

use super::{BACKEND, types};
use crate::backend::ident::{literal, quote, quote_name};
use crate::backend::{Refusal, Statement};
use crate::model::{Column, EnumType, QualifiedName, Schema};

pub(super) fn create(enum_type: &EnumType) -> Statement {
    Statement::new(format!("The type `{}`.", enum_type.name), create_type(enum_type))
}

fn create_type(enum_type: &EnumType) -> String {
    let name = quote_name(BACKEND, &enum_type.name);
    if enum_type.values.is_empty() {
        return format!("CREATE TYPE {name} AS ENUM ();");
    }
    let labels: Vec<_> = enum_type.values.iter().map(|label| literal(BACKEND, label)).collect();
    format!("CREATE TYPE {name} AS ENUM (\n    {}\n);", labels.join(",\n    "))
}

pub(super) fn alter(
    from: &EnumType,
    to: &EnumType,
    schema: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    match added(from, to) {
        Some(statements) => Ok(statements),
        None => swap(from, to, schema),
    }
}

/// `ADD VALUE` for each new label, if all old ones stay in their order.
fn added(from: &EnumType, to: &EnumType) -> Option<Vec<Statement>> {
    let mut statements = Vec::new();
    let mut old = from.values.iter().peekable();
    for (at, label) in to.values.iter().enumerate() {
        if old.peek() == Some(&label) {
            old.next();
            continue;
        }
        let place = match (at.checked_sub(1).map(|before| &to.values[before]), old.peek()) {
            // At the end no place need be named.
            (_, None) => String::new(),
            (Some(before), Some(_)) => format!(" AFTER {}", literal(BACKEND, before)),
            (None, Some(first)) => format!(" BEFORE {}", literal(BACKEND, first)),
        };
        statements.push(Statement::new(
            format!("`{}` may be `{label}`.", to.name),
            format!(
                "ALTER TYPE {} ADD VALUE {}{place};",
                quote_name(BACKEND, &to.name),
                literal(BACKEND, label)
            ),
        ));
    }
    old.next().is_none().then_some(statements)
}

/// A new type under the old name, and every column moved over to it by its text.
fn swap(from: &EnumType, to: &EnumType, schema: &Schema) -> Result<Vec<Statement>, Refusal> {
    let set_aside = from.name.sibling(format!("__glowplug_old_{}", from.name.name));
    if set_aside.name.len() > super::normalize::MAX_NAME {
        return Err(Refusal::new(
            format!("type `{}`", from.name),
            "its name is too long for the one that it has while its labels change",
        ));
    }
    let mut statements = vec![
        Statement::new(
            format!(
                "`{}` changes: PostgreSQL drops no label, so a new type takes its place.",
                from.name
            ),
            format!(
                "ALTER TYPE {} RENAME TO {};",
                quote_name(BACKEND, &from.name),
                quote(BACKEND, &set_aside.name)
            ),
        ),
        Statement::new(format!("The type `{}` anew.", to.name), create_type(to)),
    ];
    for (table, column) in columns_of(from, schema) {
        statements.push(move_column(table, column, &from.name));
    }
    statements.push(Statement::new(
        "No column has the old type any more.",
        format!("DROP TYPE {};", quote_name(BACKEND, &set_aside)),
    ));
    Ok(statements)
}

fn columns_of<'a>(
    enum_type: &EnumType,
    schema: &'a Schema,
) -> impl Iterator<Item = (&'a QualifiedName, &'a Column)> {
    let scalar = types::enum_spelling(&enum_type.name);
    let array = format!("{scalar}[]");
    schema.tables.values().flat_map(move |table| {
        let (scalar, array) = (scalar.clone(), array.clone());
        let of_type = table.columns.iter().filter(move |column| {
            let native = column.sql_type.native.as_deref();
            native == Some(&scalar) || native == Some(&array)
        });
        of_type.map(|column| (&table.name, column))
    })
}

/// A default is an expression of the old type: it goes before and comes back after.
fn move_column(table: &QualifiedName, column: &Column, enum_type: &QualifiedName) -> Statement {
    let name = quote(BACKEND, &column.name);
    let is_array = column.sql_type.native.as_deref().is_some_and(|native| native.ends_with("[]"));
    let (suffix, text) = if is_array { ("[]", "text[]") } else { ("", "text") };
    let new_type = format!("{}{suffix}", quote_name(BACKEND, enum_type));
    let mut actions = Vec::new();
    if column.default.is_some() {
        actions.push(format!("ALTER COLUMN {name} DROP DEFAULT"));
    }
    actions.push(format!("ALTER COLUMN {name} TYPE {new_type} USING {name}::{text}::{new_type}"));
    if let Some(default) = &column.default {
        actions.push(format!("ALTER COLUMN {name} SET DEFAULT {default}"));
    }
    Statement::new(
        format!("`{table}.{}` takes the new type; fails on a label that it has not.", column.name),
        format!("ALTER TABLE {}\n    {};", quote_name(BACKEND, table), actions.join(",\n    ")),
    )
}
