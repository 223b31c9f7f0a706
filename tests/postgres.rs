//! Tests: postgres.
