//! A connection to any of the backends.
