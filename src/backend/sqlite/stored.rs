//! The CREATE text that SQLite stores, read in slices.
//!
//! SQLite keeps the text of every table and index as it was typed, and has no pragma for checks,
//! collations, constraint names or `AUTOINCREMENT`: whoever wants them, or wants to change the text
//! and keep the rest of it, has to read it. It is read here token by token, so that each part has
//! its exact place in the text, comments within included. SQLite's own grammar (`sqlite3-parser`)
//! reads the same text a second time; where the two disagree the text is refused, because a splice
//! in the wrong place would write a wrong table.
//!
//! ```
//! use glowplug::backend::sqlite::stored::{ElementKind, read_table};
//!
//! let table = read_table("CREATE TABLE session (id INTEGER PRIMARY KEY, plan TEXT /* why */)")?;
//! let ElementKind::Column(plan) = &table.elements[1].kind else { panic!("a column") };
//! assert_eq!(plan.name, "plan");
//! assert_eq!(table.slice(&table.elements[1].range), "plan TEXT");
//! # Ok::<(), glowplug::backend::sqlite::stored::StoredError>(())
//! ```

mod cursor;
mod index;
mod table;
mod token;
mod tree;
mod unsaid;

use std::ops::Range;

use crate::model::{Deferrable, ReferentialAction, SortOrder};

pub use index::read_index;
pub use table::read_table;
pub use token::{Token, TokenKind, tokens, unquote};
pub use unsaid::unsaid;

/// A `CREATE TABLE` in slices of its text. All ranges are bytes of `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTable<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The token that names the table, with its quotes.
    pub name: Range<usize>,
    /// The `(` before the first column.
    pub body_open: usize,
    /// The `)` after the last column or constraint.
    pub body_close: usize,
    /// The columns, then the table's constraints, as written.
    pub elements: Vec<Element>,
    /// The options after the `)`; empty where there are none.
    pub tail: Range<usize>,
    /// Whether the options say `STRICT`.
    pub strict: bool,
    /// Whether the options say `WITHOUT ROWID`.
    pub without_rowid: bool,
}

impl<'a> StoredTable<'a> {
    /// A part of the text.
    #[must_use]
    pub fn slice(&self, range: &Range<usize>) -> &'a str {
        &self.text[range.clone()]
    }

    /// The columns, with their elements' ranges.
    pub fn columns(&self) -> impl Iterator<Item = (&Range<usize>, &StoredColumn)> {
        self.elements.iter().filter_map(|element| match &element.kind {
            ElementKind::Column(column) => Some((&element.range, column)),
            ElementKind::Constraint(_) => None,
        })
    }

    /// The table's own constraints, with their elements' ranges.
    pub fn constraints(&self) -> impl Iterator<Item = (&Range<usize>, &TableConstraint)> {
        self.elements.iter().filter_map(|element| match &element.kind {
            ElementKind::Column(_) => None,
            ElementKind::Constraint(constraint) => Some((&element.range, constraint)),
        })
    }
}

/// One element of the body. Commas between elements are outside of their ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// From its first token to its last.
    pub range: Range<usize>,
    /// What it is.
    pub kind: ElementKind,
}

/// A column or a table constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementKind {
    /// A column.
    Column(StoredColumn),
    /// A table constraint. It may follow the one before it without a comma.
    Constraint(TableConstraint),
}

/// A column definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredColumn {
    /// Its name, unquoted.
    pub name: String,
    /// The token that names it, with its quotes.
    pub name_range: Range<usize>,
    /// Its declared type, `VARCHAR(20)`, if it has one.
    pub type_range: Option<Range<usize>>,
    /// Its constraints, in the order of the text.
    pub constraints: Vec<ColumnConstraint>,
}

/// A constraint of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnConstraint {
    /// From `CONSTRAINT` or the constraint's first word to its last token.
    pub range: Range<usize>,
    /// The name that `CONSTRAINT` gives it.
    pub name: Option<String>,
    /// The word after `ON CONFLICT`, in upper case.
    pub on_conflict: Option<String>,
    /// What it says.
    pub kind: ColumnConstraintKind,
}

