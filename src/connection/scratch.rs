use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;

use super::{AnyConnection, ConnectionError, DatabaseUrl, OpenMode};
use crate::model::Backend;

/// An empty database that is gone when this is: of SQLite in memory, of a server one of its own.
///
/// A server's needs the right to create databases, and lies beside the database of the URL.
pub struct Scratch {
    connection: Option<AnyConnection>,
    /// The server's other database, from which this one is dropped, and its name.
    created: Option<(DatabaseUrl, String)>,
}

impl Scratch {
    /// Makes one: beside the database of `server`, where the backend has servers.
    ///
    /// # Errors
    /// When there is no server, or it refuses.
    pub fn create(backend: Backend, server: Option<&DatabaseUrl>) -> Result<Self, ConnectionError> {
        match backend {
            Backend::Sqlite => {
                let url = DatabaseUrl::parse(":memory:")?;
                let connection = AnyConnection::open(&url, OpenMode::Create)?;
                Ok(Self { connection: Some(connection), created: None })
            }
            Backend::Postgres | Backend::Mysql => {
                let server = server.filter(|url| url.backend() == backend);
                Self::on_server(server.ok_or(ConnectionError::NoServer { backend })?)
            }
        }
    }

    fn on_server(server: &DatabaseUrl) -> Result<Self, ConnectionError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        // Letters, digits and `_` only: the name needs no quotes.
        let name = format!("glowplug_scratch_{}_{number}", std::process::id());
        let url = server.on_database(&name)?;
        let mut connection = AnyConnection::open(server, OpenMode::Existing)?;
        connection.batch_execute(&format!("CREATE DATABASE {name}")).map_err(|error| {
            ConnectionError::NoScratch { reason: server.scrub(error.to_string().trim_end()) }
        })?;
        let mut scratch = Self { connection: None, created: Some((server.clone(), name)) };
        scratch.connection = Some(AnyConnection::open(&url, OpenMode::Existing)?);
        Ok(scratch)
    }
}

impl Deref for Scratch {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        self.connection.as_ref().expect("there is a connection until the drop")
    }
}

impl DerefMut for Scratch {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.connection.as_mut().expect("there is a connection until the drop")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A database is not dropped while it is in use.
        self.connection = None;
        if let Some((server, name)) = &self.created {
            let dropped = AnyConnection::open(server, OpenMode::Existing).map(|mut connection| {
                connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name}"))
            });
            if !matches!(dropped, Ok(Ok(()))) {
                tracing::warn!(name, "a scratch database is left behind");
            }
        }
    }
}

impl std::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}
