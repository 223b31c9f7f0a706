//! The database of the application: SQLite, or PostgreSQL where the client is built in.

use std::error::Error;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use glowplug::MigrationManager;
use glowplug::apply::{ApplyError, Report};

/// The database where DATABASE_URL names none.
pub(crate) const DEFAULT_URL: &str = "app.sqlite";

/// Each backend has migrations in its own SQL.
const FOR_SQLITE: EmbeddedMigrations = embed_migrations!("migrations");
const FOR_POSTGRES: EmbeddedMigrations = embed_migrations!("examples/app/postgres");

fn url() -> String {
    #[expect(clippy::disallowed_methods, reason = "an application reads its environment")]
    std::env::var("DATABASE_URL").unwrap_or_else(|_| DEFAULT_URL.to_owned())
}

/// The migrations of the database that DATABASE_URL names.
pub(crate) fn migrations() -> EmbeddedMigrations {
    if url().starts_with("postgres") { FOR_POSTGRES } else { FOR_SQLITE }
}

/// A connection to either.
#[derive(diesel::MultiConnection)]
pub(crate) enum Database {
    Sqlite(SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
}

impl Database {
    /// Opens the database that DATABASE_URL names, else the SQLite file app.sqlite.
    pub(crate) fn open() -> Result<Self, Box<dyn Error>> {
        let url = url();
        if url.starts_with("postgres") {
            return Self::open_postgres(&url);
        }
        let mut connection = SqliteConnection::establish(&url)?;
        // Several copies of the application write to one file: they wait for one another.
        connection.batch_execute("PRAGMA busy_timeout = 30000; PRAGMA foreign_keys = ON;")?;
        Ok(Self::Sqlite(connection))
    }

    #[cfg(feature = "postgres")]
    fn open_postgres(url: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self::Postgres(PgConnection::establish(url)?))
    }

    #[cfg(not(feature = "postgres"))]
    fn open_postgres(_url: &str) -> Result<Self, Box<dyn Error>> {
        Err("built without PostgreSQL: cargo run --example app --features postgres".into())
    }

    /// Brings the database up to date.
    pub(crate) fn migrate(&mut self) -> Result<Report, ApplyError> {
        let manager = MigrationManager::new(migrations());
        match self {
            Self::Sqlite(connection) => manager.apply(connection),
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => manager.apply(connection),
        }
    }
}
