//! Tokens of the servers' SQL: what the lexers of the backends have in common.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or an identifier without quotes.
    Word,
    /// `"an identifier"` of PostgreSQL, `` `one` `` of MySQL.
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
    /// Whether an identifier without quotes means its lower case.
    folds: bool,
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
            Kind::Word if self.folds => Some(self.text.to_ascii_lowercase()),
            Kind::Word => Some(self.text.to_owned()),
            Kind::Quoted => {
                let quote = self.text.chars().next().filter(|c| matches!(c, '"' | '`'))?;
                let inner = self.text[1..].strip_suffix(quote)?;
                Some(inner.replace(&format!("{quote}{quote}"), &quote.to_string()))
            }
            Kind::String | Kind::Number | Kind::Symbol => None,
        }
    }
}

/// What a lexer knows.
pub(super) struct Rules {
    /// The length of the white space or comment that a text starts with, by its first character.
    pub(super) blank: fn(&str, char) -> usize,
    /// The kind and the length of the token that a text starts with, by its first character.
    pub(super) token: fn(&str, char) -> (Kind, usize),
    /// Whether identifiers without quotes are folded to lower case.
    pub(super) folds: bool,
}

impl Rules {
    /// The tokens of a text; white space and comments are left out. Text that does not end what it
    /// began becomes one last token.
    pub(super) fn tokens<'a>(&self, sql: &'a str) -> Vec<Token<'a>> {
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(c) = sql[at..].chars().next() {
            let rest = &sql[at..];
            let blank = (self.blank)(rest, c);
            if blank > 0 {
                at += blank;
                continue;
            }
            let (kind, length) = (self.token)(rest, c);
            tokens.push(Token { kind, text: &rest[..length], start: at, folds: self.folds });
            at += length;
        }
        tokens
    }
}

/// The length of a quoted token whose opening quote ends before `from`; a doubled quote is one
/// inside it.
pub(super) fn quoted(rest: &str, from: usize, quote: char, backslashes: bool) -> usize {
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
