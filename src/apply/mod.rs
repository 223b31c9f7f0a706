//! Applies migrations: safely with any number of replicas, and with a history.

#[cfg(feature = "engine")]
pub mod probe;
#[cfg(feature = "engine")]
pub mod prove;
