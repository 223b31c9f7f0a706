//! What changes from one schema to another, as [`Operation`]s.
//!
//! Both sides are made comparable first (`backend::resolve`), so that a difference here is plain
//! inequality and no backend is asked. The operations come in the order of the names; `plan` puts
//! them in the order in which they can run.

mod checks;
mod columns;
mod exclusions;
mod foreign_keys;
mod indexes;
mod keys;
mod objects;
mod operation;
mod part;
pub mod rename;
mod summary;
mod tables;
mod types;
mod views;

pub use objects::objects;
pub use operation::{Operation, TableForm};
pub use part::{comes_back_as, rename_parts};

use crate::model::Schema;

/// The operations that turn `from` into `to`.
///
/// Neither renames nor data are considered: a renamed column is a drop and an add, unless
/// [`rename`] was applied to `from` before.
#[must_use]
pub fn diff(from: &Schema, to: &Schema) -> Vec<Operation> {
    let mut operations = Vec::new();
    types::diff(from, to, &mut operations);
    tables::diff(from, to, &mut operations);
    views::diff(from, to, &mut operations);
    operations
}

/// Calls `dropped` for what only `from` has, `added` for what only `to` has; the order is theirs.
/// Equal duplicates count one by one.
fn difference<T: PartialEq>(
    from: &[T],
    to: &[T],
    mut dropped: impl FnMut(&T),
    mut added: impl FnMut(&T),
) {
    let mut unmatched: Vec<&T> = to.iter().collect();
    for old in from {
        match unmatched.iter().position(|new| *new == old) {
            Some(at) => {
                unmatched.remove(at);
            }
            None => dropped(old),
        }
    }
    unmatched.into_iter().for_each(&mut added);
}
