//! Applies migrations: safely with any number of processes at once, and with a history.
//!
//! [`MigrationManager`] is the whole of it. `__diesel_schema_migrations` stays exactly Diesel's and
//! alone says what is applied; `__glowplug_history`, which Diesel CLI does not see, adds what
//! Diesel does not note: the checksum, the times, and how far a migration came that runs outside a
//! transaction. A row of it without Diesel's is left over, and ignored.

//!
//! # At start-up
//!
//! Every replica calls [`MigrationManager::apply`]; one applies, the others wait. How they keep out
//! of each other's way is the [`LockMode`], what an application may do is its [`Policy`]. Any error is
//! an `Err`: a service that goes on after one serves from a schema that it does not know.
//!
//! A pool hands over one of its connections, and has it back as it was, or closed:
//!
//! ```no_run
//! use diesel::PgConnection;
//! use diesel::r2d2::{ConnectionManager, Pool};
//! use glowplug::MigrationManager;
//! # let url = "";
//! # let migrations = diesel_migrations::FileBasedMigrations::from_path("migrations")?;
//!
//! let pool = Pool::new(ConnectionManager::<PgConnection>::new(url))?;
//! MigrationManager::new(migrations).apply(&mut *pool.get()?)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An asynchronous application does the same in `spawn_blocking`, with the wrapper of `diesel-async`
//! around a new connection, or around one of deadpool's:
//!
//! ```no_run
//! use diesel_async::AsyncPgConnection;
//! use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
//! use diesel_async::pooled_connection::deadpool::Pool;
//! use glowplug::MigrationManager;
//! # use diesel_migrations::FileBasedMigrations;
//!
//! # async fn migrate(
//! #     pool: Pool<AsyncPgConnection>,
//! #     migrations: FileBasedMigrations,
//! # ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let mut connection = AsyncConnectionWrapper::<_>::from(pool.get().await?);
//! tokio::task::spawn_blocking(move || {
//!     MigrationManager::new(migrations).apply(&mut connection)
//! })
//! .await??;
//! # Ok(())
//! # }
//! ```
//!
//! Behind PgBouncer in transaction mode choose [`LockMode::Transaction`], or give the migrations the
//! URL of the server itself: what runs outside a transaction needs that.
//!
//! A lock of the session is freed when the server notices that its client is gone. After a crash
//! of the client that is at once, unless a statement runs: then at its end, or, from PostgreSQL 14 on,
//! within `client_connection_check_interval`. After the loss of a whole host it takes TCP keep-alives
//! (`tcp_keepalives_idle`). Who waits meanwhile is told the process that has the lock, and how to end it.

mod applied;
mod blockers;
mod driver;
mod error;
mod event;
mod failure;
mod history;
mod invalid;
mod journal;
mod landmark;
mod lock;
mod manager;
mod names;
mod notes;
#[cfg(feature = "engine")]
pub mod probe;
#[cfg(feature = "engine")]
pub mod prove;
mod recorder;
mod report;
mod resume;
mod retry;
mod run;
pub(crate) mod said;
mod script;
mod select;
mod session;
mod settings;
mod source;
mod sql;
mod squash;
mod status;

#[cfg(feature = "cli")]
pub(crate) use applied::is_set_up;
pub use driver::MigrateConnection;
pub use error::{ApplyError, Direction};
pub use event::{Event, Progress};
pub use failure::{FailedStatement, Failure, Outcome};
pub use lock::LockMode;
pub use manager::{MigrationManager, Policy, Revert};
pub use report::{Done, Repair, RepairChange, Report, Reverting, Warning};
pub use status::{MigrationState, MigrationStatus, Status, Stopped};
