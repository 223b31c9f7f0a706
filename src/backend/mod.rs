//! What varies from one database to the next.
//!
//! [`Dialect`] is the whole of it: types, spelling, what can be altered in place, and SQL text.
//! Reading a live database ([`introspect`](sqlite::introspect)) needs a client and
//! stand behind its feature; everything else compiles, and is tested, in every build.
//!
//! Each backend's folder has the same files: `types`, `normalize`, `render`, `introspect`.

mod capabilities;
mod catalog;
mod engine_version;
mod error;
pub mod ident;
mod live;
pub mod mysql;
pub mod postgres;
pub mod resolve;
pub mod sqlite;
pub(crate) mod standard;
mod token;

pub use crate::model::Backend;
pub use capabilities::Capabilities;
pub use catalog::{CatalogChange, catalog_changes};
pub use engine_version::EngineVersion;
pub use error::DatabaseError;
pub use live::{canonicalize, catalog, dialect, everywhere, introspect};

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::diff::Operation;
use crate::diff::rename::Likeness;
use crate::model::{Column, DieselType, Index, OtherObject, QualifiedName, Schema, SqlType, Table};

impl Backend {
    /// Its dialect; that of MariaDB where it is not known which of the two the server is.
    #[must_use]
    pub fn dialect(self) -> &'static dyn Dialect {
        match self {
            Self::Sqlite => &sqlite::Sqlite,
            Self::Postgres => &postgres::Postgres,
            Self::Mysql => &mysql::MARIADB,
        }
    }
}

/// What of a database is read, besides its default schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Further schemas that the models name (PostgreSQL).
    pub schemas: Vec<String>,
}

/// The server's own text of one object: the independent judge of a proof.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CatalogEntry {
    /// The server's word for its kind: `table`, `index`, `trigger`.
    pub kind: String,
    /// Its name, with the schema where that is not the default one.
    pub name: String,
    /// The table that it belongs to, named in the same way.
    pub table: Option<String>,
    /// The server's text of it.
    pub text: String,
}

/// ``index `session_recent` of `session` ``
impl fmt::Display for CatalogEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind, self.name)?;
        self.table.iter().try_for_each(|table| write!(f, " of `{table}`"))
    }
}

/// One SQL statement of a migration, or a few that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Why it is there, without `--`; one line.
    pub why: String,
    /// The SQL, with its semicolon.
    pub sql: String,
    /// Whether it only looks: guards run first, in a transaction of their own, so that a failure
    /// leaves rows, schema and settings as they were.
    pub guard: bool,
}

impl Statement {
    /// A statement and its reason.
    pub fn new(why: impl Into<String>, sql: impl Into<String>) -> Self {
        Self { why: why.into(), sql: sql.into(), guard: false }
    }

