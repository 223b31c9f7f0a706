//! Reading whichever database a connection leads to.

use super::{Backend, CatalogEntry, DatabaseError, Dialect, Scope};
use crate::connection::AnyConnection;
use crate::model::Schema;

/// Everything that the database says about the shape of its data, in a fixed number of statements
/// whatever the number of tables.
///
/// # Errors
/// When a statement fails, or an answer cannot be understood.
pub fn introspect(connection: &mut AnyConnection, scope: &Scope) -> Result<Schema, DatabaseError> {
    match connection {
        #[cfg(feature = "sqlite")]
        AnyConnection::Sqlite(connection) => {
            super::sqlite::introspect::introspect(connection, scope)
        }
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(connection) => {
            super::postgres::introspect::introspect(connection, scope)
        }
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(connection) => super::mysql::introspect::introspect(connection, scope),
    }
}

/// The scope of a reader whom no models tell where to look: every schema but the server's own.
///
/// # Errors
/// When the server does not tell them.
pub fn everywhere(connection: &mut AnyConnection) -> Result<Scope, DatabaseError> {
    match connection {
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(connection) => {
            Ok(Scope { schemas: super::postgres::introspect::schemas(connection)? })
        }
        // Of these a database is one schema.
        #[allow(unreachable_patterns, reason = "a build may have PostgreSQL's client alone")]
        _ => Ok(Scope::default()),
    }
}

/// The server's own text of every object.
///
/// # Errors
/// When a statement fails.
pub fn catalog(connection: &mut AnyConnection) -> Result<Vec<CatalogEntry>, DatabaseError> {
    match connection {
        #[cfg(feature = "sqlite")]
        AnyConnection::Sqlite(connection) => super::sqlite::introspect::catalog(connection),
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(connection) => super::postgres::introspect::catalog(connection),
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(connection) => super::mysql::introspect::catalog(connection),
    }
}

/// Lets a server that rewrites expressions say how it would write those of `to` that differ from
/// their counterparts in `from`. Where no text differs it costs no statement.
///
/// # Errors
/// When the server does not accept an expression, or cannot be reached.
pub fn canonicalize(
    connection: &mut AnyConnection,
    from: &Schema,
    to: &mut Schema,
) -> Result<(), DatabaseError> {
    // Used by those clients only that rewrite expressions.
    let _ = (from, &to);
    match connection {
        // SQLite keeps every text as it was written.
        #[cfg(feature = "sqlite")]
        AnyConnection::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(connection) => super::postgres::canonicalize(connection, from, to),
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(connection) => super::mysql::canonicalize(connection, from, to),
    }
}

/// The dialect of the server behind a connection: MariaDB and MySQL are told apart by asking.
///
/// # Errors
/// When the server does not answer.
#[expect(clippy::needless_pass_by_value, reason = "the database, if there is one")]
pub fn dialect(
    connection: Option<&mut AnyConnection>,
    backend: Backend,
) -> Result<&'static dyn Dialect, DatabaseError> {
    match connection {
        #[cfg(feature = "mysql")]
        Some(AnyConnection::Mysql(connection)) => super::mysql::introspect::dialect(connection),
        #[allow(unreachable_patterns, reason = "a build may have that client alone")]
        Some(_) | None => Ok(backend.dialect()),
    }
}
