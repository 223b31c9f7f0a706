//! The binary: what it prints where, and how it ends.

mod create;
mod database;
mod diff;
mod help;
mod history;
mod init;
#[cfg(feature = "postgres")]
mod postgres;
pub(crate) mod project;
mod pull;
mod settings;
