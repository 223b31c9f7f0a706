//! Tests: hazards.
