//! Migrations as files, in Diesel's own layout: `<version>_<name>/{up.sql, down.sql, metadata.toml}`.
//!
//! [`MigrationsDir`] lists and writes them; [`statement::split`] cuts a file into statements;
//! [`checksum`] tells whether a file was edited.

mod format;
#[cfg(feature = "engine")]
mod migration;
mod slug;
pub mod squash;
pub mod statement;
mod version;

pub use format::{checksum, without_bom};
#[cfg(feature = "engine")]
pub use migration::{FilesError, MigrationFile, MigrationsDir, NewMigration, Replacement, Written};
pub use slug::slug;
pub use version::Version;
