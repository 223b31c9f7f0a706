//! The models and the database of the project.

use std::path::Path;

use super::args::ModelArgs;
use super::config::Project;
use super::context::Context;
use super::report::Failure;
use super::settings;
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode, Scratch};
use crate::files::MigrationsDir;
use crate::model::{Backend, Schema};
use crate::parse::{ParseOptions, Reading};

/// Reads the models, and tells what is odd about them.
pub(super) fn models(
    context: &Context<'_>,
    project: &Project,
    args: &ModelArgs,
    backend: Backend,
) -> Result<Schema, Failure> {
    told(context, start_models(project, args, backend)?)
}

/// Begins to read the models: [`told`] ends it.
pub(super) fn start_models(
    project: &Project,
    args: &ModelArgs,
    backend: Backend,
) -> Result<Reading, Failure> {
    Ok(Reading::start(ParseOptions {
        paths: project.models(&args.models)?,
        features: project.texts(&settings::FEATURES, &args.features)?,
        comments: project.switch(&settings::COMMENTS, false)?,
        ..ParseOptions::new(project.root(), backend)
    }))
}

/// The models that are being read; tells what is odd about them.
pub(super) fn told(context: &Context<'_>, models: Reading) -> Result<Schema, Failure> {
    let models = models.finish()?;
    for warning in &models.warnings {
        context.ui.frame(&warning.render(false), &warning.render(true));
    }
    for file in &models.files {
        context.ui.detail(&format!("models: {}", file.display()));
    }
    Ok(models.schema)
}

/// Opens the database for reading. A SQLite file that does not exist is `None`: an empty database.
pub(super) fn open_if_there(url: &DatabaseUrl) -> Result<Option<AnyConnection>, Failure> {
    match AnyConnection::open(url, OpenMode::ReadOnly) {
        Ok(connection) => Ok(Some(connection)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The database for reading, or an empty one for a SQLite file that does not exist.
pub(super) enum Opened {
    There(AnyConnection),
    Absent(Scratch),
}

impl Opened {
    pub(super) fn new(url: &DatabaseUrl) -> Result<Self, Failure> {
        match open_if_there(url)? {
            Some(connection) => Ok(Self::There(connection)),
            None => Ok(Self::Absent(Scratch::create(Backend::Sqlite, None)?)),
        }
    }

    pub(super) fn connection(&mut self) -> &mut AnyConnection {
        match self {
            Self::There(connection) => connection,
            Self::Absent(scratch) => scratch,
        }
    }

    pub(super) fn exists(&self) -> bool {
        matches!(self, Self::There(_))
    }
}

/// The directory that a migration is written to. One that was made for it, and stays empty because
/// there was nothing to write, is gone afterwards.
pub(super) struct Directory {
    migrations: MigrationsDir,
    made: bool,
}

impl Directory {
    pub(super) fn for_writing(path: &Path) -> Result<Self, Failure> {
        let made = !path.exists();
        Ok(Self { migrations: MigrationsDir::open_or_create(path)?, made })
    }

    pub(super) fn migrations(&self) -> &MigrationsDir {
        &self.migrations
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if self.made {
            // Fails where a migration was written: then it stays.
            let _ = std::fs::remove_dir(self.migrations.path());
        }
    }
}
