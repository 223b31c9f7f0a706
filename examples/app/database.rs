//! The database of the application: SQLite, or PostgreSQL where the client is built in.

use std::error::Error;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use glowplug::MigrationManager;
use glowplug::apply::Report;

/// The migrations of the SQLite file.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// A connection to either.
#[derive(diesel::MultiConnection)]
pub enum Database {
    Sqlite(SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
}

impl Database {
    /// Opens the database that DATABASE_URL names, else the SQLite file app.sqlite.
    pub fn open() -> Result<Self, Box<dyn Error>> {
        #[expect(clippy::disallowed_methods, reason = "an application reads its environment")]
        let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| "app.sqlite".to_owned());
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

    /// Brings the database up to date; each backend has migrations in its own SQL.
    pub fn migrate(&mut self) -> Result<Report, Box<dyn Error>> {
        Ok(match self {
            Self::Sqlite(connection) => MigrationManager::new(MIGRATIONS).apply(connection)?,
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => {
                const MIGRATIONS: EmbeddedMigrations = embed_migrations!("examples/app/postgres");
                MigrationManager::new(MIGRATIONS).apply(connection)?
            }
        })
    }
}
