//! `CREATE TABLE`, and what comes with it.

use super::{BACKEND, column, create_index, limits, table_comment};
use crate::backend::ident::{quote, quote_name};
use crate::backend::{Refusal, Statement, standard};
use crate::model::{QualifiedName, Schema, Table};

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
            "CREATE TABLE {} {};",
            quote_name(BACKEND, &table.name),
            standard::table_body(&elements)
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
