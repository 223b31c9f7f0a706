//! Applies migrations: safely with any number of processes at once, and with a history.
//!
//! [`MigrationManager`] is the whole of it. `__diesel_schema_migrations` stays exactly Diesel's and
//! alone says what is applied; `__glowplug_history`, which Diesel CLI does not see, adds what
//! Diesel does not note: the checksum, the times, and how far a migration came that runs outside a
//! transaction. A row of it without Diesel's is left over, and ignored.

mod applied;
mod driver;
mod error;
mod event;
mod history;
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
mod script;
mod select;
mod session;
mod settings;
mod source;
mod sql;
mod status;

#[cfg(feature = "cli")]
pub(crate) use applied::is_set_up;
pub use driver::MigrateConnection;
pub use error::{ApplyError, Direction, FailedStatement, Failure, Outcome};
pub use event::Event;
pub use lock::LockMode;
pub use manager::{MigrationManager, Policy, Revert};
pub use report::{Done, Repair, RepairChange, Report, Reverting, Warning};
pub use status::{MigrationState, MigrationStatus, Status, Stopped};
