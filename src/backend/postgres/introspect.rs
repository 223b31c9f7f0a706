//! postgres: introspect.
