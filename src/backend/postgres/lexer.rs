//! PostgreSQL's SQL in tokens: just enough to compare texts and to cut the server's own.
//!
//! Follows "Lexical Structure" of the manual (4.1): comments nest, `E'…'` knows backslashes,
//! `$tag$…$tag$` knows nothing, identifiers fold to lower case unless quoted.

use crate::backend::token::{Rules, quoted};

pub(super) use crate::backend::token::{Kind, Token};

/// The tokens of a text; white space and comments are left out. Text that does not end what it
/// began becomes one last token.
pub(super) fn tokens(sql: &str) -> Vec<Token<'_>> {
    Rules { blank, token, folds: true }.tokens(sql)
}

/// The length of the white space or comment that the text starts with.
fn blank(rest: &str, first: char) -> usize {
    if first.is_whitespace() {
        return first.len_utf8();
    }
    if rest.starts_with("--") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return nested_comment(rest);
    }
    0
}

fn nested_comment(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => {
                depth += 1;
                at += 2;
            }
            Some(b"*/") => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    rest.len()
}

fn token(rest: &str, first: char) -> (Kind, usize) {
    match first {
        '\'' => (Kind::String, quoted(rest, 1, '\'', false)),
        '"' => (Kind::Quoted, quoted(rest, 1, '"', false)),
        'e' | 'E' if rest[1..].starts_with('\'') => (Kind::String, quoted(rest, 2, '\'', true)),
        'b' | 'B' | 'x' | 'X' | 'n' | 'N' if rest[1..].starts_with('\'') => {
            (Kind::String, quoted(rest, 2, '\'', false))
        }
        'u' | 'U' if rest[1..].starts_with("&'") => (Kind::String, quoted(rest, 3, '\'', false)),
        'u' | 'U' if rest[1..].starts_with("&\"") => (Kind::Quoted, quoted(rest, 3, '"', false)),
        '$' => dollar(rest),
        c if c.is_alphabetic() || c == '_' || !c.is_ascii() => (Kind::Word, word(rest)),
        c if c.is_ascii_digit() => (Kind::Number, number(rest)),
        '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => (Kind::Number, number(rest)),
        _ => (Kind::Symbol, symbol(rest, first)),
    }
}

/// `$tag$…$tag$`, or `$1`, or a lone dollar.
fn dollar(rest: &str) -> (Kind, usize) {
    let tag =
        1 + rest[1..].find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len() - 1);
    if rest[tag..].starts_with('$') && !rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
        let opening = &rest[..=tag];
        let body = tag + 1;
        let length = rest[body..].find(opening).map_or(rest.len(), |at| body + at + opening.len());
        return (Kind::String, length);
    }
    (Kind::Symbol, tag.max(1))
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$' || !c.is_ascii()))
        .unwrap_or(rest.len())
}

fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let exponent_sign = matches!(byte, b'+' | b'-')
            && at > 0
            && matches!(bytes[at - 1], b'e' | b'E')
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || exponent_sign {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// The characters that operators are made of (4.1.3).
const OPERATOR: &str = "+-*/<>=~!@#%^&|`?:";

fn symbol(rest: &str, first: char) -> usize {
    if !OPERATOR.contains(first) {
        return first.len_utf8();
    }
    let mut length = 0;
    for c in rest.chars() {
        let comment = rest[length..].starts_with("--") || rest[length..].starts_with("/*");
        if !OPERATOR.contains(c) || comment {
            break;
        }
        length += 1;
    }
    // A sign behind another operator is a token of its own, unless the operator holds one of
    // the characters that allow it to end in a sign.
    while length > 1
        && rest[..length].ends_with(['+', '-'])
        && !rest[..length].contains(['~', '!', '@', '#', '%', '^', '&', '|', '`', '?'])
    {
        length -= 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sql: &str) -> Vec<&str> {
        tokens(sql).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn what_is_quoted_is_one_token() {
        assert_eq!(
            texts(r#"'it''s' "a""b" E'\'' $x$ ' $x$"#),
            ["'it''s'", r#""a""b""#, r"E'\''", "$x$ ' $x$"]
        );
    }

    #[test]
    fn comments_nest_and_vanish() {
        assert_eq!(texts("a /* b /* c */ d */ + -- e\n f"), ["a", "+", "f"]);
    }

    #[test]
    fn operators_end_before_a_sign() {
        assert_eq!(
            texts("a<-1 b::text c@-d 1.5e-3 $1"),
            ["a", "<", "-", "1", "b", "::", "text", "c", "@-", "d", "1.5e-3", "$1"]
        );
    }

    #[test]
    fn text_without_an_end_is_one_token() {
        assert_eq!(texts("a 'b"), ["a", "'b"]);
        assert_eq!(texts("/* a"), Vec::<&str>::new());
        assert_eq!(texts("é$ $ü$x"), ["é$", "$ü$x"]);
    }
}
