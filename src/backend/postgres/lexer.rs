//! PostgreSQL's SQL in tokens: just enough to compare texts and to cut the server's own.
//!
//! Follows "Lexical Structure" of the manual (4.1): comments nest, `E'…'` knows backslashes,
//! `$tag$…$tag$` knows nothing, identifiers fold to lower case unless quoted.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or an identifier without quotes.
    Word,
    /// `"an identifier"`.
    Quoted,
    /// `'a string'`, in any of its forms.
    String,
    /// A number.
    Number,
    /// One character of punctuation, or an operator.
    Symbol,
}

/// One token and its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Byte offset of its first character.
    pub(super) start: usize,
}

impl Token<'_> {
    /// The byte offset behind it.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this keyword, in any case.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is this symbol.
    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        self.kind == Kind::Symbol && self.text == symbol
    }

    /// The identifier that it spells, folded or unquoted.
    pub(super) fn identifier(&self) -> Option<String> {
        match self.kind {
            Kind::Word => Some(self.text.to_ascii_lowercase()),
            Kind::Quoted => {
                let inner = self.text.strip_prefix('"')?.strip_suffix('"')?;
                Some(inner.replace("\"\"", "\""))
            }
            Kind::String | Kind::Number | Kind::Symbol => None,
        }
    }
}

/// The tokens of a text; white space and comments are left out. Text that does not end what it
/// began becomes one last token.
pub(super) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = sql[at..].chars().next() {
        let rest = &sql[at..];
        let blank = blank(rest, c);
        if blank > 0 {
            at += blank;
            continue;
        }
        let (kind, length) = token(rest, c);
        tokens.push(Token { kind, text: &rest[..length], start: at });
        at += length;
    }
    tokens
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

/// The length of a quoted token whose opening quote ends before `from`; a doubled quote is one
/// inside it.
fn quoted(rest: &str, from: usize, quote: char, backslashes: bool) -> usize {
    let mut characters = rest[from..].char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && backslashes {
            characters.next();
        } else if c == quote {
            match characters.peek() {
                Some((_, next)) if *next == quote => {
                    characters.next();
                }
                Some(_) | None => return from + at + 1,
            }
        }
    }
    rest.len()
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
