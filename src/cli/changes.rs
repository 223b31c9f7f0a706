//! A plan for the reader: one line a change, coloured by its sign.

use serde::Serialize;

use super::text::{Text, Tone};
use crate::diff::Operation;

/// The line of one change.
pub(super) fn line(operation: &Operation) -> Text {
    onto(Text::new(), operation)
}

/// The same as part of a list.
pub(super) fn indented(operation: &Operation) -> Text {
    onto(Text::new().plain("  "), operation)
}

fn onto(start: Text, operation: &Operation) -> Text {
    let summary = operation.summary();
    let (sign, words) = summary.split_at(1);
    let tone = match sign {
        "+" => Tone::Add,
        "-" => Tone::Remove,
        _ => Tone::Change,
    };
    start.toned(tone, sign).plain(words)
}

/// A change in JSON: the line, and the operation.
#[derive(Debug, Serialize)]
pub(super) struct Change<'a> {
    summary: String,
    #[serde(flatten)]
    operation: &'a Operation,
}

/// The changes in JSON.
pub(super) fn json(operations: &[Operation]) -> Vec<Change<'_>> {
    operations.iter().map(|operation| Change { summary: operation.summary(), operation }).collect()
}
