//! A plan for the reader: one line a change, coloured by its sign.

use super::text::{Text, Tone};
use crate::diff::Operation;

/// The line of one change.
pub(super) fn line(operation: &Operation) -> Text {
    let summary = operation.summary();
    let (sign, words) = summary.split_at(1);
    let tone = match sign {
        "+" => Tone::Add,
        "-" => Tone::Remove,
        _ => Tone::Change,
    };
    Text::new().toned(tone, sign).plain(words)
}
