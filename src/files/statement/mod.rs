//! Cuts a migration's text into statements, as the server's own client would.
//!
//! The cut knows strings, quoted names, comments, dollar quotes and the bodies of triggers and
//! functions; it does not parse SQL. Every text is accepted, and the pieces put together are the
//! text.

mod lexer;

use std::ops::Range;

use lexer::{Kind, Lexer, Token};

use crate::model::Backend;

/// A statement with the spaces and comments before it, and its semicolon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Where the piece stands in the text.
    pub range: Range<usize>,
    /// The line of its first word, from 1.
    pub line: usize,
    /// From its first word to its end; empty when there are only spaces and comments.
    pub text: &'a str,
    words: Vec<String>,
}

impl Piece<'_> {
    /// Whether there is nothing to run.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.is_empty() || self.text == ";"
    }

    /// The first words in upper case, at most eight, names in quotes left out.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether the statement starts with these words.
    #[must_use]
    pub fn starts_with(&self, words: &[&str]) -> bool {
        self.words.len() >= words.len() && self.words.iter().zip(words).all(|(a, b)| a == b)
    }
}

/// A token of a statement that counts: no space, no comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lexeme<'a> {
    /// As written, quotes included.
    pub(crate) text: &'a str,
    kind: Kind,
}

impl Lexeme<'_> {
    /// Whether it is this bare word, in whatever case.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.kind != Kind::Quoted && self.text.eq_ignore_ascii_case(word)
    }

    /// What a name or a value says without its quotes; nothing for a symbol.
    pub(crate) fn plain(&self) -> Option<String> {
        match self.kind {
            Kind::Word => Some(self.text.to_owned()),
            Kind::Quoted => {
                let close = match self.text.chars().next()? {
                    '[' => ']',
                    quote => quote,
                };
                let inner = &self.text[1..];
                let inner = inner.strip_suffix(close).unwrap_or(inner);
                Some(inner.replace(&format!("{close}{close}"), &close.to_string()))
            }
            Kind::Blank | Kind::Symbol => None,
        }
    }

    /// What stands in a string, PostgreSQL's `$tag$ … $tag$` included: it may be code.
    pub(crate) fn body(&self) -> Option<String> {
        let delimiter = self.text.strip_prefix('$').and_then(|rest| rest.find('$'));
        match (self.kind, delimiter) {
            (Kind::Quoted, Some(end)) => {
                let body = &self.text[end + 2..];
                Some(body.strip_suffix(&self.text[..end + 2]).unwrap_or(body).to_owned())
            }
            (Kind::Quoted, None) if self.text.starts_with('\'') => self.plain(),
            _ => None,
        }
    }
}

/// The tokens of a statement.
pub(crate) fn lexemes(backend: Backend, sql: &str) -> Vec<Lexeme<'_>> {
    let tokens = Lexer::new(backend, sql).filter(|token| token.kind != Kind::Blank);
    tokens.map(|token| Lexeme { text: &sql[token.range], kind: token.kind }).collect()
}

/// How many words of a statement are kept.
const WORDS: usize = 8;

/// Cuts the text at the semicolons that end a statement.
///
/// ```
/// use glowplug::files::statement::split;
/// use glowplug::model::Backend;
///
/// let pieces = split(Backend::Sqlite, "-- one\nSELECT ';';\nSELECT 2");
/// let texts: Vec<_> = pieces.iter().map(|piece| (piece.line, piece.text)).collect();
/// assert_eq!(texts, [(2, "SELECT ';';"), (3, "SELECT 2")]);
/// ```
#[must_use]
pub fn split(backend: Backend, sql: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut open = Open::new(0);
    let mut line = Lines { text: sql, at: 0, line: 1 };
    for token in Lexer::new(backend, sql) {
        if open.take(backend, sql, &token) {
            pieces.push(open.close(sql, token.range.end, &mut line));
            open = Open::new(token.range.end);
        }
    }
    if open.start < sql.len() {
        pieces.push(open.close(sql, sql.len(), &mut line));
    }
    pieces
}

/// The piece that is being read.
struct Open {
    start: usize,
    first: Option<usize>,
    words: Vec<String>,
    /// Open parentheses: PostgreSQL's `CREATE RULE … DO (a; b)`.
    parentheses: usize,
    body: Body,
    /// The last tokens that count: for `; END` and `END IF`.
    previous: Previous,
}

/// A body of statements inside the statement.
#[derive(PartialEq)]
enum Body {
    /// None begun.
    None,
    /// A SQLite trigger, which ends as `sqlite3_complete()` says: at `; END ;`.
    Trigger { ended: bool },
    /// `BEGIN … END`, with what is nested in it.
    Block(usize),
    /// MySQL: `IF … END IF` and its like where a body stands, with the blocks and the others of its kind
    /// that are open in it.
    Control { depth: usize, open: usize },
}

/// What has a body in MySQL.
const ROUTINES: [&str; 4] = ["FUNCTION", "PROCEDURE", "TRIGGER", "EVENT"];

/// What begins a statement of MySQL that ends with `END` and the same word.
const CONTROLS: [&str; 5] = ["IF", "LOOP", "WHILE", "REPEAT", "FOR"];

/// The words behind which a statement of a body begins.
const OPENERS: [&str; 12] = [
    "THEN",
    "ELSE",
    "DO",
    "LOOP",
    "REPEAT",
    "BEGIN",
    "ROW",
    "DETERMINISTIC",
    "DATA",
    "SQL",
    "INVOKER",
    "DEFINER",
];

