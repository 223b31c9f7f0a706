//! A connection to any of the backends, chosen at run time by a URL.

mod any;
mod scratch;
mod server;
mod url;

pub use any::AnyConnection;
pub(crate) use any::with_connection;
pub use scratch::Scratch;
pub use url::DatabaseUrl;

use std::path::PathBuf;

use crate::model::Backend;

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
    /// Something stands before the scheme of a server, so that it would be the path of a SQLite file,
    /// and be shown.
    #[error(
        "before the scheme of the database URL stands something, such as a quote or a blank; expected `postgres://user@host/database` without it"
    )]
    BeforeScheme,
    /// A server's URL without its `//`, which would be the path of a SQLite file, and be shown.
    #[error(
        "the database URL lacks `//` behind `{scheme}:`; expected `{scheme}://user@host/database`"
    )]
    NoSlashes {
        /// The scheme.
        scheme: String,
    },
    /// A password with an `@`, which PostgreSQL's client takes for its end: it would show the rest.
    #[error("the user or the password of the database URL has an `@`; expected `%40` in its place")]
    TwoAts,
    /// A SQLite file with a user and a password, which would be part of its path, and be shown.
    #[error(
        "a SQLite file has no user, password or host; expected `sqlite://path`, or the scheme of a server"
    )]
    SqliteServer,
    /// The client is not compiled in.
    #[error("{backend} is not supported by this build")]
    NotSupported {
        /// The backend of the URL.
        backend: Backend,
    },
    /// A scratch database needs a server to be on.
    #[error("there is no {backend} server for a scratch database")]
    NoServer {
        /// The backend.
        backend: Backend,
    },
    /// The server makes no scratch database.
    #[error("the server makes no scratch database: {reason}")]
    NoScratch {
        /// The message of the server.
        reason: String,
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
    /// What was written last stands beside the SQLite file, and cannot be brought into it from here.
    #[error(
        "`{}` cannot be read: what was written last stands in `{}`, and here nothing may be written",
        path.display(),
        beside.display()
    )]
    Unrecovered {
        /// The file.
        path: PathBuf,
        /// Its WAL, or the journal of a writer that died.
        beside: PathBuf,
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
