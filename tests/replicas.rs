//! Tests: replicas.
