//! Text with meaning: what is printed, before it is known whether colours are wanted.
//!
//! Names come from databases and files. Every piece is cleaned when it is added, so that no name
//! can move the cursor, ring the bell or reverse the line that it stands in.

use std::borrow::Cow;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

/// What a piece of text is; the colour follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// The label of an error.
    Error,
    /// The label of a warning.
    Warning,
    /// The label of a hint.
    Hint,
    /// The heading of a list.
    Heading,
    /// Something that comes.
    Add,
    /// Something that goes.
    Remove,
    /// Something that changes.
    Change,
    /// What matters less.
    Quiet,
}

impl Tone {
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        match self {
            Self::Error => colour(AnsiColor::Red).bold(),
            Self::Warning => colour(AnsiColor::Yellow).bold(),
            Self::Hint => colour(AnsiColor::Cyan).bold(),
            Self::Heading => Style::new().bold(),
            Self::Add => colour(AnsiColor::Green),
            Self::Remove => colour(AnsiColor::Red),
            Self::Change => colour(AnsiColor::Yellow),
            Self::Quiet => Style::new().dimmed(),
        }
    }
}

/// A piece of output, with escapes for its colours; the stream drops them where none are wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A label and what it is about: `error: …`.
    pub(super) fn labelled(tone: Tone, label: &str, text: &str) -> Self {
        Self::new().toned(tone, label).plain(": ").plain(text)
    }

    /// Adds text as it is, control characters escaped.
    pub(super) fn plain(mut self, text: impl AsRef<str>) -> Self {
        self.0.push_str(&clean(text.as_ref()));
        self
    }

    /// Adds text in a tone, control characters escaped.
    pub(super) fn toned(mut self, tone: Tone, text: impl AsRef<str>) -> Self {
        let style = tone.style();
        let _ = write!(self.0, "{style}{}{style:#}", clean(text.as_ref()));
        self
    }

    /// Adds another text.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// The text with its escapes.
    pub(super) fn ansi(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new().plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new().plain(text)
    }
}

/// The text with control characters, and those that turn the direction of writing, escaped.
/// Newlines and tabs stay.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hostile(character) {
            cleaned.extend(character.escape_unicode());
        } else {
            cleaned.push(character);
        }
    }
    Cow::Owned(cleaned)
}

fn is_hostile(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        // Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9).
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}

/// `1 change`, `3 changes`.
pub(super) fn count(number: impl Into<u64>, noun: &str) -> String {
    let number = number.into();
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::{clean, count};

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(clean("a\u{1b}[31mb\rc\u{202e}d"), r"a\u{1b}[31mb\u{d}c\u{202e}d");
        assert_eq!(clean("two\nlines\tand a tab"), "two\nlines\tand a tab");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(count(0_u64, "row"), "0 rows");
        assert_eq!(count(1_u64, "row"), "1 row");
        assert_eq!(count(2_u64, "row"), "2 rows");
    }
}
