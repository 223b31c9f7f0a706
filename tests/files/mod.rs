//! Tests: migrations as files.

mod directory;
mod statements;
mod write;
