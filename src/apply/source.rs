//! The migrations of a source, read and checked before anything else.

use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};

use super::history::Note;
use super::recorder::{Work, record};
use super::{ApplyError, Direction};
use crate::files::{Version, checksum, without_bom};

/// What is known about a migration without its type.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) version: Version,
    /// The name that is shown: with Diesel's sources, that of the directory.
    pub(super) name: String,
    /// Whether it runs in a transaction.
    pub(super) transactional: bool,
    pub(super) up: Work,
    pub(super) down: Work,
    /// The checksum of its SQL; none for Rust code, and as long as `up` is not read.
    pub(super) checksum: Option<String>,
}

/// A migration that can be run.
pub(super) struct Loaded<DB: Backend> {
    pub(super) known: Known,
    pub(super) migration: Box<dyn Migration<DB>>,
}

impl Known {
    /// What is noted about one that is applied, as far as it is known without running it.
    pub(super) fn note<'a>(&'a self, started_at: &'a str) -> Note<'a> {
        Note {
            version: &self.version,
            name: &self.name,
            checksum: self.checksum.as_deref(),
            step: 0,
            steps: 0,
            done_checksum: None,
            started_at,
            error: None,
        }
    }
}

/// Diesel's column is `VARCHAR(50)`.
const LONGEST_VERSION: usize = 50;

/// The migrations as the source gives them.
pub(super) fn migrations<DB: Backend>(
    source: &impl MigrationSource<DB>,
) -> Result<Vec<Box<dyn Migration<DB>>>, ApplyError> {
    source.migrations().map_err(|error| ApplyError::Source { reason: error.to_string() })
}

/// All migrations, by version; each version once. Their texts are not read yet.
pub(super) fn load<DB: Backend>(
    source: &impl MigrationSource<DB>,
) -> Result<Vec<Loaded<DB>>, ApplyError> {
    each_once(all(migrations(source)?)?)
}

/// Refuses a version that is there twice.
pub(super) fn each_once<DB: Backend>(
    loaded: Vec<Loaded<DB>>,
) -> Result<Vec<Loaded<DB>>, ApplyError> {
    for pair in loaded.chunk_by(|a, b| a.known.version == b.known.version) {
        if pair.len() > 1 {
            let names = pair.iter().map(|one| one.known.name.clone()).collect();
            let version = pair[0].known.version.as_str().to_owned();
            return Err(ApplyError::Duplicate { version, names });
        }
    }
    Ok(loaded)
}

/// All migrations, by version; a version may be there twice.
pub(super) fn load_all<DB: Backend>(
    source: &impl MigrationSource<DB>,
) -> Result<Vec<Loaded<DB>>, ApplyError> {
    all(migrations(source)?)
}

/// The same, of what the source gave.
pub(super) fn all<DB: Backend>(
    migrations: Vec<Box<dyn Migration<DB>>>,
) -> Result<Vec<Loaded<DB>>, ApplyError> {
    let mut loaded = Vec::with_capacity(migrations.len());
    for migration in migrations {
        let known = Known {
            version: Version::from(migration.name().version().to_string()),
            name: migration.name().to_string(),
            transactional: migration.metadata().run_in_transaction(),
            up: Work::Unread,
            down: Work::Unread,
            checksum: None,
        };
        let length = known.version.as_str().chars().count();
        if !(1..=LONGEST_VERSION).contains(&length) {
            return Err(ApplyError::VersionLength { name: known.name, length });
        }
        loaded.push(Loaded { known, migration });
    }
    loaded
        .sort_by(|a, b| (&a.known.version, &a.known.name).cmp(&(&b.known.version, &b.known.name)));
    Ok(loaded)
}

/// What is known about migrations, without their types.
pub(super) fn known_of<DB: Backend>(loaded: &[Loaded<DB>]) -> Vec<Known> {
    loaded.iter().map(|one| one.known.clone()).collect()
}

/// Reads the texts of those that are needed, once. A migration in Rust is run for that against a
/// connection that only takes notes, so it is not done without need.
pub(super) fn read<DB: Backend>(
    loaded: &mut [Loaded<DB>],
    directions: &[Direction],
    needed: impl Fn(&Known) -> bool,
) -> Result<(), ApplyError> {
    for one in loaded.iter_mut().filter(|one| needed(&one.known)) {
        for direction in directions {
            one.read(*direction).map_err(|reason| ApplyError::Source { reason })?;
        }
    }
    Ok(())
}

impl<DB: Backend> Loaded<DB> {
    fn read(&mut self, direction: Direction) -> Result<(), String> {
        if *self.known.work(direction) != Work::Unread {
            return Ok(());
        }
        let work = record(|connection| match direction {
            Direction::Up => self.migration.run(connection),
            Direction::Down => self.migration.revert(connection),
        })?;
        let checksum = match &work {
            Work::Sql(text) => Some(checksum(text)),
            Work::Code | Work::Absent | Work::Unread => None,
        };
        let work = match work {
            Work::Sql(text) => Work::Sql(without_bom(&text).to_owned()),
            other => other,
        };
        match direction {
            Direction::Up if work == Work::Absent => {
                return Err(format!("up.sql of `{}` is empty", self.known.name));
            }
            Direction::Up => (self.known.up, self.known.checksum) = (work, checksum),
            Direction::Down => self.known.down = work,
        }
        Ok(())
    }
}
