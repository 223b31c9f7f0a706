//! The binary: what it prints where, and how it ends.
#![expect(clippy::unwrap_used, reason = "what a test cannot set up is a failure of it")]

#[cfg(feature = "postgres")]
mod adoption;
mod baseline;
mod check;
mod create;
mod database;
mod diff;
mod help;
mod history;
mod init;
mod locks;
#[cfg(feature = "postgres")]
mod postgres;
pub(crate) mod project;
mod pull;
mod settings;
mod slow;
mod squash;
mod terminal;
