//! Keys, uniques, checks and foreign keys.
//!
//! A name is `None` where the constraint was not named: the models leave it to the backend, and
//! SQLite keeps a constraint without a name.

use serde::Serialize;

use super::{QualifiedName, SortOrder};

/// The primary key of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrimaryKey {
    /// The name of the constraint.
    pub name: Option<String>,
    /// Its columns, in key order.
    pub columns: Vec<String>,
    /// What only some backends can say of it.
    #[serde(skip_serializing_if = "ConstraintOptions::is_default")]
    pub options: ConstraintOptions,
}

/// `UNIQUE (…)`, a constraint; a unique index is an [`Index`](super::Index).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UniqueConstraint {
    /// The name of the constraint.
    pub name: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<String>,
    /// What only some backends can say of it.
    #[serde(skip_serializing_if = "ConstraintOptions::is_default")]
    pub options: ConstraintOptions,
}

/// `CHECK (…)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckConstraint {
    /// The name of the constraint.
    pub name: Option<String>,
    /// The SQL expression, without outer parentheses.
    pub expression: String,
    /// What only some backends can say of it.
    #[serde(skip_serializing_if = "ConstraintOptions::is_default")]
    pub options: ConstraintOptions,
}

/// `FOREIGN KEY (…) REFERENCES … (…)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForeignKey {
    /// The name of the constraint.
    pub name: Option<String>,
    /// The referring columns, in order.
    pub columns: Vec<String>,
    /// The table referred to.
    pub foreign_table: QualifiedName,
    /// The columns referred to, in the same order. Never empty: an implicit target is resolved.
    pub foreign_columns: Vec<String>,
    /// What a delete of the row referred to does.
    pub on_delete: ReferentialAction,
    /// What a change of the key referred to does.
    pub on_update: ReferentialAction,
    /// When it is checked.
    pub deferrable: Deferrable,
    /// What only some backends can say of it.
    #[serde(skip_serializing_if = "ConstraintOptions::is_default")]
    pub options: ConstraintOptions,
}

/// What happens to a referring row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferentialAction {
    /// The statement fails when the constraint is checked.
    #[default]
    NoAction,
    /// The statement fails at once.
    Restrict,
    /// The row goes, or changes, too.
    Cascade,
    /// The referring columns become NULL.
    SetNull,
    /// The referring columns take their defaults.
    SetDefault,
}

impl ReferentialAction {
    /// The SQL words.
    #[must_use]
    pub fn sql(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        }
    }
}

/// When a constraint is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deferrable {
    /// At each statement.
    #[default]
    NotDeferrable,
    /// At each statement, unless a transaction asks otherwise.
    InitiallyImmediate,
    /// At the end of the transaction.
    InitiallyDeferred,
}

/// What only some backends can say of a constraint or an index: PostgreSQL, where nothing else is
/// said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "it is a list of words that are said or not")]
pub struct ConstraintOptions {
    /// Unique: two NULLs are the same.
    pub nulls_not_distinct: bool,
    /// Primary key, unique: columns that are only stored in the index.
    pub include: Vec<String>,
    /// Primary key, unique, exclusion: when it is checked. A foreign key has its own.
    pub deferrable: Deferrable,
    /// Foreign key: `MATCH FULL`.
    pub match_full: bool,
    /// Foreign key: the columns that `ON DELETE SET …` sets; empty for all.
    pub set_columns: Vec<String>,
    /// Check: tables that inherit this one have none.
    pub no_inherit: bool,
    /// Check, foreign key: rows that were there before need not fit.
    pub not_valid: bool,
    /// Index: storage parameters, as `fillfactor=70`, sorted.
    pub with: Vec<String>,
    /// Primary key, unique, check on SQLite: what becomes of a row that breaks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_conflict: Option<Conflict>,
    /// Primary key, unique on SQLite: what is said of each of its columns besides the name; empty
    /// where nothing is said of any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<KeyPart>,
}

/// What SQLite does with a row that breaks a constraint, instead of only failing the statement:
/// `ON CONFLICT ABORT` is what happens unsaid, and is no word of its own here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// The whole transaction is rolled back.
    Rollback,
    /// The statement ends, and keeps what it did before.
    Fail,
    /// The row is left out.
    Ignore,
    /// The rows in its way are deleted; NULL becomes the default.
    Replace,
}

impl Conflict {
    const WORDS: [(&'static str, Self); 4] = [
        ("rollback", Self::Rollback),
        ("fail", Self::Fail),
        ("ignore", Self::Ignore),
        ("replace", Self::Replace),
    ];

    /// The word behind `ON CONFLICT`; `ABORT` is none.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        found.map(|(_, conflict)| *conflict)
    }

    /// The word of `ddl!`; SQL's is the same in capitals.
    #[must_use]
    pub fn word(self) -> &'static str {
        let word = Self::WORDS.iter().find(|(_, conflict)| *conflict == self);
        word.map_or("", |(word, _)| word)
    }
}

/// How a column of a primary key or a unique constraint is sorted and compared (SQLite).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KeyPart {
    /// Ascending or descending.
    pub order: SortOrder,
    /// Its collation, where stated.
    pub collation: Option<String>,
}

impl ConstraintOptions {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// What is said of the column at this place of the key.
    #[must_use]
    pub fn part(&self, at: usize) -> KeyPart {
        self.parts.get(at).cloned().unwrap_or_default()
    }
}

/// `EXCLUDE …`: no two rows may be alike in a way that operators tell (PostgreSQL).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExclusionConstraint {
    /// The name of the constraint.
    pub name: Option<String>,
    /// What stands behind `EXCLUDE`: `USING gist (room WITH =, during WITH &&)`.
    pub definition: String,
    /// When it is checked.
    pub deferrable: Deferrable,
}
