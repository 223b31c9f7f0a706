//! sqlite: lock.
