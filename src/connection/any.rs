#[cfg(feature = "sqlite")]
use std::path::{Path, PathBuf};

use diesel::Connection as _;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use diesel::RunQueryDsl as _;
#[cfg(feature = "sqlite")]
use diesel::connection::SimpleConnection as _;

use super::{ConnectionError, DatabaseUrl, OpenMode};
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

impl AnyConnection {
    /// Opens the database.
    ///
    /// # Errors
    /// When it cannot be reached; for SQLite, when the file is absent (unless it may be created),
    /// is a directory, or is no database.
    #[cfg_attr(not(feature = "sqlite"), expect(unused_variables, reason = "only a file has modes"))]
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

    /// Whether the server has a database of this name that is no template. A file is no server.
    ///
    /// # Errors
    /// When the server refuses to tell.
    pub fn has_database(&mut self, name: &str) -> diesel::QueryResult<bool> {
        // Used by servers only.
        let _ = name;
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => Ok(false),
            #[cfg(feature = "postgres")]
            Self::Postgres(server) => diesel::sql_query(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_database \
                 WHERE datname = $1 AND NOT datistemplate) AS found",
            )
            .bind::<diesel::sql_types::Text, _>(name)
            .get_result::<Found>(server)
            .map(|it| it.found),
            #[cfg(feature = "mysql")]
            Self::Mysql(server) => diesel::sql_query(
                "SELECT EXISTS (SELECT 1 FROM information_schema.schemata \
                 WHERE schema_name = ?) AS found",
            )
            .bind::<diesel::sql_types::Text, _>(name)
            .get_result::<Found>(server)
            .map(|it| it.found),
        }
    }
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    found: bool,
}

/// Calls something that is generic over the connection with the one that is there.
macro_rules! with_connection {
    ($any:expr, $connection:ident => $body:expr) => {
        match $any {
            #[cfg(feature = "sqlite")]
            $crate::connection::AnyConnection::Sqlite($connection) => $body,
            #[cfg(feature = "postgres")]
            $crate::connection::AnyConnection::Postgres($connection) => $body,
            #[cfg(feature = "mysql")]
            $crate::connection::AnyConnection::Mysql($connection) => $body,
        }
    };
}
pub(crate) use with_connection;

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
                if let Some(beside) = unrecovered(&path) {
                    return Err(ConnectionError::Unrecovered { path: path.clone(), beside });
                }
                establish_sqlite(url, Some(&path), &uri.with("immutable=1"))
            }),
    }
}

/// What SQLite would read together with the file, and does not where that is said to be immutable: a
/// WAL, or a journal that is not marked as done with (<https://sqlite.org/fileformat2.html#the_rollback_journal>).
#[cfg(feature = "sqlite")]
fn unrecovered(path: &Path) -> Option<PathBuf> {
    use std::io::Read as _;

    const JOURNAL: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    let beside = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    let (wal, journal) = (beside("-wal"), beside("-journal"));
    if std::fs::metadata(&wal).is_ok_and(|file| file.len() > 0) {
        return Some(wal);
    }
    let mut start = [0; 8];
    let read = std::fs::File::open(&journal).and_then(|mut file| file.read_exact(&mut start));
    // One that may not be read may be anything.
    let unreadable =
        read.as_ref().is_err_and(|it| it.kind() == std::io::ErrorKind::PermissionDenied);
    (unreadable || read.is_ok() && start == JOURNAL).then_some(journal)
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
    let looked = connection.batch_execute("SELECT count(*) FROM sqlite_schema");
    let wait = url.wait().as_millis().min(i32::MAX as u128);
    let set = connection.batch_execute(&format!("PRAGMA busy_timeout = {wait}"));
    match (looked.and(set), path) {
        (Ok(()), _) => Ok(connection),
        // Somebody writes at this moment: whoever needs the file next waits as long as they want.
        (Err(error), _) if error.to_string().contains("is locked") => Ok(connection),
        (Err(error), Some(path)) if error.to_string().contains("not a database") => {
            Err(ConnectionError::NotADatabase { path: path.to_owned() })
        }
        (Err(error), _) => Err(failed(url, &error)),
    }
}
