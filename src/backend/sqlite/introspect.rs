//! sqlite: introspect.
