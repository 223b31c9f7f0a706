//! A cursor over Rust tokens, and the faults found on the way.
//!
//! The macros are read token by token and not through syn's recursive descent: every fault of a
//! file is reported, not only the first, and no input can overflow the stack.

use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;

/// A fault at a place of the file at hand.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    /// It is but the consequence of another fault, and not reported.
    pub(super) follows: bool,
}

impl Fault {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None, follows: false }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With `did you mean …`, where a name comes near.
    pub(super) fn suggest(mut self, suggestion: Option<&str>) -> Self {
        if let Some(name) = suggestion {
            self.hint = Some(format!("did you mean `{name}`?"));
        }
        self
    }
}

pub(super) type Parsed<T> = Result<T, Fault>;

/// The Rust name without `r#`.
pub(super) fn name_of(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The text of a string literal; `None` for a literal of another kind.
pub(super) fn text_of(literal: &Literal) -> Option<String> {
    // syn panics at a literal that is none of Rust's, such as `0b2`.
    let written = literal.to_string();
    if !(written.starts_with('"') || written.starts_with("r\"") || written.starts_with("r#")) {
        return None;
    }
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) if text.suffix().is_empty() => Some(text.value()),
        _ => None,
    }
}

/// Reads one token after the other.
#[derive(Clone)]
pub(super) struct Cursor {
    trees: std::vec::IntoIter<TokenTree>,
    /// Where a token is missed when there is none left.
    end: Span,
}

impl Cursor {
    pub(super) fn new(stream: TokenStream, end: Span) -> Self {
        Self { trees: stream.into_iter().collect::<Vec<_>>().into_iter(), end }
    }

    /// What stands between the delimiters.
    pub(super) fn inside(group: &Group) -> Self {
        Self::new(group.stream(), group.span_close())
    }

    pub(super) fn peek(&self) -> Option<&TokenTree> {
        self.trees.as_slice().first()
    }

    fn peek_second(&self) -> Option<&TokenTree> {
        self.trees.as_slice().get(1)
    }

    pub(super) fn next(&mut self) -> Option<TokenTree> {
        self.trees.next()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.trees.as_slice().is_empty()
    }

    /// The place of the next token, or of the end.
    pub(super) fn span(&self) -> Span {
        match self.peek() {
            Some(TokenTree::Group(group)) => group.span_open(),
            Some(tree) => tree.span(),
            None => self.end,
        }
    }

    pub(super) fn eat_ident(&mut self) -> Option<Ident> {
        match self.peek()? {
            TokenTree::Ident(_) => match self.next()? {
                TokenTree::Ident(ident) => Some(ident),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn ident(&mut self, expected: &str) -> Parsed<Ident> {
        self.eat_ident().ok_or_else(|| self.unexpected(expected))
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(TokenTree::Ident(ident)) if ident == word)
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn is_punct(&self, punct: char) -> bool {
        matches!(self.peek(), Some(TokenTree::Punct(p)) if p.as_char() == punct)
    }

    pub(super) fn eat_punct(&mut self, punct: char) -> bool {
        let found = self.is_punct(punct);
        if found {
            self.next();
        }
        found
    }

    /// `::`, `->`
    pub(super) fn eat_joined(&mut self, first: char, second: char) -> bool {
        let found = matches!(
            (self.peek(), self.peek_second()),
            (Some(TokenTree::Punct(a)), Some(TokenTree::Punct(b)))
                if a.as_char() == first && a.spacing() == Spacing::Joint && b.as_char() == second
        );
        if found {
            self.next();
            self.next();
        }
        found
    }

    pub(super) fn is_group(&self, delimiter: Delimiter) -> bool {
        matches!(self.peek(), Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
    }

    pub(super) fn eat_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        if !self.is_group(delimiter) {
            return None;
        }
        match self.next()? {
            TokenTree::Group(group) => Some(group),
            _ => None,
        }
    }

    pub(super) fn group(&mut self, delimiter: Delimiter, expected: &str) -> Parsed<Group> {
        self.eat_group(delimiter).ok_or_else(|| self.unexpected(expected))
    }

    pub(super) fn eat_literal(&mut self) -> Option<Literal> {
        match self.peek()? {
            TokenTree::Literal(_) => match self.next()? {
                TokenTree::Literal(literal) => Some(literal),
                _ => None,
            },
            _ => None,
        }
    }

    /// A string literal, if a literal comes next.
    pub(super) fn eat_text(&mut self) -> Parsed<Option<(String, Span)>> {
        let Some(literal) = self.eat_literal() else { return Ok(None) };
        match text_of(&literal) {
            Some(text) => Ok(Some((text, literal.span()))),
            None => Err(Fault::new(
                literal.span(),
                format!("`{literal}` is no string, a string in double quotes was expected"),
            )),
        }
    }

    pub(super) fn text(&mut self, expected: &str) -> Parsed<(String, Span)> {
        self.eat_text()?.ok_or_else(|| self.unexpected(expected))
    }

    /// Fails unless all tokens are read.
    pub(super) fn finish(&self, expected: &str) -> Parsed<()> {
        if self.is_empty() { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    /// The next token is not what was expected.
    pub(super) fn unexpected(&self, expected: &str) -> Fault {
        let message = match self.peek() {
            Some(TokenTree::Group(group)) => {
                let open = match group.delimiter() {
                    Delimiter::Parenthesis => "`(`",
                    Delimiter::Brace => "`{`",
                    Delimiter::Bracket => "`[`",
                    Delimiter::None => "a group",
                };
                format!("{open} found, {expected} was expected")
            }
            Some(tree) => format!("`{tree}` found, {expected} was expected"),
            None => format!("{expected} was expected"),
        };
        Fault::new(self.span(), message)
    }

    /// Leaves out everything up to the separator, which is read too.
    pub(super) fn skip_past(&mut self, separator: char) {
        while let Some(tree) = self.next() {
            if matches!(&tree, TokenTree::Punct(p) if p.as_char() == separator) {
                return;
            }
        }
    }

    /// The tokens up to the separator (which is read too), as a cursor of their own. `None` for
    /// the separator when it is missing.
    pub(super) fn split_at(&mut self, separator: char) -> (Self, Option<Span>) {
        let mut part = Vec::new();
        for tree in self.trees.by_ref() {
            match &tree {
                TokenTree::Punct(p) if p.as_char() == separator => {
                    let span = p.span();
                    return (Self { trees: part.into_iter(), end: span }, Some(span));
                }
                _ => part.push(tree),
            }
        }
        (Self { trees: part.into_iter(), end: self.end }, None)
    }

    /// The parts of a list: `a, b, c` with an optional comma at the end. An empty part in between
    /// is a part without tokens.
    pub(super) fn split_list(mut self) -> Vec<Self> {
        let mut parts = Vec::new();
        while !self.is_empty() {
            parts.push(self.split_at(',').0);
        }
        parts
    }
}
