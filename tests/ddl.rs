//! Tests: ddl.
