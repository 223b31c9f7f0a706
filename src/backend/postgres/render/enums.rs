//! Enumerated types: new labels are added in place; anything else is a new type in the old one's
//! place, since PostgreSQL drops no label.

use super::regenerate::Around;
use super::{BACKEND, do_block, limits, part, types};
use crate::backend::ident::{literal, quote, quote_name};
use crate::backend::postgres::lexer::tokens;
use crate::backend::postgres::normalize::mentions;
use crate::backend::{Refusal, Statement};
use crate::model::{Column, EnumType, QualifiedName, Schema, Table};

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

/// Whether a new type takes the place of the old one.
pub(super) fn swaps(from: &EnumType, to: &EnumType, after_plan: &Schema) -> bool {
    added(from, to).is_none() || used_at_once(from, to, after_plan)
}

/// A label that was added cannot be used before its transaction ends; one of a new type can.
fn used_at_once(from: &EnumType, to: &EnumType, after_plan: &Schema) -> bool {
    let is_new = |label: &&String| !from.values.contains(label);
    to.values.iter().filter(is_new).any(|label| mentioned(label, after_plan))
}

pub(super) fn alter(
    from: &EnumType,
    to: &EnumType,
    schema: &Schema,
    after_plan: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    match added(from, to) {
        Some(statements) if !used_at_once(from, to, after_plan) => Ok(statements),
        Some(_) | None => swap(from, to, schema, after_plan),
    }
}

/// Whether any expression of the schema has this label as a text.
fn mentioned(label: &str, schema: &Schema) -> bool {
    let text = literal(BACKEND, label);
    let has = |sql: &str| tokens(sql).iter().any(|token| token.text == text);
    let in_table = |table: &Table| {
        let of_columns = table.columns.iter().any(|column| {
            column.default.as_deref().is_some_and(has)
                || column.generated.as_ref().is_some_and(|generated| has(&generated.expression))
        });
        of_columns
            || table.checks.iter().any(|check| has(&check.expression))
            || table.indexes.iter().any(|index| index.predicate.as_deref().is_some_and(has))
    };
    schema.tables.values().any(in_table) || schema.views.values().any(|view| has(&view.definition))
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
fn swap(
    from: &EnumType,
    to: &EnumType,
    schema: &Schema,
    after_plan: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    limits::no_other_stands_on(&from.name, schema, after_plan)?;
    let set_aside = from.name.sibling(format!("__glowplug_old_{}", from.name.name));
    if set_aside.name.len() > super::normalize::MAX_NAME {
        return Err(Refusal::new(
            format!("type `{}`", from.name),
            "its name is too long for the one that it has while its labels change",
        ));
    }
    for (table, column) in columns_of(from, schema) {
        limits::may_be_retyped(table, &column.name, schema)?;
        if column.generated.is_some() {
            return Err(Refusal::new(
                format!("type `{}`", from.name),
                format!("its labels change, and `{table}.{}` is computed", column.name),
            )
            .hint("drop that column in a migration of its own first"));
        }
    }
    let around = around(from, schema, after_plan)?;
    let mut statements = around.before;
    statements.extend([
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
    ]);
    // On the way up this comes before the columns change, on the way down after: a column that is
    // on one side only may or may not be there now. Its default is valid for the new type.
    for (table, column) in columns_of(to, after_plan) {
        let both = find(schema, table, &column.name).is_some_and(|old| is_of(old, from));
        statements.push(move_column(table, column, &from.name, both));
    }
    for (table, column) in columns_of(from, schema) {
        if !find(after_plan, table, &column.name).is_some_and(|new| is_of(new, to)) {
            let bare = Column { default: None, ..column.clone() };
            statements.push(move_column(table, &bare, &from.name, false));
        }
    }
    statements.push(Statement::new(
        "No column has the old type any more.",
        format!("DROP TYPE {};", quote_name(BACKEND, &set_aside)),
    ));
    statements.extend(around.after);
    statements.extend(part::of_definition(&to.name, true, schema, after_plan));
    Ok(statements)
}

/// What says an expression of the old type.
fn around<'a>(
    from: &EnumType,
    schema: &'a Schema,
    after_plan: &'a Schema,
) -> Result<Around<'a>, Refusal> {
    let mut around = Around::new(schema, after_plan);
    for table in schema.tables.values() {
        let columns = table.columns.iter().filter(|column| is_of(column, from));
        let names: Vec<&str> = columns.map(|column| column.name.as_str()).collect();
        let computed = |column: &&Column| {
            column.generated.as_ref().is_some_and(|generated| {
                names.iter().any(|name| mentions(&generated.expression, name))
            })
        };
        if let Some(computed) = table.columns.iter().find(computed) {
            return Err(Refusal::new(
                format!("type `{}`", from.name),
                format!(
                    "its labels change, and `{}.{}` is computed from it",
                    table.name, computed.name
                ),
            )
            .hint(
                "drop that column in a migration of its own first, and add it again in one after",
            ));
        }
        if let (Some(new), false) = (after_plan.tables.get(&table.name), names.is_empty()) {
            around.expressions(table, new, &names, true)?;
        }
    }
    Ok(around)
}

