//! Tests: apply.
