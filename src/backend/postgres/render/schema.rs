//! Named schemas. The model knows objects only: a schema in which it sees none may not be there.

use super::BACKEND;
use crate::backend::Statement;
use crate::backend::ident::quote;
use crate::model::{QualifiedName, Schema};

/// What every such statement starts with.
const WORDS: &str = "CREATE SCHEMA IF NOT EXISTS ";

/// Makes the schema of a new object, unless something stands in it before the plan.
pub(super) fn of(name: &QualifiedName, from: &Schema) -> Option<Statement> {
    let schema = name.schema.as_ref()?;
    let names = from.tables.keys().chain(from.views.keys()).chain(from.enums.keys());
    let names = names.chain(from.definitions.iter().map(|definition| &definition.name));
    let mut names = names.chain(from.others.iter().map(|other| &other.name));
    if names.any(|known| known.schema.as_ref() == Some(schema)) {
        return None;
    }
    Some(Statement::new(
        format!("The schema `{schema}`, if it is not there; it stays when this is undone."),
        format!("{WORDS}{};", quote(BACKEND, schema)),
    ))
}

/// Each schema once: several new objects of a plan ask for the same.
pub(super) fn once(statements: &[Statement]) -> Vec<&Statement> {
    let mut kept: Vec<&Statement> = Vec::with_capacity(statements.len());
    for statement in statements {
        let again = statement.sql.starts_with(WORDS)
            && kept.iter().any(|before| before.sql == statement.sql);
        if !again {
            kept.push(statement);
        }
    }
    kept
}
