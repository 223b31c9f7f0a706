//! The parser: `table!`, `joinable!` and `ddl!` to a schema.

#![allow(clippy::unwrap_used)]

mod discovery;
mod errors;
mod examples;
mod next_diesel;
mod robustness;
