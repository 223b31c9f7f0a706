//! SQLite's tokens, with their places in the text.

use std::ops::Range;

use sqlite3_parser::dialect::TokenType;
use sqlite3_parser::lexer::Scanner;
use sqlite3_parser::lexer::sql::Tokenizer;

use super::StoredError;

/// One token. Spaces and comments are between tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text, quotes included.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A keyword or a name without quotes: SQLite itself tells them apart only by where they stand.
    Word,
    /// A name in `"…"`, `[…]` or backticks.
    Quoted,
    /// A text in `'…'`.
    Text,
    /// An integer or a real number.
    Number,
    /// A blob, `x'00'`.
    Blob,
    /// A parameter, `?1`.
    Parameter,
    /// An operator, a comma, a parenthesis.
    Symbol,
}

/// The tokens of a SQL text.
///
/// # Errors
/// When the text does not fall into tokens: an open quote, a stray character.
pub fn tokens(sql: &str) -> Result<Vec<Token>, StoredError> {
    let mut scanner = Scanner::new(Tokenizer::new());
    let mut tokens: Vec<Token> = Vec::new();
    loop {
        match scanner.scan(sql.as_bytes()) {
            Ok((start, Some((_, token)), end)) => {
                tokens.push(Token { range: start..end, kind: kind(token, sql.as_bytes()[start]) });
            }
            Ok((_, None, _)) => return Ok(tokens),
            Err(_) => {
                return Err(StoredError::Token { at: tokens.last().map_or(0, |t| t.range.end) });
            }
        }
    }
}

fn kind(token: TokenType, first: u8) -> TokenKind {
    match (token, first) {
        (TokenType::TK_STRING, _) => TokenKind::Text,
        (TokenType::TK_BLOB, _) => TokenKind::Blob,
        (TokenType::TK_INTEGER | TokenType::TK_FLOAT, _) => TokenKind::Number,
        (TokenType::TK_VARIABLE, _) => TokenKind::Parameter,
        (_, b'"' | b'[' | b'`') => TokenKind::Quoted,
        (_, b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80..) => TokenKind::Word,
        _ => TokenKind::Symbol,
    }
}

/// A name or text without its quotes: `"a""b"`, `[a"b]` and `'a"b'` are all `a"b`.
///
/// ```
/// use glowplug::backend::sqlite::stored::unquote;
///
/// assert_eq!(unquote(r#""odd ""name""""#), r#"odd "name""#);
/// assert_eq!(unquote("plain"), "plain");
/// ```
#[must_use]
pub fn unquote(token: &str) -> String {
    let mut inner = token.chars();
    let (open, close) = (inner.next(), inner.next_back());
    match (open, close) {
        (Some('['), Some(']')) => inner.as_str().to_owned(),
        (Some(quote @ ('"' | '\'' | '`')), Some(end)) if quote == end => {
            inner.as_str().replace(&format!("{quote}{quote}"), &quote.to_string())
        }
        _ => token.to_owned(),
    }
}
