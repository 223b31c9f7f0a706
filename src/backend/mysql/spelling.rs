//! How a native type is spelt: read in any of its spellings, printed as the server prints it.
//!
//! A native type carries what else stands only in the definition of a column and has no word of
//! its own in `ddl!`: `timestamp on update current_timestamp()`, `int invisible`,
//! ``int check (`a` > 0)``. So it is compared, and written, where it was stated.

use std::fmt;

use super::lexer::{Kind, Token, tokens};
use crate::backend::Backend;
use crate::backend::ident;

/// A native type in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    /// `varchar`, `decimal`, `enum`.
    pub(super) name: String,
    /// What stands between the parentheses, one each.
    pub(super) arguments: Vec<String>,
    pub(super) unsigned: bool,
    pub(super) zerofill: bool,
    /// What follows the type in the definition of the column.
    pub(super) tail: Tail,
}

/// What follows the type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tail {
    /// `ON UPDATE`: the expression.
    pub(super) on_update: Option<String>,
    /// `SELECT *` leaves it out.
    pub(super) invisible: bool,
    /// A check that stands with the column (MariaDB).
    pub(super) check: Option<String>,
    /// Words that are not known here, as they were.
    pub(super) unknown: String,
}

/// Other words for the same type (manual, "Using Data Types from Other Database Engines").
static SYNONYMS: &[(&str, &str)] = &[
    ("bool", "tinyint"),
    ("boolean", "tinyint"),
    ("int1", "tinyint"),
    ("int2", "smallint"),
    ("int3", "mediumint"),
    ("middleint", "mediumint"),
    ("int4", "int"),
    ("integer", "int"),
    ("int8", "bigint"),
    ("dec", "decimal"),
    ("fixed", "decimal"),
    ("numeric", "decimal"),
    ("double precision", "double"),
    ("real", "double"),
    ("float4", "float"),
    ("float8", "double"),
    ("character", "char"),
    ("character varying", "varchar"),
    ("char varying", "varchar"),
    ("char byte", "binary"),
    ("nchar", "char"),
    ("nvarchar", "varchar"),
    ("national char", "char"),
    ("national varchar", "varchar"),
    ("long", "mediumtext"),
    ("long varchar", "mediumtext"),
    ("long varbinary", "mediumblob"),
    ("geomcollection", "geometrycollection"),
];

/// Types whose `(n)` is a width for display and nothing else (deprecated in MySQL 8.0.17, and not
/// shown any more).
pub(super) const INTEGERS: [&str; 5] = ["tinyint", "smallint", "mediumint", "int", "bigint"];

impl Spelling {
    /// Reads a type in any spelling.
    pub(super) fn read(native: &str) -> Self {
        let tokens = tokens(native);
        let mut rest = &tokens[..];
        let mut spelling = Self { name: name(&mut rest), ..Self::default() };
        let stated = spelling.name.clone();
        spelling.arguments = arguments(&mut rest);
        spelling.attributes(native, rest);
        spelling.settle(&stated);
        spelling
    }

    /// The type alone, without what follows it.
    pub(super) fn bare(&self) -> Self {
        Self { tail: Tail::default(), ..self.clone() }
    }

