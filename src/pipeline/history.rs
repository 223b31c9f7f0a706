//! The migrations that are there already: a new one must start where they end.

use super::CreateError;
use crate::apply::{MigrationManager, MigrationState, Status};
use crate::backend::Backend;
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode, with_connection};
use crate::files::MigrationsDir;

/// Whether the database is where the directory ends; otherwise the difference between models and
/// database would repeat what a pending migration does, or undo what another branch did.
pub(super) fn up_to_date(
    connection: Option<&mut AnyConnection>,
    directory: &MigrationsDir,
) -> Result<(), CreateError> {
    let status = match connection {
        Some(connection) => {
            let manager = MigrationManager::new(directory.clone());
            with_connection!(connection, connection => manager.status(connection))?
        }
        None => {
            let mut absent = scratch(Backend::Sqlite)?;
            let manager = MigrationManager::new(directory.clone());
            with_connection!(&mut absent, connection => manager.status(connection))?
        }
    };
    let ends_here = |status: &Status| {
        status.migrations.iter().all(|migration| {
            migration.state == MigrationState::Applied && migration.stopped.is_none()
        })
    };
    if ends_here(&status) { Ok(()) } else { Err(CreateError::Behind(status)) }
}

/// A database made of nothing but the migrations.
///
/// # Errors
/// When one of them fails, or the backend has no scratch database of its own.
pub fn replay(directory: &MigrationsDir, backend: Backend) -> Result<AnyConnection, CreateError> {
    let mut connection = scratch(backend)?;
    let manager = MigrationManager::new(directory.clone());
    with_connection!(&mut connection, connection => manager.apply(connection))?;
    Ok(connection)
}

/// An empty database that nobody else sees and that is gone when it is closed.
fn scratch(backend: Backend) -> Result<AnyConnection, CreateError> {
    let replay = |what: String| CreateError::Replay { what };
    if backend != Backend::Sqlite {
        return Err(replay(format!("there is no scratch database for {backend} in this version")));
    }
    DatabaseUrl::parse(":memory:")
        .and_then(|url| AnyConnection::open(&url, OpenMode::Create))
        .map_err(|error| replay(error.to_string()))
}
