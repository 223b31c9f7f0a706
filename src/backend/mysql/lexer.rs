//! MySQL's SQL in tokens: just enough to compare texts and to cut the server's own.
//!
//! Follows "Lexical Structure" of both manuals with the default `sql_mode`: backslashes escape in
//! strings, `"…"` is a string, `` `…` `` a name. The server's own texts never depend on the mode.

use crate::backend::token::{Rules, quoted};

pub(super) use crate::backend::token::{Kind, Token};

/// Operators of more than one character (manual, "Operators"), the longest first.
const OPERATORS: [&str; 12] =
    ["<=>", "->>", "<=", ">=", "<>", "!=", "||", "&&", ":=", "<<", ">>", "->"];

/// The tokens of a text; white space and comments are left out. Text that does not end what it
/// began becomes one last token.
pub(super) fn tokens(sql: &str) -> Vec<Token<'_>> {
    Rules { blank, token, folds: false }.tokens(sql)
}

/// The length of the white space or comment that the text starts with. `--` needs a blank behind it.
fn blank(rest: &str, first: char) -> usize {
    if first.is_whitespace() {
        return first.len_utf8();
    }
    let dashes = rest.starts_with("--")
        && rest[2..].chars().next().is_none_or(|c| c.is_whitespace() || c.is_control());
    if dashes || first == '#' {
        return rest.find('\n').unwrap_or(rest.len());
    }
    // `/*! … */` is run, not skipped.
    if rest.starts_with("/*") && !rest.starts_with("/*!") && !rest.starts_with("/*M!") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    0
}

fn token(rest: &str, first: char) -> (Kind, usize) {
    match first {
        '\'' | '"' => (Kind::String, quoted(rest, 1, first, true)),
        '`' => (Kind::Quoted, quoted(rest, 1, '`', false)),
        'b' | 'B' | 'x' | 'X' | 'n' | 'N' if rest[1..].starts_with('\'') => {
            (Kind::String, quoted(rest, 2, '\'', true))
        }
        c if is_word(c) && !c.is_ascii_digit() => (Kind::Word, word(rest)),
        c if c.is_ascii_digit() => number(rest),
        '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => number(rest),
        _ => {
            let operator = OPERATORS.iter().find(|operator| rest.starts_with(**operator));
            (Kind::Symbol, operator.map_or(first.len_utf8(), |operator| operator.len()))
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$' || c == '@' || !c.is_ascii()
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
}

/// A number; a name may begin with digits too.
fn number(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let exponent = matches!(bytes[at], b'+' | b'-')
            && at > 0
            && matches!(bytes[at - 1], b'e' | b'E')
            && bytes[0].is_ascii_digit();
        let begins_exponent = matches!(bytes[at], b'e' | b'E')
            && bytes.get(at + 1).is_some_and(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-'));
        if !(bytes[at].is_ascii_digit() || bytes[at] == b'.' || exponent || begins_exponent) {
            break;
        }
        at += 1;
    }
    match rest[at..].chars().next() {
        Some(c) if is_word(c) && !rest[..at].contains('.') => (Kind::Word, word(rest)),
        _ => (Kind::Number, at.max(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sql: &str) -> Vec<&str> {
        tokens(sql).iter().map(|token| token.text).collect()
    }

    #[test]
    fn a_text_in_tokens() {
        assert_eq!(
            texts("`a``b` <=> 'it''s \\' x' -- gone\n+ 1.5e-3 # gone\n/* gone */ x'41'"),
            ["`a``b`", "<=>", "'it''s \\' x'", "+", "1.5e-3", "x'41'"]
        );
        assert_eq!(texts("a--1"), ["a", "-", "-", "1"]);
        assert_eq!(texts("1st_place + .5"), ["1st_place", "+", ".5"]);
        assert_eq!(tokens("`a``b`")[0].identifier().as_deref(), Some("a`b"));
        assert_eq!(tokens("'a'")[0].identifier(), None);
        assert_eq!(texts("'never ends"), ["'never ends"]);
    }
}
