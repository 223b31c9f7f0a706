//! What `diff` compares: `models`, `database`, `migrations`, a URL or a .sql file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use diesel::connection::SimpleConnection as _;

use super::exit::Exit;
use super::load;
use super::migrations::Migrations;
use super::report::Failure;
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode};
use crate::files::MigrationsDir;
use crate::model::{Backend, Schema};
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

impl Source {
    /// The backend, where the source itself tells it.
    pub(super) fn backend(&self) -> Option<Backend> {
        match self {
            Self::Url(url) => Some(url.backend()),
            Self::Models | Self::Database | Self::Migrations | Self::File(_) => None,
        }
    }
}

/// One side, loaded.
pub(super) enum Side {
    /// The models.
    Models(Schema),
    /// A database; `None` is a SQLite file that does not exist yet.
    Database(Option<AnyConnection>),
}

impl Side {
    /// A database that must be there.
    pub(super) fn of_url(url: &DatabaseUrl) -> Result<Self, Failure> {
        Ok(Self::Database(Some(AnyConnection::open(url, OpenMode::ReadOnly)?)))
    }

    /// The project's database, which may not be there yet.
    pub(super) fn of_database(url: &DatabaseUrl) -> Result<Self, Failure> {
        Ok(Self::Database(load::open_if_there(url)?))
    }

    /// A scratch database in which the file was run.
    pub(super) fn of_file(path: &Path, backend: Backend) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let message = format!("`{}` cannot be read", path.display());
            Failure::new(Exit::Failed, message).because(&error)
        })?;
        let mut connection = scratch(backend)?;
        connection.batch_execute(&text).map_err(|error| {
            let message = format!("`{}` cannot be run on a scratch database", path.display());
            Failure::new(Exit::Failed, message).because(&error)
        })?;
        Ok(Self::Database(Some(connection)))
    }

    /// A scratch database in which the migrations were run.
    pub(super) fn of_migrations(path: &Path, backend: Backend) -> Result<Self, Failure> {
        Ok(Self::Database(Some(replayed(path, backend)?)))
    }
}

/// A scratch database in which the migrations were run.
pub(super) fn replayed(path: &Path, backend: Backend) -> Result<AnyConnection, Failure> {
    let directory = MigrationsDir::open(path)?;
    let replayed = pipeline::replay(&directory, backend);
    let scratch = "they were replayed on an empty scratch database";
    replayed.map_err(|error| match error {
        CreateError::Apply(error) => Migrations::Directory(directory).failure(&error).hint(scratch),
        other => other.into(),
    })
}

/// An empty database that is gone with its connection.
pub(super) fn scratch(backend: Backend) -> Result<AnyConnection, Failure> {
    match backend {
        Backend::Sqlite => {
            let url = DatabaseUrl::parse(":memory:")?;
            Ok(AnyConnection::open(&url, OpenMode::Create)?)
        }
        Backend::Postgres | Backend::Mysql => {
            Err(Failure::new(Exit::Failed, format!("there is no scratch database for {backend}")))
        }
    }
}
