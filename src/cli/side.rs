//! What `diff` compares: `models`, `database`, `migrations`, a URL or a .sql file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use diesel::connection::SimpleConnection as _;

use super::exit::Exit;
use super::load;
use super::migrations::Migrations;
use super::report::Failure;
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode, Scratch};
use crate::files::MigrationsDir;
use crate::model::Backend;
use crate::parse::Reading;
use crate::pipeline::{self, CreateError};

/// One side of a comparison, as it is written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Models,
    Database,
    Migrations,
    Url(DatabaseUrl),
    File(PathBuf),
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "models" => Ok(Self::Models),
            "database" => Ok(Self::Database),
            "migrations" => Ok(Self::Migrations),
            file if Path::new(file).extension().is_some_and(|it| it == "sql") => {
                Ok(Self::File(file.into()))
            }
            url => DatabaseUrl::parse(url).map(Self::Url).map_err(|error| error.to_string()),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Models => f.write_str("models"),
            Self::Database => f.write_str("database"),
            Self::Migrations => f.write_str("migrations"),
            Self::Url(url) => url.fmt(f),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// One side, loaded.
pub(super) enum Side {
    /// The models, which are being read.
    Models(Reading),
    /// A database.
    Database(AnyConnection),
    /// A database that is gone afterwards.
    Scratch(Scratch),
    /// A SQLite file that does not exist yet.
    Absent,
}

impl Side {
    /// A database that must be there.
    pub(super) fn of_url(url: &DatabaseUrl) -> Result<Self, Failure> {
        Ok(Self::Database(AnyConnection::open(url, OpenMode::ReadOnly)?))
    }

    /// The project's database, which may not be there yet.
    pub(super) fn of_database(url: &DatabaseUrl) -> Result<Self, Failure> {
        Ok(load::open_if_there(url)?.map_or(Self::Absent, Self::Database))
    }

    /// A scratch database in which the file was run.
    pub(super) fn of_file(
        path: &Path,
        backend: Backend,
        server: Option<&DatabaseUrl>,
    ) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let message = format!("`{}` cannot be read", path.display());
            Failure::new(Exit::Failed, message).because(&error)
        })?;
        let mut scratch = pipeline::scratch(backend, server, [text.as_str()])?;
        scratch.batch_execute(&text).map_err(|error| {
            let message = format!("`{}` cannot be run on a scratch database", path.display());
            Failure::new(Exit::Failed, message).because(&error)
        })?;
        Ok(Self::Scratch(scratch))
    }

    /// The connection, where there is a database.
    pub(super) fn connection(&mut self) -> Option<&mut AnyConnection> {
        match self {
            Self::Database(connection) => Some(connection),
            Self::Scratch(scratch) => Some(scratch),
            Self::Models(_) | Self::Absent => None,
        }
    }

    /// A scratch database in which the migrations were run.
    pub(super) fn of_migrations(
        path: &Path,
        backend: Backend,
        server: Option<&DatabaseUrl>,
    ) -> Result<Self, Failure> {
        let directory = MigrationsDir::open(path)?;
        let replayed = pipeline::replay(&directory, backend, server);
        replayed.map(Self::Scratch).map_err(|error| match error {
            CreateError::Replayed { error, lacking } => {
                Migrations::Directory(directory).replayed(&error, &lacking)
            }
            other => other.into(),
        })
    }
}
