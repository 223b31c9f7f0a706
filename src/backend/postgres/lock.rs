//! postgres: lock.
