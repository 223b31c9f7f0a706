//! What changes from one schema to another, as [`Operation`]s.

mod operation;

pub use operation::{Operation, TableForm};
