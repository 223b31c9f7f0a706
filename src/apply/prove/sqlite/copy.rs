//! The private copy: readable by nobody else, and gone from its directory as soon as it is open.

use std::io::Write as _;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};

use super::super::ProveError;

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
