//! A connection to any of the backends, chosen at run time by a URL.

mod url;

pub use url::DatabaseUrl;

use std::path::{Path, PathBuf};

use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;

use crate::model::Backend;

/// A connection to whichever database the URL names.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// SQLite.
    #[cfg(feature = "sqlite")]
    Sqlite(diesel::SqliteConnection),
    /// PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(diesel::PgConnection),
    /// MySQL or MariaDB.
    #[cfg(feature = "mysql")]
    Mysql(diesel::MysqlConnection),
}

/// What opening may do to a SQLite database. A server's database always exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// Read an existing database; nothing is created and nothing can be written.
    ReadOnly,
    /// Read and write an existing database.
    Existing,
    /// Read and write; an absent file is created.
    Create,
}

/// Why there is no connection. No variant holds a password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectionError {
    /// There is no URL.
    #[error("the database URL is empty")]
    Empty,
    /// The URL holds a NUL byte.
    #[error("the database URL holds a NUL byte")]
    Nul,
    /// The scheme belongs to no backend.
    #[error(
        "`{scheme}://` is no database that is known; expected `postgres://`, `mysql://`, `sqlite://` or the path of a SQLite file"
    )]
    UnknownScheme {
        /// The scheme.
        scheme: String,
    },
    /// libpq's other form, which would name a SQLite file.
    #[error("the database URL has the form `key=value`; expected `postgres://user@host/database`")]
    KeyValue,
    /// The client is not compiled in.
    #[error("{backend} is not supported by this build")]
    NotSupported {
        /// The backend of the URL.
        backend: Backend,
    },
    /// The SQLite file does not exist.
    #[error("there is no database file `{}`", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// The path is a directory, a socket or a device.
    #[error("`{}` is not a file; expected a SQLite database", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("`{}` is not a SQLite database", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The client or the server refused.
    #[error("cannot connect to `{url}`: {reason}")]
    Failed {
        /// The URL without its password.
        url: String,
        /// The message of the client or server.
        reason: String,
    },
}

impl ConnectionError {
    /// Whether the SQLite file does not exist: an empty database, for a command that only reads.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }
}

impl AnyConnection {
    /// Opens the database.
    ///
    /// # Errors
    /// When it cannot be reached; for SQLite, when the file is absent (unless it may be created),
    /// is a directory, or is no database.
    pub fn open(url: &DatabaseUrl, mode: OpenMode) -> Result<Self, ConnectionError> {
        match url.backend() {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite => open_sqlite(url, mode).map(Self::Sqlite),
            #[cfg(feature = "postgres")]
            Backend::Postgres => {
                let connection = diesel::PgConnection::establish(url.secret_text());
                connection.map(Self::Postgres).map_err(|error| failed(url, &error))
            }
            #[cfg(feature = "mysql")]
            Backend::Mysql => {
                let connection = diesel::MysqlConnection::establish(url.secret_text());
                connection.map(Self::Mysql).map_err(|error| failed(url, &error))
            }
            #[allow(unreachable_patterns)]
            backend => Err(ConnectionError::NotSupported { backend }),
        }
    }

    /// The kind of database.
    #[must_use]
    pub fn backend(&self) -> Backend {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => Backend::Sqlite,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => Backend::Postgres,
            #[cfg(feature = "mysql")]
            Self::Mysql(_) => Backend::Mysql,
        }
    }
}

impl std::fmt::Debug for AnyConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AnyConnection({})", self.backend())
    }
}

fn failed(url: &DatabaseUrl, error: &dyn std::error::Error) -> ConnectionError {
    ConnectionError::Failed {
        url: url.to_string(),
        reason: url.scrub(error.to_string().trim_end()),
    }
}

#[cfg(feature = "sqlite")]
fn open_sqlite(
    url: &DatabaseUrl,
    mode: OpenMode,
) -> Result<diesel::SqliteConnection, ConnectionError> {
    let uri = url.sqlite_uri().ok_or(ConnectionError::Empty)?;
    if uri.in_memory() {
        return establish_sqlite(url, None, url.secret_text());
    }
    let path = PathBuf::from(&uri.path);
    match std::fs::metadata(&path) {
        Ok(metadata) if !metadata.is_file() => return Err(ConnectionError::NotAFile { path }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && mode != OpenMode::Create => {
            return Err(ConnectionError::NotFound { path });
        }
        Ok(_) | Err(_) => {}
    }
    match mode {
        OpenMode::Create => establish_sqlite(url, Some(&path), url.secret_text()),
        OpenMode::Existing => establish_sqlite(url, Some(&path), &uri.with("mode=rw")),
        // Not `mode=ro`: on a database in WAL mode that leaves `-wal` and `-shm` files behind, and
        // it cannot recover what a crashed writer left (SQLite 3.40, 3.53). Where the folder cannot
        // be written to, nobody else writes either, and the file is read as it is.
        OpenMode::ReadOnly => establish_sqlite(url, Some(&path), &uri.with("mode=rw"))
            .and_then(|mut connection| {
                let result = connection.batch_execute("PRAGMA query_only = ON");
                result.map(|()| connection).map_err(|error| failed(url, &error))
            })
            .or_else(|error| {
                let cannot_open = matches!(&error, ConnectionError::Failed { reason, .. }
                    if reason.contains("unable to open") || reason.contains("readonly"));
                if !cannot_open {
                    return Err(error);
                }
                establish_sqlite(url, Some(&path), &uri.with("immutable=1"))
            }),
    }
}

/// Opens and reads once: SQLite looks into a file only when it must.
#[cfg(feature = "sqlite")]
fn establish_sqlite(
    url: &DatabaseUrl,
    path: Option<&Path>,
    name: &str,
) -> Result<diesel::SqliteConnection, ConnectionError> {
    let connection = diesel::SqliteConnection::establish(name);
    let mut connection = connection.map_err(|error| failed(url, &error))?;
    let look = "PRAGMA busy_timeout = 5000; SELECT count(*) FROM sqlite_schema";
    match (connection.batch_execute(look), path) {
        (Ok(()), _) => Ok(connection),
        (Err(error), Some(path)) if error.to_string().contains("not a database") => {
            Err(ConnectionError::NotADatabase { path: path.to_owned() })
        }
        (Err(error), _) => Err(failed(url, &error)),
    }
}
