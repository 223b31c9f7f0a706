//! `check`: do the models, the migrations and the database say the same?

pub(super) mod chain;
mod drift;
pub(super) mod round_trip;

pub use drift::{Drift, drift};
pub use round_trip::{Note, Problem, RoundTrip};

use crate::apply::{ApplyError, MigrationManager, MigrationState, Status};
use crate::backend::{Backend, Dialect, Scope, Trap};
use crate::connection::{AnyConnection, DatabaseUrl, with_connection};
use crate::files::{MigrationFile, MigrationsDir};
use crate::model::Schema;

use super::compare::{self, CompareOptions, Comparison};
use super::{CreateError, NoAnswers, Unmanaged, history};
use chain::Chain;
use round_trip::{Tried, round_trip};

/// What is checked, and how.
pub struct CheckRequest<'a> {
    /// The models.
    pub models: &'a Schema,
    /// The migrations.
    pub directory: &'a MigrationsDir,
    /// The kind of database.
    pub backend: Backend,
    /// Where a scratch database is made, on a server.
    pub server: Option<&'a DatabaseUrl>,
    /// Objects that are nobody's business.
    pub unmanaged: Unmanaged,
    /// Told the name of each migration before it is tried; false ends the check.
    pub progress: &'a mut dyn FnMut(&str) -> bool,
}

/// What a check found. It changed nothing.
#[derive(Debug, Default)]
pub struct Check {
    /// Each migration that was tried.
    pub round_trips: Vec<RoundTrip>,
    /// The first migration that does not run where the ones before it end, and why: what follows
    /// from there is not known.
    pub halted: Option<ApplyError>,
    /// The extensions that the database has and the scratch one could not get, with the reasons,
    /// where a migration does not run.
    pub lacking: Vec<String>,
    /// Directories that share a version: none of them is run.
    pub duplicates: Vec<String>,
    /// Somebody asked to stop.
    pub stopped: bool,
    /// The models beside the end of the migrations; `None` where that is not known.
    pub models: Option<Comparison>,
    /// What is legal at that end, with what the models change, and seldom meant. It is no
    /// disagreement.
    pub traps: Vec<Trap>,
    /// Where the migrations are in the database; `None` where the database is left out.
    pub status: Option<Status>,
    /// The database beside the migrations that are applied in it; `None` where that is not known.
    pub drift: Option<Drift>,
}

impl Check {
    /// Whether everything agrees, as far as it was looked at.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let Self { round_trips, halted, duplicates, stopped, models, status, drift, .. } = self;
        let well = |status: &Status| {
            status.is_up_to_date() && status.in_state(MigrationState::Missing).next().is_none()
        };
        round_trips.iter().all(|trip| trip.problems.is_empty())
            && halted.is_none()
            && duplicates.is_empty()
            && !stopped
            && models.as_ref().is_none_or(Comparison::is_empty)
            && status.as_ref().is_none_or(well)
            && drift.as_ref().is_none_or(Drift::is_empty)
    }
}

/// Replays the migrations on a scratch database, each up, down and up again, and compares their end
/// with the models, and the database, where there is one, with those that are applied in it.
///
/// # Errors
/// When it cannot be told: a file or the database cannot be read, there can be no scratch database.
pub fn check(
    request: CheckRequest<'_>,
    database: Option<&mut AnyConnection>,
) -> Result<Check, CreateError> {
    let CheckRequest { models, directory, backend, server, unmanaged, progress } = request;
    let dialect = backend.dialect();
    let migrations = directory.list()?;
    let mut check = Check { duplicates: duplicates(&migrations), ..Check::default() };
    let mut database = database;
    if let Some(database) = database.as_deref_mut() {
        let manager = MigrationManager::new(directory.clone());
        check.status = Some(with_connection!(database, one => manager.status(one))?);
    }
    if !check.duplicates.is_empty() {
        return Ok(check);
    }
    let mut chain = replay(&mut check, &migrations, backend, server, dialect, progress)?;
    if let Some(chain) = &mut chain {
        let options =
            CompareOptions { no_renames: true, unmanaged: unmanaged.clone(), ..Default::default() };
        let end = Some(chain.connection());
        let comparison = compare::compare(end, models, dialect, &options, &mut NoAnswers)?;
        check.traps = dialect.traps(&comparison.to);
        check.models = Some(comparison);
    }
    if let (Some(database), Some(status), false) = (database, &check.status, check.stopped) {
        let applied = applied(&migrations, status);
        let chain = match chain.filter(|_| applied.len() == migrations.len()) {
            Some(chain) => Ok(chain),
            None => Chain::of(backend, server, &applied),
        };
        match chain {
            Ok(mut chain) => {
                let scope: Scope = compare::scope(models);
                let migrated = chain.connection();
                check.drift = Some(drift(migrated, database, &scope, &unmanaged, dialect)?);
            }
            // The replay above has told it, or does not come that far.
            Err(CreateError::Replayed { error, lacking }) => {
                if check.halted.is_none() {
                    (check.halted, check.lacking) = (Some(error), lacking);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(check)
}

/// Tries each migration; the chain at its end, if it comes that far.
fn replay<'a>(
    check: &mut Check,
    migrations: &[MigrationFile],
    backend: Backend,
    server: Option<&'a DatabaseUrl>,
    dialect: &dyn Dialect,
    progress: &mut dyn FnMut(&str) -> bool,
) -> Result<Option<Chain<'a>>, CreateError> {
    let mut chain = Chain::new(backend, server, migrations)?;
    let scripts = migrations.iter().flat_map(|one| {
        let texts = [Some(one.up.as_str()), one.down.as_deref()];
        texts.into_iter().flatten().map(|text| (one.directory_name.as_str(), text))
    });
    history::stays(chain.connection(), scripts)?;
    for (at, migration) in migrations.iter().enumerate() {
        if !progress(&migration.directory_name) {
            check.stopped = true;
            return Ok(None);
        }
        match round_trip(&mut chain, &migrations[..at], migration, dialect)? {
            Tried::Up(trip) => check.round_trips.push(trip),
            Tried::Not(error) => {
                (check.halted, check.lacking) = (Some(error), chain.lacking());
                return Ok(None);
            }
        }
    }
    Ok(Some(chain))
}

/// The directories that share a version with another one.
fn duplicates(migrations: &[MigrationFile]) -> Vec<String> {
    let groups = migrations.chunk_by(|a, b| a.version == b.version);
    let doubled = groups.filter(|group| group.len() > 1).flatten();
    doubled.map(|migration| migration.directory_name.clone()).collect()
}

/// The migrations that the database has, in their order: of a squash those that it has one by one.
fn applied(migrations: &[MigrationFile], status: &Status) -> Vec<MigrationFile> {
    let mut applied = Vec::new();
    for migration in migrations {
        let mut all = status.migrations.iter();
        if all.any(|one| one.version == migration.version && one.state.is_applied()) {
            applied.push(migration.clone());
        } else {
            applied.extend(self::applied(&migration.parts(), status));
        }
    }
    applied
}
