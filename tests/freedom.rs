//! Tests: freedom.