#[derive(PartialEq)]
enum Previous {
    Start,
    Semicolon,
    Dot,
    End,
    /// A statement of a body may begin here: behind a word, a label, the parameters.
    Opener,
    Other,
}

impl Open {
    fn new(start: usize) -> Self {
        Self {
            start,
            first: None,
            words: Vec::new(),
            parentheses: 0,
            body: Body::None,
            previous: Previous::Start,
        }
    }

    /// Takes a token; true when it ends the piece.
    fn take(&mut self, backend: Backend, sql: &str, token: &Token) -> bool {
        if token.kind == Kind::Blank {
            return false;
        }
        self.first.get_or_insert(token.range.start);
        let text = &sql[token.range.clone()];
        let previous = std::mem::replace(&mut self.previous, Previous::Other);
        match (token.kind, text) {
            (Kind::Symbol, "(") => self.parentheses += 1,
            (Kind::Symbol, ")") => {
                self.parentheses = self.parentheses.saturating_sub(1);
                self.previous = Previous::Opener;
            }
            (Kind::Symbol, ":") => self.previous = Previous::Opener,
            (Kind::Symbol, ".") => self.previous = Previous::Dot,
            (Kind::Symbol, ";") => {
                self.previous = Previous::Semicolon;
                return self.ends_here();
            }
            (Kind::Word, _) => self.take_word(backend, &text.to_ascii_uppercase(), &previous),
            _ => self.body = Self::reopened(std::mem::replace(&mut self.body, Body::None)),
        }
        false
    }

    fn ends_here(&self) -> bool {
        match self.body {
            Body::None | Body::Trigger { ended: true } => self.parentheses == 0,
            Body::Trigger { ended: false } => false,
            Body::Block(depth) => depth == 0 && self.parentheses == 0,
            Body::Control { depth, open } => depth == 0 && open == 0 && self.parentheses == 0,
        }
    }

    /// `; END` only ends a trigger when the semicolon follows at once.
    fn reopened(body: Body) -> Body {
        match body {
            Body::Trigger { .. } => Body::Trigger { ended: false },
            body => body,
        }
    }

    fn take_word(&mut self, backend: Backend, word: &str, previous: &Previous) {
        if *previous == Previous::Dot {
            return;
        }
        if self.words.len() < WORDS {
            self.words.push(word.to_owned());
        }
        if OPENERS.contains(&word) {
            self.previous = Previous::Opener;
        }
        match &mut self.body {
            Body::Trigger { ended } => *ended = word == "END" && *previous == Previous::Semicolon,
            Body::Block(depth) => match word {
                "BEGIN" => *depth += 1,
                "CASE" if *previous != Previous::End => *depth += 1,
                "END" => {
                    *depth = depth.saturating_sub(1);
                    self.previous = Previous::End;
                }
                // `END IF` closes what did not open a block here.
                control if *previous == Previous::End && CONTROLS.contains(&control) => *depth += 1,
                _ => {}
            },
            Body::Control { depth, open } => match word {
                "BEGIN" => *depth += 1,
                "CASE" if *previous != Previous::End => *depth += 1,
                "END" => {
                    *depth = depth.saturating_sub(1);
                    self.previous = Previous::End;
                }
                control if CONTROLS.contains(&control) => match previous {
                    Previous::End => *open = open.saturating_sub(1),
                    Previous::Semicolon | Previous::Opener => *open += 1,
                    _ => {}
                },
                _ => {}
            },
            Body::None => self.body = self.begun(backend, word, previous),
        }
    }

    /// The body that this word begins.
    fn begun(&self, backend: Backend, word: &str, previous: &Previous) -> Body {
        let creates = |kinds: &[&str]| {
            self.words.first().is_some_and(|first| first == "CREATE")
                && self.words.iter().any(|word| kinds.contains(&word.as_str()))
        };
        let trigger = |words: &[String]| {
            words.split_first().is_some_and(|(first, rest)| {
                let known =
                    |word: &String| matches!(word.as_str(), "TEMP" | "TEMPORARY" | "TRIGGER");
                first == "CREATE" && rest.iter().all(known)
            })
        };
        match (backend, word) {
            (Backend::Sqlite, "TRIGGER") if trigger(&self.words) => Body::Trigger { ended: false },
            _ if self.parentheses > 0 => Body::None,
            (Backend::Postgres, "BEGIN") if creates(&["FUNCTION", "PROCEDURE"]) => Body::Block(1),
            (Backend::Mysql, "BEGIN") if creates(&ROUTINES) => Body::Block(1),
            // MariaDB: a block that is no routine.
            (Backend::Mysql, "ATOMIC") if self.words == ["BEGIN", "NOT", "ATOMIC"] => {
                Body::Block(1)
            }
            // `FOR EACH ROW` begins no loop.
            (Backend::Mysql, "IF" | "LOOP" | "WHILE" | "REPEAT")
                if *previous == Previous::Opener && creates(&ROUTINES) =>
            {
                Body::Control { depth: 0, open: 1 }
            }
            _ => Body::None,
        }
    }

    fn close<'a>(self, sql: &'a str, end: usize, lines: &mut Lines<'_>) -> Piece<'a> {
        let first = self.first.unwrap_or(end);
        Piece {
            range: self.start..end,
            line: lines.of(first),
            text: sql[first..end].trim_end(),
            words: self.words,
        }
    }
}

/// Counts lines, forward only.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> usize {
        self.line += self.text[self.at..offset].bytes().filter(|&byte| byte == b'\n').count();
        self.at = offset;
        self.line
    }
}
