//! The migrations that are there already: a new one must start where they end.

use std::time::Duration;

use super::CreateError;
use super::scratch::scratch;
use crate::apply::prove::contained;
use crate::apply::{MigrationManager, MigrationState, Status};
use crate::backend::Backend;
use crate::connection::{AnyConnection, DatabaseUrl, Scratch, with_connection};
use crate::files::MigrationsDir;

/// Whether the database is where the directory ends; otherwise the difference between models and
/// database would repeat what a pending migration does, or undo what another branch did.
pub(super) fn up_to_date(
    connection: Option<&mut AnyConnection>,
    directory: &MigrationsDir,
    lock_timeout: Option<Duration>,
) -> Result<(), CreateError> {
    let status = match connection {
        Some(connection) => {
            let manager = MigrationManager::new(directory.clone());
            let manager = match lock_timeout {
                Some(timeout) => manager.lock_timeout(timeout),
                None => manager,
            };
            with_connection!(connection, connection => manager.status(connection))?
        }
        None => {
            let mut absent = scratch(Backend::Sqlite, None, [])?;
            let manager = MigrationManager::new(directory.clone());
            with_connection!(&mut *absent, connection => manager.status(connection))?
        }
    };
    let ends_here = |status: &Status| {
        status.migrations.iter().all(|migration| {
            migration.state == MigrationState::Applied && migration.stopped.is_none()
        })
    };
    if ends_here(&status) { Ok(()) } else { Err(CreateError::Behind(status)) }
}

/// A database made of nothing but the migrations; on a server, beside the one of the URL.
///
/// # Errors
/// When one of them fails, or there can be no scratch database.
pub fn replay(
    directory: &MigrationsDir,
    backend: Backend,
    server: Option<&DatabaseUrl>,
) -> Result<Scratch, CreateError> {
    let migrations = directory.list()?;
    let mut scratch = scratch(backend, server, migrations.iter().map(|one| one.up.as_str()))?;
    let ups = migrations.iter().map(|one| (one.directory_name.as_str(), one.up.as_str()));
    stays(&mut scratch, ups)?;
    let manager = MigrationManager::new(directory.clone());
    match with_connection!(&mut *scratch, connection => manager.apply(connection)) {
        Ok(_) => Ok(scratch),
        Err(error) => {
            let lacking = scratch.lacking().to_vec();
            Err(CreateError::Replayed { error, lacking })
        }
    }
}

/// Refuses what a scratch database would not hold.
pub(super) fn stays<'m>(
    scratch: &mut AnyConnection,
    scripts: impl IntoIterator<Item = (&'m str, &'m str)>,
) -> Result<(), CreateError> {
    match contained::elsewhere(scratch, scripts)? {
        None => Ok(()),
        Some((name, statement)) => Err(CreateError::Replay {
            what: format!(
                "`{name}` says `{statement}`, which would change more than a scratch database: others, \
                 users, settings of the server, or another file"
            ),
        }),
    }
}
