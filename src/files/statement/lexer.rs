use std::ops::Range;

use crate::model::Backend;

/// What a token is, as far as cutting statements needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Spaces and comments.
    Blank,
    /// A bare word: a keyword or a name.
    Word,
    /// A string, a quoted name or a dollar-quoted body.
    Quoted,
    /// One other character.
    Symbol,
}

#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// Tokens of a SQL text. What is not closed reaches to the end.
pub(super) struct Lexer<'a> {
    backend: Backend,
    sql: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(backend: Backend, sql: &'a str) -> Self {
        Self { backend, sql, at: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.sql[self.at..]
    }

    /// The kind and the length of what starts here.
    fn token_at(&self, first: char) -> (Kind, usize) {
        let rest = self.rest();
        if is_blank(first) || self.at == 0 && first == '\u{feff}' {
            let tail = &rest[first.len_utf8()..];
            let length = tail.find(|c| !is_blank(c)).unwrap_or(tail.len());
            return (Kind::Blank, first.len_utf8() + length);
        }
        if let Some(length) = self.comment(rest) {
            return (Kind::Blank, length);
        }
        if let Some(length) = self.quoted(first, rest) {
            return (Kind::Quoted, length);
        }
        if is_word(first) {
            let length = rest.find(|c| !is_word(c) && c != '$').unwrap_or(rest.len());
            return (Kind::Word, length);
        }
        (Kind::Symbol, first.len_utf8())
    }

    fn comment(&self, rest: &str) -> Option<usize> {
        let line = || rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        if let Some(after) = rest.strip_prefix("--") {
            // MySQL: `1--1` is a subtraction.
            let spaced = after.chars().next().is_none_or(|c| c.is_whitespace() || c.is_control());
            return (self.backend != Backend::Mysql || spaced).then(line);
        }
        match self.backend {
            Backend::Mysql if rest.starts_with('#') => Some(line()),
            // `/*! … */` and `/*+ … */` are run by MySQL.
            Backend::Mysql if rest.starts_with("/*!") => None,
            Backend::Mysql | Backend::Sqlite => rest
                .starts_with("/*")
                .then(|| rest[2..].find("*/").map_or(rest.len(), |end| end + 4)),
            Backend::Postgres => rest.starts_with("/*").then(|| nested_comment(rest)),
        }
    }

    fn quoted(&self, first: char, rest: &str) -> Option<usize> {
        let backslash = match self.backend {
            Backend::Mysql => true,
            Backend::Postgres => self.after_e(),
            Backend::Sqlite => false,
        };
        match (first, self.backend) {
            ('\'', _) => Some(until_quote(rest, '\'', backslash)),
            ('"', Backend::Mysql) => Some(until_quote(rest, '"', true)),
            ('"', Backend::Sqlite | Backend::Postgres) => Some(until_quote(rest, '"', false)),
            ('`', Backend::Mysql | Backend::Sqlite) => Some(until_quote(rest, '`', false)),
            ('[', Backend::Sqlite) => Some(rest.find(']').map_or(rest.len(), |end| end + 1)),
            ('$', Backend::Postgres) => dollar_quoted(rest),
            _ => None,
        }
    }

    /// Whether the quote here belongs to PostgreSQL's `E'…'`.
    fn after_e(&self) -> bool {
        let mut before = self.sql[..self.at].chars().rev();
        matches!(before.next(), Some('e' | 'E')) && !before.next().is_some_and(is_word)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let first = self.rest().chars().next()?;
        let (kind, length) = self.token_at(first);
        let range = self.at..self.at + length;
        self.at = range.end;
        Some(Token { kind, range })
    }
}

/// Only ASCII spaces separate words, on every server; all other characters are parts of names.
fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\u{b}'
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii()
}

/// The length of a quoted text, where a doubled quote stands for one.
fn until_quote(rest: &str, quote: char, backslash: bool) -> usize {
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && backslash {
            chars.next();
        } else if c == quote && chars.next_if(|(_, next)| *next == quote).is_none() {
            return at + c.len_utf8();
        }
    }
    rest.len()
}

/// The length of PostgreSQL's comment, which nests.
fn nested_comment(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut at, mut depth) = (2, 1_usize);
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => (at, depth) = (at + 2, depth + 1),
            Some(b"*/") => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of `$tag$ … $tag$`, unless the dollar is a parameter's.
fn dollar_quoted(rest: &str) -> Option<usize> {
    let close = rest[1..].find('$')? + 1;
    let tag = &rest[1..close];
    let valid = tag.chars().all(is_word) && !tag.starts_with(|c: char| c.is_ascii_digit());
    let delimiter = &rest[..=close];
    valid.then(|| {
        let body = &rest[delimiter.len()..];
        body.find(delimiter).map_or(rest.len(), |end| end + 2 * delimiter.len())
    })
}
