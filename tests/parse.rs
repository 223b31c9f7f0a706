//! The parser: `table!`, `joinable!` and `ddl!` to a schema.

mod discovery;
mod errors;
mod examples;
mod robustness;
