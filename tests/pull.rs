//! Tests: pull.
