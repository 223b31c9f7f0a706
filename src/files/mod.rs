//! Migrations as files.
