//! MySQL's SQL in tokens: just enough to compare texts and to cut the server's own.
//!
//! Follows "Lexical Structure" of both manuals with the default `sql_mode`: backslashes escape in
//! strings, `"…"` is a string, `` `…` `` a name. The server's own texts never depend on the mode.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or a name without quotes.
    Word,
    /// `` `a name` ``.
    Quoted,
    /// `'a string'`, `"a string"`, `x'41'`.
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

    /// The name that it spells, unquoted.
    pub(super) fn identifier(&self) -> Option<String> {
        match self.kind {
            Kind::Word => Some(self.text.to_owned()),
            Kind::Quoted => {
                let inner = self.text.strip_prefix('`')?.strip_suffix('`')?;
                Some(inner.replace("``", "`"))
            }
            Kind::String | Kind::Number | Kind::Symbol => None,
        }
    }
}

/// Operators of more than one character (manual, "Operators"), the longest first.
const OPERATORS: [&str; 12] =
    ["<=>", "->>", "<=", ">=", "<>", "!=", "||", "&&", ":=", "<<", ">>", "->"];

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
