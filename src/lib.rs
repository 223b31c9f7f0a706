//! Proven schema migrations for Diesel.
//!
//! Change a model in `diesel::table!` (and [`ddl!`] for what `table!` cannot say); `glowplug create`
//! compares the models with the live database and writes an up.sql and a down.sql that were run
//! before they were written. `glowplug migrate`, the application's own start-up, or stock Diesel
//! CLI applies them.
//!
//! # At start-up
//!
//! Safe with any number of processes at once; with nothing pending it costs one SELECT.
//!
//! ```no_run
//! # #[cfg(feature = "sqlite")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use diesel::{Connection, SqliteConnection};
//! use glowplug::MigrationManager;
//!
//! let mut connection = SqliteConnection::establish("app.sqlite")?;
//! # let migrations = diesel_migrations::FileBasedMigrations::from_path("migrations")?;
//! // In an application: `embed_migrations!("migrations")`.
//! let report = MigrationManager::new(migrations).apply(&mut connection)?;
//! println!("{} applied", report.applied.len());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "sqlite"))]
//! # fn main() {}
//! ```
//!
//! # The rooms
//!
//! ```text
//! schema.rs ─ parse ─┐                                                     ┌─ files
//!                    ├─ model::Schema ─ resolve ─ diff ─ plan ─ render ─ prove ─┤
//! database ─ introspect ─┘                                                 └─ apply
//! ```
//!
//! | Room | What it does | It may use |
//! |---|---|---|
//! | `model` | plain data: what a schema is | nothing |
//! | `parse` | source text to model, all errors at once | model |
//! | `diff` | two models to [`Operation`](diff::Operation)s, each with its inverse; renames | model |
//! | `connection` | any of the databases, by a URL that never shows its password | model |
//! | `backend` | what varies: types, spelling, SQL text, reading a live database | the above |
//! | `print_schema` | a database as Diesel CLI prints it | connection, backend |
//! | `pull` | a database to `table!`, `joinable!` and `ddl!` | model, backend |
//! | `plan` | order, lowering to rebuilds, hazards | the above |
//! | `files` | migrations as files | backend's texts |
//! | `apply` | lock, history, journal, proof, counts | the above |
//! | `pipeline` | `create`, step by step | the above |
//! | `cli` | the only room that prints, asks or reads the environment | all |
//!
//! Each backend's folder has the same files, so that who knows one knows all. A test holds the
//! rooms to their direction.
//!
//! # Features
//!
//! An application writes `default-features = false, features = ["postgres"]` and gets `ddl!` and
//! [`MigrationManager`], without the parsers, clap or a bundled SQLite. `sqlite`, `postgres` and
//! `mysql` link the system's client libraries, `…-bundled` compile them in, `engine` adds
//! everything up to `pipeline`, and `cli` (the default) the command.

pub mod apply;
#[cfg(feature = "engine")]
pub mod backend;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "engine")]
pub mod connection;
mod ddl;
#[cfg(feature = "engine")]
pub mod diff;
mod error;
pub mod files;
pub mod model;
#[cfg(feature = "engine")]
pub mod parse;
#[cfg(feature = "engine")]
pub mod pipeline;
#[cfg(feature = "engine")]
pub mod plan;
#[cfg(feature = "engine")]
pub mod print_schema;
#[cfg(feature = "engine")]
pub mod pull;

pub use apply::MigrationManager;
#[doc(hidden)]
pub use ddl::words;
pub use error::Error;
