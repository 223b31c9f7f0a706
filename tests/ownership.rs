//! Tests: ownership.
