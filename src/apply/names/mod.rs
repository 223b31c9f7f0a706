//! Which tables and indexes a statement names, as far as running it safely needs that.

use std::collections::BTreeSet;

mod foreign_keys;
mod indexes;
mod relations;
mod settings;

pub(super) use foreign_keys::{needs_foreign_keys_off, replaces_table, says_foreign_keys_off};
pub(super) use indexes::{ConcurrentIndex, concurrent_index, may_be_called};
pub(super) use relations::{Relation, relations};
pub(super) use settings::{custom_settings, database, only_sets, temporary_table};

use super::sql;
use crate::files::statement::{Lexeme, lexemes};
use crate::model::Backend;

/// Reads a statement token by token.
struct Reader<'a>(&'a [Lexeme<'a>]);

impl<'a> Reader<'a> {
    /// Takes these words, all or none of them.
    fn take(&mut self, words: &[&str]) -> bool {
        let found = self.0.len() >= words.len()
            && self.0.iter().zip(words).all(|(lexeme, word)| lexeme.is(word));
        if found {
            self.0 = &self.0[words.len()..];
        }
        found
    }

    fn next(&mut self) -> Option<&'a Lexeme<'a>> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    /// Takes a name with what stands before it: a schema, and on PostgreSQL the database.
    fn name(&mut self) -> Option<Name> {
        let mut name = Name { schema: None, ..self.part()? };
        while self.take(&["."]) {
            let next = self.part()?;
            let text = format!("{}.{}", name.text, next.text);
            name = Name { schema: Some(name.name), name: next.name, text };
        }
        Some(name)
    }

    /// Takes all parts of a name, without their quotes.
    fn parts(&mut self) -> Option<Vec<String>> {
        let mut parts = vec![self.part()?.name];
        while self.take(&["."]) {
            parts.push(self.part()?.name);
        }
        Some(parts)
    }

    /// Takes one word or quoted name, or PostgreSQL's `U&"…"`, written plainly then.
    fn part(&mut self) -> Option<Name> {
        if self.take(&["U", "&"]) {
            let quoted = self.next()?.plain()?;
            let escape =
                if self.take(&["UESCAPE"]) { self.next()?.plain()? } else { "\\".to_owned() };
            let name = unescaped(&quoted, escape.chars().next()?)?;
            let text = sql::name(Backend::Postgres, &name);
            return Some(Name { schema: None, name, text });
        }
        let part = self.next()?;
        Some(Name { schema: None, name: part.plain()?, text: part.text.to_owned() })
    }

    /// Takes the name of a table, folded as SQLite compares it; none for a temporary one, which no
    /// other table can refer to.
    fn table(&mut self) -> Option<String> {
        let name = self.name()?;
        let temporary = name.schema.is_some_and(|schema| schema.eq_ignore_ascii_case("temp"));
        (!temporary).then(|| name.name.to_ascii_lowercase())
    }
}

struct Name {
    schema: Option<String>,
    name: String,
    /// As written, without spaces.
    text: String,
}

/// What `U&"d\0061t\+000061"` says (PostgreSQL 15, 4.1.2.3).
fn unescaped(text: &str, escape: char) -> Option<String> {
    let mut parts = text.split(escape);
    let mut plain = parts.next()?.to_owned();
    while let Some(part) = parts.next() {
        if part.is_empty() {
            // The sign itself, doubled.
            plain.push(escape);
            plain.push_str(parts.next()?);
            continue;
        }
        let (digits, length) = part.strip_prefix('+').map_or((part, 4), |digits| (digits, 6));
        let code = u32::from_str_radix(digits.get(..length)?, 16).ok()?;
        plain.push(char::from_u32(code)?);
        plain.push_str(&digits[length..]);
    }
    Some(plain)
}

/// A name as the server keeps it.
fn folded(name: Name) -> String {
    if name.text.ends_with('"') { name.name } else { name.name.to_lowercase() }
}

/// How many names of a statement are looked at: one that inserts rows may have any number of words.
const NAMES: usize = 1_000;

/// A statement without comments and line breaks.
pub(super) fn plainly(backend: Backend, sql: &str) -> String {
    let lexemes = lexemes(backend, sql);
    lexemes.iter().map(|lexeme| lexeme.text).collect::<Vec<_>>().join(" ")
}

/// The words and names of a statement in small letters, without their quotes.
pub(super) fn all(backend: Backend, sql: &str) -> BTreeSet<String> {
    let lexemes = lexemes(backend, sql);
    let names = lexemes.iter().filter(|lexeme| lexeme.body().is_none());
    names.filter_map(Lexeme::plain).map(|name| name.to_lowercase()).take(NAMES).collect()
}
