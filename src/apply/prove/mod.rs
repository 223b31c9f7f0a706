//! Runs a migration before it is written.
