//! The server's own text of every object: the judge of a proof, independent of
//! [`introspect`](super::introspect).

use diesel::sql_types::{Integer, Nullable, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

use super::queries::for_version;
use crate::backend::{CatalogEntry, DatabaseError};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    owner: Option<String>,
    #[diesel(sql_type = Text)]
    text: String,
}

/// Every object outside of the server's own schemas, whatever its kind.
const CATALOG: &str = include_str!("catalog.sql");

/// As for introspection: texts say where an object is, nothing shadows the server's own, and no
/// query is compiled, which takes longer than to run it.
const PIN: &str = "\
SELECT pg_catalog.set_config('search_path',
    pg_catalog.quote_ident(pg_catalog.current_schema()), true) AS path,
  pg_catalog.set_config('jit', 'off', true) AS jit,
  pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version";

#[derive(QueryableByName)]
struct Server {
    #[diesel(sql_type = Integer)]
    version: i32,
}

/// The server's text of every object outside of its own schemas, sorted.
///
/// Positions of columns are no part of it: a column that is dropped and added again stands last.
///
/// # Errors
/// When the server refuses the query.
pub fn catalog(connection: &mut PgConnection) -> Result<Vec<CatalogEntry>, DatabaseError> {
    let rows: Vec<Row> = super::aside(connection, "reading the catalog", |connection| {
        sql_query(PIN)
            .get_result(connection)
            .and_then(|server: Server| {
                sql_query(for_version(CATALOG, server.version)).load(connection)
            })
            .map_err(DatabaseError::query("reading the catalog"))
    })?;
    let entries = rows.into_iter();
    let mut entries: Vec<CatalogEntry> = entries
        .map(|row| CatalogEntry {
            kind: row.kind,
            name: row.name,
            table: row.owner,
            text: row.text,
        })
        .collect();
    entries.sort();
    Ok(entries)
}
