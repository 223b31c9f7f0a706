//! The private copy: readable by nobody else, and gone from its directory as soon as it is open.

use std::io::Write as _;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use tempfile::TempPath;

use super::super::ProveError;

/// The name under which the copy's unchanged twin is attached.
pub(super) const ORIGINAL: &str = "glowplug_original";

/// A scratch database with the content of `connection`, and a twin of it attached that stays as it
/// is, to compare rows with. The path is the twin's; it is removed when dropped.
pub(super) fn of(
    connection: Option<&mut SqliteConnection>,
) -> Result<(SqliteConnection, TempPath), ProveError> {
    let unavailable = |what: String| ProveError::Unavailable { what };
    let serialized = connection.map(SqliteConnection::serialize_database_to_buffer);
    let bytes: &[u8] = match &serialized {
        Some(serialized) => serialized
            .try_as_slice()
            .map_err(|_| unavailable("the database does not fit into memory".to_owned()))?,
        None => &[],
    };
    let file = |what: &str| -> Result<TempPath, ProveError> {
        let io = |error: std::io::Error| unavailable(format!("{what}: {error}"));
        // tempfile makes it with mode 0600.
        let mut file = tempfile::Builder::new().prefix("glowplug-proof-").tempfile().map_err(io)?;
        file.write_all(bytes).map_err(io)?;
        Ok(file.into_temp_path())
    };
    let path = file("the copy could not be written")?;
    let twin = file("the copy could not be written")?;
    let text = |path: &TempPath| path.to_string_lossy().into_owned();
    let mut scratch = SqliteConnection::establish(&text(&path))
        .map_err(|error| unavailable(error.to_string()))?;
    // Journals in memory: none is left beside the file, which has lost its name by then. They also
    // end the WAL mode that the copy may have inherited.
    scratch
        .batch_execute(&format!(
            "PRAGMA main.journal_mode = MEMORY; PRAGMA synchronous = OFF; \
             ATTACH DATABASE {} AS \"{ORIGINAL}\"; PRAGMA {ORIGINAL}.journal_mode = MEMORY;",
            crate::backend::ident::literal(crate::backend::Backend::Sqlite, &text(&twin))
        ))
        .map_err(|error| unavailable(error.to_string()))?;
    drop(path);
    Ok((scratch, twin))
}
