//! The migrations that a verb works on: a directory's, or those an application embeds.

use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, FileBasedMigrations};

use super::args::MigrationArgs;
use super::config::Project;
use super::context::{Context, relative};
use super::failures;
use super::locks::Locks;
use super::report::Failure;
use crate::apply::{ApplyError, Policy, Status};
use crate::connection::{AnyConnection, with_connection};
use crate::files::MigrationsDir;

/// Where the migrations come from.
#[derive(Clone)]
pub(super) enum Migrations<'a> {
    Directory(MigrationsDir),
    /// A directory as Diesel reads it, for its own verbs: no file is looked into without need.
    Diesel(FileBasedMigrations),
    Embedded(&'a EmbeddedMigrations),
}

impl<'a> Migrations<'a> {
    /// Those of the directory, if one is named or nothing is embedded.
    pub(super) fn of(
        context: &Context<'a>,
        project: &Project,
        args: &MigrationArgs,
    ) -> Result<Self, Failure> {
        match context.embedded {
            Some(embedded) if args.migration_dir.is_none() => Ok(Self::Embedded(embedded)),
            Some(_) | None => {
                let path = context.migration_dir(project, args)?;
                Ok(Self::Directory(MigrationsDir::open(&path)?))
            }
        }
    }

    /// Where they are, for the reader.
    pub(super) fn place(&self) -> String {
        match self {
            Self::Directory(directory) => relative(directory.path()).display().to_string(),
            Self::Diesel(files) => relative(files.path()).display().to_string(),
            Self::Embedded(_) => "embedded".to_owned(),
        }
    }

    /// The file of a migration, where there is one.
    pub(super) fn file(&self, migration: &str, file: &str) -> Option<String> {
        let directory = match self {
            Self::Directory(directory) => directory.path(),
            Self::Diesel(files) => files.path(),
            Self::Embedded(_) => return None,
        };
        let path = directory.join(migration).join(file);
        // A migration out of a squash has none of its own.
        path.exists().then(|| relative(&path).display().to_string())
    }

    /// Where each of them is.
    pub(super) fn status(
        &self,
        connection: &mut AnyConnection,
        locks: Locks,
    ) -> Result<Status, Failure> {
        let manager = locks.manager(self.clone());
        let status = with_connection!(connection, connection => manager.status(connection));
        status.map_err(|error| self.failure(&error))
    }

    /// Whether they could be applied to an empty database, as far as that can be told without it.
    pub(super) fn check(&self, empty: &mut AnyConnection, locks: Locks) -> Result<(), Failure> {
        let manager = locks.manager(self.clone()).policy(Policy::VerifyOnly);
        match with_connection!(empty, connection => manager.apply(connection)) {
            Err(error) if !error.is_pending() => Err(self.failure(&error)),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// An error of a run, with the place in the migration's file.
    pub(super) fn failure(&self, error: &ApplyError) -> Failure {
        self.placed(Failure::from(error), error)
    }

    /// An error of a run on a scratch database, which lacks these extensions.
    pub(super) fn replayed(&self, error: &ApplyError, lacking: &[String]) -> Failure {
        self.placed(failures::replayed(error, lacking), error)
    }

    fn placed(&self, failure: Failure, error: &ApplyError) -> Failure {
        let Some(failed) = error.failure() else { return failure };
        let file = self.file(&failed.migration, failed.direction.file());
        match (file, &failed.statement) {
            (Some(file), Some(statement)) => {
                failure.place(format!("{file}:{}", statement.line), &statement.sql)
            }
            (None, Some(statement)) => failure.place(failed.migration.clone(), &statement.sql),
            (_, None) => failure,
        }
    }
}

impl<DB: Backend> MigrationSource<DB> for Migrations<'_> {
    fn migrations(&self) -> diesel::migration::Result<Vec<Box<dyn Migration<DB>>>> {
        match self {
            Self::Directory(directory) => directory.migrations(),
            Self::Diesel(files) => files.migrations(),
            Self::Embedded(embedded) => embedded.migrations(),
        }
    }
}
