//! `CREATE TABLE`, and what comes with it.

use super::{BACKEND, column, create_index, limits, table_comment};
use crate::backend::ident::{quote, quote_name};
use crate::backend::{Refusal, Statement, standard};
use crate::model::{QualifiedName, Schema, Table, TableOptions};

/// The table with its constraints, then its comments and indexes.
pub(super) fn create(table: &Table, schema: &Schema) -> Result<Vec<Statement>, Refusal> {
    limits::no_options(&table.name, &table.options)?;
    let mut elements = Vec::with_capacity(table.columns.len() + 1);
    for column in &table.columns {
        elements.push(column::definition(&table.name, column, schema)?);
    }
    elements.extend(table.primary_key.iter().map(|key| standard::primary_key(BACKEND, key)));
    elements.extend(table.uniques.iter().map(|unique| standard::unique(BACKEND, unique)));
    // CREATE TABLE takes NOT VALID as valid: there are no rows yet.
    let checks = table.checks.iter().filter(|check| !check.options.not_valid);
    elements.extend(checks.map(|check| standard::check(BACKEND, check)));
    elements.extend(table.exclusions.iter().map(|it| standard::exclusion(BACKEND, it)));
    let keys = table.foreign_keys.iter().filter(|key| !key.options.not_valid);
    elements.extend(keys.map(|key| standard::foreign_key(BACKEND, key)));

    let mut statements = vec![Statement::new(
        format!("`{}` is new.", table.name),
        format!(
            "CREATE {}TABLE {} {}{};",
            if table.options.unlogged { "UNLOGGED " } else { "" },
            quote_name(BACKEND, &table.name),
            standard::table_body(&elements),
            with(&table.options.with)
        ),
    )];
    for column in &table.columns {
        statements.extend(column::kept(&table.name, column));
    }
    statements.extend(not_valid(table));
    if table.comment.is_some() {
        statements.push(table_comment(&table.name, table.comment.as_deref()));
    }
    for column in table.columns.iter().filter(|column| column.comment.is_some()) {
        statements.push(column::comment(&table.name, column));
    }
    statements.extend(table.indexes.iter().map(|index| create_index(&table.name, index)));
    Ok(statements)
}

/// ` WITH (fillfactor = 70)`, or nothing.
fn with(parameters: &[String]) -> String {
    match parameters {
        [] => String::new(),
        parameters => format!(" WITH ({})", spelt(parameters)),
    }
}

fn spelt(parameters: &[String]) -> String {
    parameters.join(", ").replace('=', " = ")
}

/// Whether a table is logged, and its storage parameters.
pub(super) fn change_options(
    table: &QualifiedName,
    from: &TableOptions,
    to: &TableOptions,
) -> Vec<Statement> {
    let mut statements = Vec::new();
    match (from.unlogged, to.unlogged) {
        (false, true) => statements.push(Statement::new(
            format!("`{table}` is no longer logged: a crash of the server empties it."),
            super::alter(table, "SET UNLOGGED"),
        )),
        (true, false) => statements.push(Statement::new(
            format!("`{table}` is logged."),
            super::alter(table, "SET LOGGED"),
        )),
        (true, true) | (false, false) => {}
    }
    let key = |parameter: &String| {
        parameter.split_once('=').map_or(parameter.clone(), |(key, _)| key.to_owned())
    };
    let gone = from.with.iter().map(key).filter(|old| !to.with.iter().any(|new| key(new) == *old));
    let gone: Vec<String> = gone.collect();
    if !gone.is_empty() {
        statements.push(Statement::new(
            format!("Storage parameters of `{table}` as usual."),
            super::alter(table, &format!("RESET ({})", gone.join(", "))),
        ));
    }
    let new = to.with.iter().filter(|new| !from.with.contains(new)).cloned();
    let new: Vec<String> = new.collect();
    if !new.is_empty() {
        statements.push(Statement::new(
            format!("Storage parameters of `{table}`."),
            super::alter(table, &format!("SET ({})", spelt(&new))),
        ));
    }
    statements
}

/// What must be added behind CREATE TABLE, which would take it as valid.
fn not_valid(table: &Table) -> Vec<Statement> {
    let checks = table.checks.iter().filter(|check| check.options.not_valid);
    let checks = checks.map(|check| standard::check(BACKEND, check));
    let keys = table.foreign_keys.iter().filter(|key| key.options.not_valid);
    let keys = keys.map(|key| standard::foreign_key(BACKEND, key));
    let why = "Rows that are there need not fit.";
    checks
        .chain(keys)
        .map(|sql| Statement::new(why, super::alter(&table.name, &format!("ADD {sql}"))))
        .collect()
}

/// A new name, a new schema, or both.
pub(super) fn rename(from: &QualifiedName, to: &QualifiedName) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut now = from.clone();
    if let Some(schema) = to.schema.as_ref().filter(|_| from.schema != to.schema) {
        statements.push(Statement::new(
            format!("Move `{from}` to the schema `{schema}`."),
            super::alter(from, &format!("SET SCHEMA {}", quote(BACKEND, schema))),
        ));
        now.schema = Some(schema.clone());
    }
    if from.name != to.name {
        statements.push(Statement::new(
            format!("Rename `{from}` to `{to}`."),
            super::alter(&now, &format!("RENAME TO {}", quote(BACKEND, &to.name))),
        ));
    }
    statements
}
