//! From the text of a key to what the model says of it.

use super::{normalize, stored};
use crate::model::{Conflict, ConstraintOptions, KeyPart};

/// What a conflict clause says; `ABORT` is what happens without one.
pub(super) fn conflict_options(word: Option<&str>) -> ConstraintOptions {
    ConstraintOptions { on_conflict: word.and_then(Conflict::of), ..ConstraintOptions::default() }
}

/// The columns of a key, and what is said of each. Only names can stand in one: SQLite refuses
/// expressions there. A column that is there twice in one way says nothing the second time.
pub(super) fn key_columns(
    parts: &[stored::KeyPart],
    conflict: Option<&str>,
) -> (Vec<String>, ConstraintOptions) {
    let mut said: Vec<(String, KeyPart)> = Vec::new();
    for part in parts {
        let Some(column) = part.column.clone() else { continue };
        let collation = part.collation.as_ref().map(|name| normalize::collation(name.clone()));
        let known = |(name, other): &(String, KeyPart)| {
            name.eq_ignore_ascii_case(&column) && other.collation == collation
        };
        if !said.iter().any(known) {
            said.push((column, KeyPart { order: part.order, collation }));
        }
    }
    let plain = said.iter().all(|(_, part)| *part == KeyPart::default());
    let (columns, parts) = said.into_iter().unzip();
    let parts = if plain { Vec::new() } else { parts };
    (columns, ConstraintOptions { parts, ..conflict_options(conflict) })
}
