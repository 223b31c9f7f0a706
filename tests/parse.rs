//! The parser: `table!`, `joinable!` and `ddl!` to a schema.

#![allow(clippy::unwrap_used)]

mod discovery;
mod errors;
mod examples;
mod robustness;
