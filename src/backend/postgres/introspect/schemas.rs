//! The schemas that there are.

use diesel::sql_types::Text;
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

use crate::backend::DatabaseError;

#[derive(QueryableByName)]
struct Namespace {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The names of all schemas but the default one and the server's own, which those of temporary tables
/// are, too.
///
/// # Errors
/// When the server refuses the query.
pub fn schemas(connection: &mut PgConnection) -> Result<Vec<String>, DatabaseError> {
    let named: Vec<Namespace> = sql_query(
        "SELECT n.nspname::pg_catalog.text AS name FROM pg_catalog.pg_namespace n \
         WHERE n.nspname OPERATOR(pg_catalog.<>) 'information_schema' \
         AND NOT pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_') \
         AND NOT COALESCE(n.nspname OPERATOR(pg_catalog.=) pg_catalog.current_schema(), false) \
         ORDER BY n.nspname",
    )
    .load(connection)
    .map_err(DatabaseError::query("reading the names of the schemas"))?;
    Ok(named.into_iter().map(|namespace| namespace.name).collect())
}
