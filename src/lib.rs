//! Proven schema migrations for Diesel.

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
pub mod pull;

pub use apply::MigrationManager;
#[doc(hidden)]
pub use ddl::words;
pub use error::Error;
