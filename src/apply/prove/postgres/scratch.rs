//! A schema with the same tables, made in the proof's transaction: for servers whose tables must
//! not be locked.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{PgConnection, QueryableByName, RunQueryDsl as _, sql_query};

use super::super::{ProveError, Request, named};
use super::introspect;
use crate::backend::ident::quote;
use crate::backend::{Backend, DatabaseError, Scope};
use crate::model::{QualifiedName, Schema};
use crate::plan::creation;

const NAME: &str = "__glowplug_proof";

#[derive(QueryableByName)]
struct Path {
    #[diesel(sql_type = Text)]
    path: String,
    #[diesel(sql_type = Text)]
    schema: String,
}

/// Makes the schema the default one, with all that the real default schema holds. Gives the name of
/// that one.
pub(super) fn build(
    connection: &mut PgConnection,
    request: &Request<'_>,
) -> Result<String, ProveError> {
    let unavailable = |what: String| ProveError::Unavailable { what };
    // A qualified name means the real object, wherever the default schema is.
    if let Some(name) = names_of_other_schemas(request) {
        return Err(unavailable(format!(
            "`{name}` stands in a schema of its own, which a scratch schema cannot stand for"
        )));
    }
    let live = introspect(connection, &Scope::default())?;
    let script = creation(&live, request.dialect).map_err(|refusals| {
        let refusals: Vec<_> = refusals.iter().map(ToString::to_string).collect();
        unavailable(format!("the scratch schema cannot be made: {}", refusals.join("; ")))
    })?;
    let standing: Path = sql_query(
        "SELECT pg_catalog.current_setting('search_path') AS path, \
           pg_catalog.current_schema()::text AS schema",
    )
    .get_result(connection)
    .map_err(DatabaseError::query("reading `search_path`"))?;
    let schema = quote(Backend::Postgres, NAME);
    let path = match standing.path.as_str() {
        "" => String::new(),
        path => format!(", {path}"),
    };
    connection
        .batch_execute(&format!(
            "CREATE SCHEMA {schema}; SET LOCAL search_path = {schema}{path};\n{}",
            script.sql
        ))
        .map_err(|error| unavailable(format!("the scratch schema cannot be made: {error}")))?;
    Ok(standing.schema)
}

/// What the scratch schema is not: what no model says was not made, and might stand in the way.
pub(super) fn limits(request: &Request<'_>) -> Vec<String> {
    let named = named(request.operations);
    let beside = request.from.others.iter().filter(|other| {
        let of = |table: &QualifiedName| named.contains(&table.to_string().to_lowercase());
        other.table.as_ref().is_some_and(of)
    });
    let beside: BTreeSet<_> =
        beside.map(|other| format!("the {} `{}`", other.kind, other.name)).collect();
    let mut limits = vec!["The tables of the proof held no rows.".to_owned()];
    if !beside.is_empty() {
        let beside: Vec<_> = beside.into_iter().collect();
        limits.push(format!("They were without {}.", beside.join(", ")));
    }
    limits
}

/// A name of the plan, or of a table that refers to one, that has a schema.
fn names_of_other_schemas(request: &Request<'_>) -> Option<String> {
    let names = named(request.operations);
    let qualified = |schema: &Schema| {
        let tables = schema.tables.keys().chain(schema.views.keys()).chain(schema.enums.keys());
        let tables = tables.chain(schema.definitions.iter().map(|definition| &definition.name));
        tables.filter(|name| name.schema.is_some()).map(ToString::to_string).collect::<Vec<_>>()
    };
    let mut all = qualified(request.from);
    all.extend(qualified(request.to));
    all.into_iter().find(|name| names.contains(&name.to_lowercase()))
}
