//! The private copy: readable by nobody else, and gone from its directory as soon as it is open.

use std::io::Write as _;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

use super::super::ProveError;
use crate::backend::DatabaseError;

/// A scratch database with the content of `connection`; an empty one for `None`.
pub(super) fn of(
    connection: Option<&mut SqliteConnection>,
) -> Result<SqliteConnection, ProveError> {
    let unavailable = |what: String| ProveError::Unavailable { what };
    let serialized = connection.map(SqliteConnection::serialize_database_to_buffer);
    let bytes: &[u8] = match &serialized {
        Some(serialized) => serialized
            .try_as_slice()
            .map_err(|_| unavailable("the database does not fit into memory".to_owned()))?,
        None => &[],
    };
    let io = |error: std::io::Error| unavailable(format!("the copy could not be written: {error}"));
    // tempfile makes it with mode 0600.
    let mut file = tempfile::Builder::new().prefix("glowplug-proof-").tempfile().map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    let path = file.into_temp_path();
    let mut scratch = SqliteConnection::establish(&path.to_string_lossy())
        .map_err(|error| unavailable(error.to_string()))?;
    // A journal in memory: none is left beside the file, which has lost its name by then. It also
    // ends the WAL mode that the copy may have inherited.
    scratch
        .batch_execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
        .map_err(|error| unavailable(error.to_string()))?;
    // The file is open, and loses its name here.
    drop(path);
    Ok(scratch)
}

#[derive(QueryableByName)]
struct StoredText {
    #[diesel(sql_type = Text)]
    sql: String,
}

/// A scratch database with the same objects and no rows: each is made from its stored text. Tables
/// that a virtual table keeps for itself come with it, those of SQLite itself by themselves.
pub(super) fn without_rows(
    connection: &mut SqliteConnection,
) -> Result<SqliteConnection, ProveError> {
    let texts: Vec<StoredText> = sql_query(
        "SELECT m.sql FROM main.sqlite_schema m \
         LEFT JOIN pragma_table_list l ON l.schema = 'main' AND l.name = m.name \
         WHERE m.sql IS NOT NULL AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         AND coalesce(l.type, '') <> 'shadow' \
         ORDER BY instr('table index view trigger', m.type), m.rowid",
    )
    .load(connection)
    .map_err(DatabaseError::query("reading the stored texts"))?;
    let mut scratch = of(None)?;
    for StoredText { sql } in texts {
        scratch.batch_execute(&sql).map_err(|error| ProveError::Unavailable {
            what: format!("a copy without rows cannot be made: {error}"),
        })?;
    }
    Ok(scratch)
}