    fn attributes(&mut self, native: &str, mut rest: &[Token<'_>]) {
        while let Some((token, behind)) = rest.split_first() {
            let word = token.text.to_ascii_lowercase();
            let next = behind.first();
            rest = match word.as_str() {
                "unsigned" => {
                    self.unsigned = true;
                    behind
                }
                "signed" => behind,
                "zerofill" => {
                    self.zerofill = true;
                    behind
                }
                "invisible" => {
                    self.tail.invisible = true;
                    behind
                }
                "on" if next.is_some_and(|token| token.is_word("update")) => {
                    let (now, behind) = current_timestamp(&behind[1..]);
                    self.tail.on_update = Some(now);
                    behind
                }
                "check" if next.is_some_and(|token| token.is_symbol("(")) => {
                    let length = parenthesised(behind);
                    let (inside, after) = behind.split_at(length);
                    if let [first, .., last] = inside {
                        let text = native[first.end()..last.start].trim().to_owned();
                        self.tail.check = Some(text);
                    }
                    after
                }
                _ => {
                    let space = if self.tail.unknown.is_empty() { "" } else { " " };
                    self.tail.unknown.push_str(&format!("{space}{word}"));
                    behind
                }
            };
        }
    }

    /// What the server makes of it.
    fn settle(&mut self, stated: &str) {
        if let Some((_, usual)) = SYNONYMS.iter().find(|(other, _)| *other == self.name) {
            (*usual).clone_into(&mut self.name);
        }
        self.unsigned |= self.zerofill;
        let one = |spelling: &mut Self| {
            if spelling.arguments.is_empty() {
                spelling.arguments = vec!["1".to_owned()];
            }
        };
        match self.name.as_str() {
            "serial" => {
                "bigint".clone_into(&mut self.name);
                self.unsigned = true;
            }
            "tinyint" if matches!(stated, "bool" | "boolean") => {
                self.arguments = vec!["1".to_owned()];
            }
            "tinyint" if !self.unsigned && self.arguments == ["1"] => {}
            name if INTEGERS.contains(&name) && !self.zerofill => self.arguments.clear(),
            "decimal" => {
                if self.arguments.is_empty() {
                    self.arguments.push("10".to_owned());
                }
                if self.arguments.len() == 1 {
                    self.arguments.push("0".to_owned());
                }
            }
            "float" if self.arguments.len() == 1 => {
                let precision = self.arguments[0].parse::<u32>().unwrap_or(0);
                self.arguments.clear();
                if precision > 24 {
                    "double".clone_into(&mut self.name);
                }
            }
            "char" | "binary" | "bit" => one(self),
            "year" => self.arguments.clear(),
            "datetime" | "timestamp" | "time" if self.arguments == ["0"] => self.arguments.clear(),
            _ => {}
        }
    }
}

/// The words of the name.
fn name(rest: &mut &[Token<'_>]) -> String {
    let mut name = String::new();
    while let Some((token, behind)) = rest.split_first() {
        let word = token.text.to_ascii_lowercase();
        let goes_on = match name.as_str() {
            "" => true,
            "double" => word == "precision",
            "character" | "char" => word == "varying" || word == "byte",
            "national" => word == "char" || word == "varchar",
            "long" => word == "varchar" || word == "varbinary",
            _ => false,
        };
        if token.kind != Kind::Word || !goes_on {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(&word);
        *rest = behind;
    }
    name
}

/// `(…)`: numbers, or the labels of an enum or a set.
fn arguments(rest: &mut &[Token<'_>]) -> Vec<String> {
    if !rest.first().is_some_and(|token| token.is_symbol("(")) {
        return Vec::new();
    }
    let length = parenthesised(rest);
    let (inside, behind) = rest.split_at(length);
    *rest = behind;
    let values = inside.iter().filter(|token| token.kind != Kind::Symbol);
    values
        .map(|token| match token.kind {
            Kind::String => ident::literal(Backend::Mysql, &unquoted(token.text)),
            Kind::Word | Kind::Quoted | Kind::Number | Kind::Symbol => {
                token.text.to_ascii_lowercase()
            }
        })
        .collect()
}

/// How many tokens an opening parenthesis and all up to its partner are.
pub(super) fn parenthesised(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        depth += usize::from(token.is_symbol("("));
        depth -= usize::from(token.is_symbol(")"));
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// `CURRENT_TIMESTAMP`, in any of its spellings, with its digits.
fn current_timestamp<'a, 'b>(tokens: &'b [Token<'a>]) -> (String, &'b [Token<'a>]) {
    let rest = tokens.get(1..).unwrap_or_default();
    if !rest.first().is_some_and(|token| token.is_symbol("(")) {
        return ("current_timestamp()".to_owned(), rest);
    }
    let (inside, behind) = rest.split_at(parenthesised(rest));
    let digits = inside.get(1).filter(|token| token.kind == Kind::Number).map(|token| token.text);
    (format!("current_timestamp({})", digits.unwrap_or_default()), behind)
}

/// What a string token says: quotes doubled, and backslashes as the default mode reads them.
pub(super) fn unquoted(text: &str) -> String {
    let quote = if text.starts_with('"') { '"' } else { '\'' };
    let inner = text.strip_prefix(quote).and_then(|t| t.strip_suffix(quote)).unwrap_or(text);
    let mut said = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        if c == quote {
            characters.next();
            said.push(quote);
        } else if c == '\\' {
            match characters.next() {
                Some('n') => said.push('\n'),
                Some('r') => said.push('\r'),
                Some('t') => said.push('\t'),
                Some('0') => said.push('\0'),
                Some('b') => said.push('\u{8}'),
                Some('Z') => said.push('\u{1a}'),
                Some(other) => said.push(other),
                None => said.push('\\'),
            }
        } else {
            said.push(c);
        }
    }
    said
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if !self.arguments.is_empty() {
            write!(f, "({})", self.arguments.join(","))?;
        }
        if self.unsigned {
            f.write_str(" unsigned")?;
        }
        if self.zerofill {
            f.write_str(" zerofill")?;
        }
        if !self.tail.unknown.is_empty() {
            write!(f, " {}", self.tail.unknown)?;
        }
        if self.tail.invisible {
            f.write_str(" invisible")?;
        }
        if let Some(now) = &self.tail.on_update {
            write!(f, " on update {now}")?;
        }
        match &self.tail.check {
            Some(check) => write!(f, " check ({check})"),
            None => Ok(()),
        }
    }
}