/// What a constraint of a column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnConstraintKind {
    /// `NOT NULL`.
    NotNull,
    /// `NULL`, which says nothing.
    Null,
    /// `PRIMARY KEY`.
    PrimaryKey {
        /// `AUTOINCREMENT`.
        autoincrement: bool,
        /// `ASC` or `DESC`; with `DESC` the column is no alias of the rowid.
        order: SortOrder,
    },
    /// `UNIQUE`.
    Unique,
    /// `CHECK (…)`.
    Check {
        /// The expression, without its parentheses.
        expr: Range<usize>,
    },
    /// `DEFAULT …`.
    Default {
        /// The value or the expression, without its outer parentheses.
        expr: Range<usize>,
        /// Whether parentheses stand around it.
        parenthesized: bool,
    },
    /// `COLLATE …`.
    Collate {
        /// The collation, unquoted.
        name: String,
    },
    /// `REFERENCES …`.
    References(References),
    /// `DEFERRABLE …` apart from the `REFERENCES` that it belongs to: the last one before it.
    Deferrable(Deferrable),
    /// `GENERATED ALWAYS AS (…)`.
    Generated {
        /// The expression, without its parentheses.
        expr: Range<usize>,
        /// `STORED`, and not `VIRTUAL`.
        stored: bool,
    },
}

/// What stands from `REFERENCES` on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct References {
    /// The table referred to, unquoted.
    pub table: String,
    /// The token that names it, with its quotes.
    pub table_range: Range<usize>,
    /// The columns referred to; empty where the text leaves them to the primary key.
    pub columns: Vec<ColumnName>,
    /// `ON DELETE …`.
    pub on_delete: ReferentialAction,
    /// `ON UPDATE …`.
    pub on_update: ReferentialAction,
    /// `DEFERRABLE …`.
    pub deferrable: Deferrable,
    /// `MATCH …` and `ON INSERT …`, which SQLite reads and does not heed.
    pub unheeded: Vec<Range<usize>>,
}

/// A column in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName {
    /// Its name, unquoted.
    pub name: String,
    /// The token that names it, with its quotes.
    pub range: Range<usize>,
}

/// A constraint of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableConstraint {
    /// The name that `CONSTRAINT` gives it.
    pub name: Option<String>,
    /// The word after `ON CONFLICT`, in upper case.
    pub on_conflict: Option<String>,
    /// What it says.
    pub kind: TableConstraintKind,
}

/// What a constraint of a table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableConstraintKind {
    /// `PRIMARY KEY (…)`.
    PrimaryKey {
        /// Its columns.
        columns: Vec<KeyPart>,
        /// `AUTOINCREMENT`, which the grammar allows within the parentheses.
        autoincrement: bool,
    },
    /// `UNIQUE (…)`.
    Unique {
        /// Its columns.
        columns: Vec<KeyPart>,
    },
    /// `CHECK (…)`.
    Check {
        /// The expression, without its parentheses.
        expr: Range<usize>,
    },
    /// `FOREIGN KEY (…) REFERENCES …`.
    ForeignKey {
        /// The referring columns.
        columns: Vec<ColumnName>,
        /// What they refer to.
        references: References,
    },
}

/// One key of an index, a primary key or a unique constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart {
    /// The whole part.
    pub range: Range<usize>,
    /// The column or the expression, without `COLLATE`, `ASC` and `DESC`, and without outer
    /// parentheses.
    pub expr: Range<usize>,
    /// The name, unquoted, where the part is one name. A name that is no column of the table is
    /// an expression to SQLite.
    pub column: Option<String>,
    /// `COLLATE …`, unquoted.
    pub collation: Option<String>,
    /// `ASC` or `DESC`.
    pub order: SortOrder,
}

/// A `CREATE INDEX` in slices of its text. All ranges are bytes of `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredIndex<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Whether it is `UNIQUE`.
    pub unique: bool,
    /// The token that names the index, with its quotes.
    pub name: Range<usize>,
    /// The token that names the table, with its quotes.
    pub table: Range<usize>,
    /// Its keys.
    pub parts: Vec<KeyPart>,
    /// What stands behind `WHERE`.
    pub predicate: Option<Range<usize>>,
}

impl<'a> StoredIndex<'a> {
    /// A part of the text.
    #[must_use]
    pub fn slice(&self, range: &Range<usize>) -> &'a str {
        &self.text[range.clone()]
    }
}

/// Why a stored text was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoredError {
    /// The text does not fall into tokens.
    #[error("its text has no token at byte {at}")]
    Token {
        /// The byte.
        at: usize,
    },
    /// A token is not what the grammar has in its place.
    #[error("its text has `{found}` at byte {at}, where {expected} was expected")]
    Unexpected {
        /// The byte.
        at: usize,
        /// The token, or `end of text`.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// SQLite's grammar does not accept the text.
    #[error("its text is not SQLite's grammar: {reason}")]
    Grammar {
        /// What the parser said.
        reason: String,
    },
    /// The slices and the tree differ.
    #[error("its text reads as {slices} by its slices, and as {tree} by SQLite's grammar")]
    Disagreement {
        /// What the slices hold.
        slices: String,
        /// What the tree holds.
        tree: String,
    },
}
