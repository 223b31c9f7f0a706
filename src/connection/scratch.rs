use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl as _, sql_query};

use super::{AnyConnection, ConnectionError, DatabaseUrl, OpenMode};
use crate::model::Backend;

/// An empty database that is gone when this is: of SQLite in memory, of a server one of its own.
///
/// A server's needs the right to create databases, and lies beside the database of the URL.
pub struct Scratch {
    connection: Option<AnyConnection>,
    /// The server's other database, from which this one is dropped, and its name.
    created: Option<(DatabaseUrl, String)>,
    /// Those of the other database.
    extensions: Vec<Extension>,
    /// Those of them that could not be made here, each with the reason.
    lacking: Vec<String>,
}

/// An extension of PostgreSQL, as the database has it.
#[derive(QueryableByName)]
struct Extension {
    #[diesel(sql_type = Text)]
    name: String,
    /// The statement that makes its schema; empty where that is always there.
    #[diesel(sql_type = Text)]
    schema: String,
    /// The statement that makes it.
    #[diesel(sql_type = Text)]
    sql: String,
}

/// The older ones first, which the others may stand on. What stands in every new database is left out.
const EXTENSIONS: &str = "\
SELECT e.extname::pg_catalog.text AS name,
  CASE WHEN pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_') THEN ''
    ELSE pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) END AS schema,
  pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA %I',
    e.extname, n.nspname) AS sql
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql' ORDER BY e.oid";

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
                Ok(Self::of(Some(connection), None, Vec::new()))
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
        let extensions = match server.backend() {
            Backend::Postgres => sql_query(EXTENSIONS).load(&mut connection).unwrap_or_default(),
            Backend::Sqlite | Backend::Mysql => Vec::new(),
        };
        let mut scratch = Self::of(None, Some((server.clone(), name)), extensions);
        scratch.connection = Some(AnyConnection::open(&url, OpenMode::Existing)?);
        Ok(scratch)
    }

    fn of(
        connection: Option<AnyConnection>,
        created: Option<(DatabaseUrl, String)>,
        extensions: Vec<Extension>,
    ) -> Self {
        Self { connection, created, extensions, lacking: Vec::new() }
    }

    /// Makes the extensions that the server's other database has, `except` for those that are made
    /// here later. One that this role may not make is among those that are [`lacking`](Self::lacking).
    pub fn bring_extensions(&mut self, except: &BTreeSet<String>) {
        for Extension { name, schema, sql } in std::mem::take(&mut self.extensions) {
            if except.contains(&name) {
                continue;
            }
            if let Err(error) = self.batch_execute(&schema).and_then(|()| self.batch_execute(&sql))
            {
                let reason = error.to_string();
                self.lacking.push(format!("`{name}` ({})", reason.trim_end()));
            }
        }
    }

    /// The extensions of the server's other database that could not be made here, each with the
    /// reason.
    #[must_use]
    pub fn lacking(&self) -> &[String] {
        &self.lacking
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
