//! What varies from one database to the next.
//!
//! [`Dialect`] is the whole of it: types, spelling, what can be altered in place, and SQL text.
//! Reading a live database ([`introspect`](sqlite::introspect)) needs a client and
//! stand behind its feature; everything else compiles, and is tested, in every build.
//!
//! Each backend's folder has the same files: `types`, `normalize`, `render`, `introspect`.

mod capabilities;
pub mod ident;
pub mod postgres;
pub mod resolve;
pub mod sqlite;
pub(crate) mod standard;

pub use crate::model::Backend;
pub use capabilities::Capabilities;

use std::fmt;

use serde::Serialize;

use crate::diff::Operation;
use crate::model::{Column, DieselType, Schema, Table};

impl Backend {
    /// Its dialect, or `None` while there is none.
    #[must_use]
    pub fn dialect(self) -> Option<&'static dyn Dialect> {
        match self {
            Self::Sqlite => Some(&sqlite::Sqlite),
            Self::Postgres => Some(&postgres::Postgres),
            Self::Mysql => None,
        }
    }
}

/// One SQL statement of a migration, or a few that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Why it is there, without `--`; one line.
    pub why: String,
    /// The SQL, with its semicolon.
    pub sql: String,
}

impl Statement {
    /// A statement and its reason.
    pub fn new(why: impl Into<String>, sql: impl Into<String>) -> Self {
        Self { why: why.into(), sql: sql.into() }
    }
}

/// The text of up.sql or down.sql.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Script {
    /// The SQL with its comments, ending in a newline.
    pub sql: String,
    /// Whether the whole may run in the migration runner's transaction.
    pub run_in_transaction: bool,
}

/// Why a change cannot be written: it is refused by name rather than guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The object: ``column `session.plan` ``.
    pub object: String,
    /// What is true and what was expected.
    pub reason: String,
    /// What the user can do, to be pasted where possible.
    pub hint: Option<String>,
}

impl Refusal {
    /// A refusal without a hint.
    pub fn new(object: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { object: object.into(), reason: reason.into(), hint: None }
    }

    /// The same, with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.object, self.reason)
    }
}

/// What a database says and accepts, without a connection to it.
pub trait Dialect: Sync {
    /// The backend.
    fn backend(&self) -> Backend;

    /// What it can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// The native type that a column of the models gets when it is created: what `type "…"` says,
    /// else the table's row for the Diesel type.
    ///
    /// # Errors
    /// When the backend has no such type.
    fn native_type(&self, column: &Column, schema: &Schema) -> Result<String, Refusal>;

    /// Whether Diesel can load a column declared `native` as `diesel`: then the two are no difference.
    fn loads(&self, diesel: &DieselType, native: &str) -> bool;

    /// The Diesel type (and `max_length`) that `pull` writes for a native type, if there is one.
    /// `key` tells whether the column is the sole primary key.
    fn diesel_type(&self, native: &str, key: bool) -> Option<(DieselType, Option<u32>)>;

    /// One spelling for each native type: case, spaces, synonyms.
    fn normalize_type(&self, native: &str) -> String;

    /// A key under which two spellings of one expression are equal. Never printed.
    fn normalize_expression(&self, sql: &str) -> String;

    /// Makes implied things explicit on both sides, in the backend's own way: names that the
    /// server would give, order of constraints, attributes that it does not keep.
    fn normalize(&self, schema: &mut Schema);

    /// Whether the operation can be done in place on the table as it is.
    fn alters_in_place(&self, operation: &Operation, table: &Table, schema: &Schema) -> bool;

    /// For a table that is rebuilt: the server's text of the new one, made from the old one's, so
    /// that all that does not change is kept to the letter.
    ///
    /// # Errors
    /// When the text cannot be changed safely.
    fn rebuilt_text(&self, from: &Table, to: &Table) -> Result<Option<String>, Refusal>;

    /// The SQL of one operation. `from` and `to` are the schemas before and after the whole plan.
    ///
    /// # Errors
    /// When the backend cannot do it.
    fn render(
        &self,
        operation: &Operation,
        from: &Schema,
        to: &Schema,
    ) -> Result<Vec<Statement>, Refusal>;

    /// The text of a migration: the header lines, the statements with their comments, and the
    /// frame around them where the backend needs one.
    fn script(
        &self,
        header: &[String],
        operations: &[Operation],
        statements: &[Statement],
    ) -> Script;
}