    /// A statement that only looks, and its reason.
    pub fn guard(why: impl Into<String>, sql: impl Into<String>) -> Self {
        Self { why: why.into(), sql: sql.into(), guard: true }
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

/// What stands, as a comment, above the statement of a down.sql that only says why there is no way back.
pub const IRREVERSIBLE: &str = "Irreversible";

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

/// What is legal in a schema, and seldom what was meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trap {
    /// The table that holds it.
    pub table: QualifiedName,
    /// Where it is, and what it does.
    pub message: String,
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// What a database says and accepts, without a connection to it.
pub trait Dialect: Sync {
    /// The backend.
    fn backend(&self) -> Backend;

    /// What it can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// What the text of a table says that no model can: `pull` names it.
    fn unsaid(&self, _table: &Table) -> Vec<String> {
        Vec::new()
    }

    /// What is legal in the schema of a database, and seldom what was meant: each with its place.
    fn traps(&self, _schema: &Schema) -> Vec<Trap> {
        Vec::new()
    }

    /// Whether names like this belong to the server alone.
    fn is_reserved(&self, _name: &str) -> bool {
        false
    }

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

    /// Whether a column of the native type can be a key as it is.
    fn has_length(&self, _native: &str) -> bool {
        true
    }

    /// One spelling for each native type: case, spaces, synonyms.
    fn normalize_type(&self, native: &str) -> String;

    /// A key under which two spellings of one expression are equal. Never printed.
    fn normalize_expression(&self, sql: &str) -> String;

    /// Where the last word of an expression ends, behind which may stand comments.
    fn last_word(&self, sql: &str) -> usize;

    /// Whether an expression mentions a column of this name; when in doubt, yes.
    fn mentions(&self, sql: &str, column: &str) -> bool;

    /// The models with the names that the server will give their tables, where it changes them.
    fn folded(&self, _models: &Schema) -> Option<Schema> {
        None
    }

    /// The models with the types that their columns need and nobody named: PostgreSQL keeps a
    /// `Record<…>` in a composite type.
    ///
    /// # Errors
    /// Every column whose type cannot be made.
    fn with_types(
        &self,
        _models: &Schema,
        _database: &Schema,
    ) -> Result<Option<Schema>, Vec<Refusal>> {
        Ok(None)
    }

    /// Makes implied things explicit on both sides, in the backend's own way: names that the
    /// server would give, order of constraints, attributes that it does not keep.
    fn normalize(&self, schema: &mut Schema);

    /// The version since which an engine that is a library does the operation in place; `None` where
    /// all do that are written for.
    fn in_place_since(&self, _operation: &Operation) -> Option<EngineVersion> {
        None
    }

    /// Whether the operation can be done in place on `table`, as it is before the plan, together
    /// with the other operations on it. `to` is the schema after the plan.
    fn alters_in_place(
        &self,
        operation: &Operation,
        table: &Table,
        to: &Schema,
        others: &[Operation],
    ) -> bool;

    /// A constant for rows of a NOT NULL column that comes back empty: `0`, `''`. `None` where the
    /// type has none.
    fn neutral_value(&self, native: &str, schema: &Schema) -> Option<String>;

    /// For a table that is rebuilt: the server's text of the new one, made from the old one's, so
    /// that all that does not change is kept to the letter.
    ///
    /// # Errors
    /// When the text cannot be changed safely.
    fn rebuilt_text(&self, from: &Table, to: &Table) -> Result<Option<String>, Refusal>;

    /// What views may not stand on while the operation runs: tables and types, or single columns.
    /// Such views are dropped before, and made again after.
    fn moves_views(
        &self,
        _operation: &Operation,
        _from: &Schema,
        _to: &Schema,
    ) -> Vec<(QualifiedName, Option<String>)> {
        Vec::new()
    }

    /// Makes explicit what an index says by default, so that two spellings of one are equal.
    fn normalize_index(&self, _index: &mut Index) {}

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

    /// Whether an object that is not modelled is compared between two databases, and written in the
    /// server's own words.
    fn writes(&self, _object: &OtherObject) -> bool {
        false
    }

    /// The operations of a diff with a rename in the place of each drop and addition of an index or a
    /// constraint that only gets another name, where the server can say it in place.
    fn with_renamed_parts(&self, operations: Vec<Operation>, _from: &Schema) -> Vec<Operation> {
        operations
    }

    /// Whether no foreign key can stand while one end of it has the one type and the other end the
    /// other.
    fn keeps_apart(&self, _from: &Column, _to: &Column) -> bool {
        false
    }

    /// The index that the operation makes, and its drop, without a lock on the table: each runs
    /// alone and in no transaction. `None` where that cannot be.
    fn concurrently(&self, _operation: &Operation, _from: &Schema) -> Option<[Statement; 2]> {
        None
    }

    /// The SQL of all operations, in their order. A backend that says several of them in one
    /// statement does it here.
    ///
    /// # Errors
    /// Every operation that the backend cannot do.
    fn render_all(
        &self,
        operations: &[Operation],
        from: &Schema,
        to: &Schema,
    ) -> Result<Vec<Statement>, Vec<Refusal>> {
        let mut statements: Vec<Statement> = Vec::new();
        let mut refusals = Vec::new();
        let renamed: BTreeSet<&QualifiedName> = operations
            .iter()
            .filter_map(|operation| match operation {
                Operation::RenameTable { to, .. } => Some(to),
                Operation::RenameColumn { table, .. } => Some(table),
                _ => None,
            })
            .collect();
        for operation in operations {
            match self.render(operation, from, to) {
                Ok(mut rendered) => {
                    // A guard that runs first would look for a name that is not there yet.
                    let renamed = operation.table().is_some_and(|table| renamed.contains(table));
                    rendered.iter_mut().for_each(|statement| statement.guard &= !renamed);
                    statements.append(&mut rendered);
                }
                Err(refusal) => refusals.push(refusal),
            }
        }
        if refusals.is_empty() { Ok(statements) } else { Err(refusals) }
    }

    /// A statement that fails and says why nothing takes the plan back: for down.sql, where only that
    /// cannot be written. `None` where the whole plan is refused then.
    fn irreversible(&self, _refusals: &[Refusal]) -> Option<Statement> {
        None
    }

    /// Whether a plan with these operations must bring its own transaction, because what it does
    /// has no effect, or a wrong one, inside the runner's.
    fn needs_own_transaction(&self, operations: &[Operation]) -> bool;

    /// The text of a migration: the header lines, the statements with their comments, and the
    /// frame around them where it brings its own transaction. Both directions of a migration do,
    /// or neither: `metadata.toml` speaks for both.
    fn script(&self, header: &[String], statements: &[Statement], own_transaction: bool) -> Script;

    /// The text of an entry, as far as it says the same in another database: without the server's own
    /// numbers.
    fn catalog_text<'e>(&self, entry: &'e CatalogEntry) -> &'e str {
        &entry.text
    }

    /// A key under which two texts of the catalog say the same. Never printed. A server that writes
    /// its texts itself writes one thing one way.
    fn catalog_key(&self, entry: &CatalogEntry) -> String {
        entry.text.clone()
    }

    /// Whether an entry of the catalog is about a history of migrations, or the server's own.
    fn is_internal(&self, _entry: &CatalogEntry) -> bool {
        false
    }
}

/// How tables and columns are compared when one may be the other renamed.
impl Likeness for dyn Dialect + '_ {
    fn same_name(&self, a: &str, b: &str) -> bool {
        a == b || self.capabilities().case_insensitive_names && a.eq_ignore_ascii_case(b)
    }

    fn same_table_name(&self, a: &str, b: &str) -> bool {
        a == b || self.capabilities().case_insensitive_tables && a.eq_ignore_ascii_case(b)
    }

    fn same_family(&self, a: &SqlType, b: &SqlType) -> bool {
        // `varchar(20)` and `varchar(40)` are one family.
        let bare = |native: &str| {
            let native = self.normalize_type(native);
            native.split('(').next().unwrap_or_default().trim_end().to_owned()
        };
        match (a, b) {
            (SqlType { native: Some(a), .. }, SqlType { native: Some(b), .. }) => {
                bare(a) == bare(b)
            }
            (SqlType { native: Some(native), .. }, SqlType { diesel: Some(diesel), .. })
            | (SqlType { diesel: Some(diesel), .. }, SqlType { native: Some(native), .. }) => {
                self.loads(diesel, native)
            }
            (a, b) => a.diesel == b.diesel,
        }
    }
}
