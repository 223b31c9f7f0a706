//! The binary: what it prints where, and how it ends.

mod create;
mod database;
mod diff;
mod help;
mod history;
mod init;
pub(crate) mod project;
mod pull;
mod settings;