fn find<'a>(schema: &'a Schema, table: &QualifiedName, column: &str) -> Option<&'a Column> {
    schema.tables.get(table)?.column(column)
}

fn is_of(column: &Column, enum_type: &EnumType) -> bool {
    is_of_type(column, &enum_type.name)
}

fn is_of_type(column: &Column, name: &QualifiedName) -> bool {
    let native = column.sql_type.native.as_deref().unwrap_or_default();
    native.trim_end_matches("[]") == types::enum_spelling(name)
}

pub(super) fn columns_of<'a>(
    enum_type: &'a EnumType,
    schema: &'a Schema,
) -> impl Iterator<Item = (&'a QualifiedName, &'a Column)> {
    columns_of_type(&enum_type.name, schema)
}

/// The columns of a type, or of arrays of it.
pub(super) fn columns_of_type<'a>(
    name: &'a QualifiedName,
    schema: &'a Schema,
) -> impl Iterator<Item = (&'a QualifiedName, &'a Column)> {
    schema.tables.values().flat_map(move |table| {
        let columns = table.columns.iter().filter(move |column| is_of_type(column, name));
        columns.map(move |column| (&table.name, column))
    })
}

/// A default is an expression of the old type: it goes before and comes back after.
fn move_column(
    table: &QualifiedName,
    column: &Column,
    enum_type: &QualifiedName,
    is_there: bool,
) -> Statement {
    let name = quote(BACKEND, &column.name);
    let is_array = column.sql_type.native.as_deref().is_some_and(|native| native.ends_with("[]"));
    let (suffix, text) = if is_array { ("[]", "text[]") } else { ("", "text") };
    let new_type = format!("{}{suffix}", quote_name(BACKEND, enum_type));
    let mut actions = vec![
        format!("ALTER COLUMN {name} DROP DEFAULT"),
        format!("ALTER COLUMN {name} TYPE {new_type} USING {name}::{text}::{new_type}"),
    ];
    if let Some(default) = &column.default {
        actions.push(format!("ALTER COLUMN {name} SET DEFAULT {default}"));
    }
    let table_name = quote_name(BACKEND, table);
    let sql = format!("ALTER TABLE {table_name}\n    {};", actions.join(",\n    "));
    Statement::new(
        format!("`{table}.{}` takes the new type; fails on a label that it has not.", column.name),
        if is_there { sql } else { if_column(&table_name, &column.name, &sql) },
    )
}

/// A statement on a column that may not be there.
fn if_column(table: &str, column: &str, sql: &str) -> String {
    do_block(&format!(
        "IF EXISTS (\n    SELECT FROM pg_attribute\n    WHERE attrelid = to_regclass({})\n    \
         AND attname = {} AND NOT attisdropped\n) THEN\n    {sql}\nEND IF;",
        literal(BACKEND, table),
        literal(BACKEND, column)
    ))
}
