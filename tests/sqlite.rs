//! Tests: sqlite.
