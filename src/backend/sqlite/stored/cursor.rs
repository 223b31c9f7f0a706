//! A place in a list of tokens, and the small questions that a grammar asks there.

use std::ops::Range;

use super::{KeyPart, StoredError, Token, TokenKind, tokens, unquote};
use crate::model::SortOrder;

/// A place in the tokens of a text.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// At the first token. A closing `;` is no part of the statement.
    pub(super) fn new(text: &'a str) -> Result<Self, StoredError> {
        let mut tokens = tokens(text)?;
        while tokens.last().is_some_and(|last| &text[last.range.clone()] == ";") {
            tokens.pop();
        }
        Ok(Self { text, tokens, at: 0 })
    }

    /// The token here or `ahead` of here.
    pub(super) fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    /// Whether the token `ahead` of here is this keyword or symbol.
    pub(super) fn is(&self, ahead: usize, word: &str) -> bool {
        self.peek(ahead).is_some_and(|token| {
            matches!(token.kind, TokenKind::Word | TokenKind::Symbol)
                && self.text[token.range.clone()].eq_ignore_ascii_case(word)
        })
    }

    /// Whether the token here is one of these keywords.
    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(0, word))
    }

    /// Whether nothing is left.
    pub(super) fn at_end(&self) -> bool {
        self.peek(0).is_none()
    }

    /// Steps over these keywords or symbols if all of them are here.
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let here = words.iter().enumerate().all(|(ahead, word)| self.is(ahead, word));
        if here {
            self.at += words.len();
        }
        here
    }

    /// Steps over this keyword or symbol.
    pub(super) fn expect(&mut self, word: &'static str) -> Result<Range<usize>, StoredError> {
        if !self.is(0, word) {
            return Err(self.unexpected(word));
        }
        self.at += 1;
        Ok(self.previous())
    }

    /// Steps over any token.
    pub(super) fn any(&mut self, expected: &'static str) -> Result<Range<usize>, StoredError> {
        if self.at_end() {
            return Err(self.unexpected(expected));
        }
        self.at += 1;
        Ok(self.previous())
    }

    /// Steps over a name, quoted or not.
    pub(super) fn name(&mut self) -> Result<(String, Range<usize>), StoredError> {
        match self.peek(0).map(|token| token.kind) {
            Some(TokenKind::Word | TokenKind::Quoted | TokenKind::Text) => {
                let range = self.any("a name")?;
                Ok((unquote(&self.text[range.clone()]), range))
            }
            _ => Err(self.unexpected("a name")),
        }
    }

    /// Steps over `(…)`: what stands between, from its first token to its last.
    pub(super) fn group(&mut self) -> Result<Range<usize>, StoredError> {
        self.expect("(")?;
        let first = self.at;
        self.skip_until(&[])?;
        let last = self.at;
        self.expect(")")?;
        self.span(first, last).ok_or_else(|| self.unexpected("an expression"))
    }

    /// Steps over `(…)`, a list of keys.
    pub(super) fn key_parts(&mut self) -> Result<Vec<KeyPart>, StoredError> {
        self.expect("(")?;
        let mut parts = Vec::new();
        loop {
            let first = self.at;
            self.skip_until(&[",", "AUTOINCREMENT"])?;
            parts.push(self.key_part(first, self.at)?);
            if !self.eat(&[","]) {
                return Ok(parts);
            }
        }
    }

    /// The start of the token here, or the end of the text.
    pub(super) fn start(&self) -> usize {
        self.peek(0).map_or(self.text.len(), |token| token.range.start)
    }

    /// The end of the token before here.
    pub(super) fn end(&self) -> usize {
        self.previous().end
    }

    /// From the token here to the last one.
    pub(super) fn rest(&self) -> Option<Range<usize>> {
        self.span(self.at, self.tokens.len())
    }

    /// The error that the token here is not what was expected.
    pub(super) fn unexpected(&self, expected: &'static str) -> StoredError {
        let found = self.peek(0).map_or("end of text", |token| &self.text[token.range.clone()]);
        StoredError::Unexpected { at: self.start(), found: found.to_owned(), expected }
    }

    fn previous(&self) -> Range<usize> {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(0..0, |token| token.range.clone())
    }

    /// The text from one token up to, and without, another.
    fn span(&self, first: usize, last: usize) -> Option<Range<usize>> {
        let tokens = self.tokens.get(first..last)?;
        Some(tokens.first()?.range.start..tokens.last()?.range.end)
    }

    /// Steps to the `)` that closes what is open here, or to one of these words outside of any
    /// further parentheses.
    fn skip_until(&mut self, words: &[&str]) -> Result<(), StoredError> {
        let mut depth = 0_usize;
        loop {
            if depth == 0 && (self.is(0, ")") || self.is_any(words)) {
                return Ok(());
            }
            if self.is(0, "(") {
                depth += 1;
            } else if self.is(0, ")") {
                depth -= 1;
            }
            self.any(")")?;
        }
    }

    /// Reads the tokens from `first` up to `last` as one key.
    fn key_part(&self, first: usize, last: usize) -> Result<KeyPart, StoredError> {
        let is = |at: usize, word: &str| self.is_at(at, word);
        let range = self.span(first, last).ok_or_else(|| self.unexpected("a key"))?;
        let mut end = last;
        let mut order = SortOrder::Ascending;
        if end >= first + 3 && is(end - 2, "NULLS") && (is(end - 1, "FIRST") || is(end - 1, "LAST"))
        {
            end -= 2;
        }
        let ordered = end >= first + 2 && (is(end - 1, "ASC") || is(end - 1, "DESC"));
        if ordered && !is(end - 2, "COLLATE") {
            order = if is(end - 1, "DESC") { SortOrder::Descending } else { SortOrder::Ascending };
            end -= 1;
        }
        let mut collation = None;
        // COLLATE binds tighter than any operator: it is the key's own only behind one operand.
        if end >= first + 3 && is(end - 2, "COLLATE") && self.is_operand(first, end - 2) {
            collation = Some(unquote(&self.text[self.tokens[end - 1].range.clone()]));
            end -= 2;
        }
        let (mut from, mut to) = (first, end);
        while to >= from + 3 && is(from, "(") && self.closing(from) == Some(to - 1) {
            (from, to) = (from + 1, to - 1);
        }
        let expr = self.span(from, to).ok_or_else(|| self.unexpected("a key"))?;
        let name = (to == from + 1).then(|| &self.tokens[from]).filter(|token| {
            matches!(token.kind, TokenKind::Word | TokenKind::Quoted | TokenKind::Text)
        });
        let column = name.map(|token| unquote(&self.text[token.range.clone()]));
        Ok(KeyPart { range, expr, column, collation, order })
    }

    fn is_at(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            matches!(token.kind, TokenKind::Word | TokenKind::Symbol)
                && self.text[token.range.clone()].eq_ignore_ascii_case(word)
        })
    }

    /// Whether the tokens are a single name or value, `(…)` or `name(…)`.
    fn is_operand(&self, first: usize, last: usize) -> bool {
        match last - first {
            1 => true,
            _ if self.is_at(first, "(") => self.closing(first) == Some(last - 1),
            _ if self.is_at(first + 1, "(") => {
                let name = matches!(self.tokens[first].kind, TokenKind::Word | TokenKind::Quoted);
                name && self.closing(first + 1) == Some(last - 1)
            }
            _ => false,
        }
    }

    /// The `)` of the `(` at a token.
    fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in open..self.tokens.len() {
            if self.is_at(at, "(") {
                depth += 1;
            } else if self.is_at(at, ")") {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        None
    }
}
