//! Runs a migration before it is written: the very text of up.sql, down.sql and up.sql again.
//!
//! SQLite is proven on a private copy of the file, with every row unless it is large, once with
//! foreign keys on and once off. PostgreSQL is proven in one transaction that is rolled back, MySQL in a scratch database
//! with a sample of the rows.
//!
//! The proof compares introspection with the schema that was wanted, and, since that is blind
//! where introspection is, the server's own text of every object that the plan does not name.

pub mod contained;
mod kept;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::apply::Progress;
use crate::backend::{DatabaseError, Dialect, Refusal, Scope, Script, resolve};
use crate::connection::AnyConnection;
use crate::diff::{self, Operation};
use crate::model::{Backend, QualifiedName, Schema};

/// Where a migration is proven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// On the real tables when the server is this machine, in a scratch schema otherwise. SQLite is
    /// always proven on a copy.
    #[default]
    Nearest,
    /// On the real tables, in a transaction that is rolled back.
    Live,
    /// In a scratch schema with the same tables and no rows.
    Scratch,
}

/// What is to be proven.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The database as it is, normalised.
    pub from: &'a Schema,
    /// The database as it is to be.
    pub to: &'a Schema,
    /// What up.sql does.
    pub operations: &'a [Operation],
    /// up.sql.
    pub up: &'a Script,
    /// down.sql.
    pub down: &'a Script,
    /// The user allowed that a changed type loses something of the values.
    pub lossy: bool,
    /// The user allowed that down.sql cannot run on the rows that are there.
    pub irreversible: bool,
    /// down.sql only says why nothing takes up.sql back.
    pub one_way: bool,
    /// What of the database is read.
    pub scope: &'a Scope,
    /// The backend.
    pub dialect: &'a dyn Dialect,
    /// Where it runs, on a server.
    pub place: Place,
    /// Who is told how far the proof is.
    pub progress: &'a Progress,
    /// The largest SQLite file, in bytes, that is copied with all its rows; of a larger one a
    /// sample of them is.
    pub copy_limit: i64,
}

impl Request<'_> {
    /// Tells what is done now.
    fn tell(&self, doing: impl fmt::Display) {
        self.progress.tell(&format!("proof: {doing}"));
    }
}

/// [`Request::copy_limit`] where nobody says another one.
pub const COPY_LIMIT: i64 = 256 << 20;

/// What was proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Where it ran: ``a copy of `app.sqlite` ``.
    pub place: String,
    /// How many rows the changed tables held.
    pub rows: i64,
    /// Only up.sql ran: nothing takes it back.
    pub one_way: bool,
    /// What was proven in a weaker way than usual, and why.
    pub limits: Vec<String>,
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = match self.rows {
            1 => "1 row".to_owned(),
            n => format!("{n} rows"),
        };
        let ways = if self.one_way { "up" } else { "up, down and up again" };
        write!(f, "{ways} ran on {} with {rows}", self.place)?;
        for limit in &self.limits {
            write!(f, "; {limit}")?;
        }
        Ok(())
    }
}

/// Which script was being run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Stage {
    /// up.sql.
    Up,
    /// down.sql after it.
    Down,
    /// up.sql once more.
    UpAgain,
}

impl Stage {
    /// What runs.
    fn script<'a>(self, request: &Request<'a>) -> &'a Script {
        match self {
            Self::Up | Self::UpAgain => request.up,
            Self::Down => request.down,
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "up.sql",
            Self::Down => "down.sql after up.sql",
            Self::UpAgain => "up.sql after down.sql",
        })
    }
}

/// Why a migration is not written: it does not do what it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProveError {
    /// A statement failed.
    #[error("{stage} fails: {message}")]
    Failed {
        /// The script.
        stage: Stage,
        /// What the server said.
        message: String,
    },
    /// up.sql runs on the rows that are there, and down.sql after it does not; on empty tables it
    /// does.
    #[error("down.sql cannot run on the rows that up.sql leaves: {message}")]
    Irreversible {
        /// What the server said.
        message: String,
    },
    /// The database is not what it was to be.
    #[error("after {stage}, the database differs from what was wanted: {}", list(differences))]
    Differs {
        /// The script.
        stage: Stage,
        /// The differences, in the words of a plan.
        differences: Vec<String>,
    },
    /// An object that the plan does not name was changed.
    #[error("{stage} changes {object}, which the plan does not name")]
    Touched {
        /// The script.
        stage: Stage,
        /// The object.
        object: String,
    },
    /// An object that worked before does not work any more.
    #[error("{stage} breaks {object}: {message}")]
    Broken {
        /// The script.
        stage: Stage,
        /// The view, or the table whose triggers fail.
        object: String,
        /// What the server said.
        message: String,
    },
    /// Rows are not what they were.
    #[error(
        "{stage} changes rows of `{table}` in columns that the change keeps; there were {before} rows, there are {after}"
    )]
    Rows {
        /// The script.
        stage: Stage,
        /// The table.
        table: String,
        /// How many rows there were.
        before: i64,
        /// How many there are.
        after: i64,
    },
    /// What stands in the database is in the way.
    #[error("{0}")]
    Refused(Refusal),
    /// The proof itself could not run.
    #[error("the proof could not run: {what}")]
    Unavailable {
        /// What failed.
        what: String,
    },
    /// The scratch database could not be read.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl ProveError {
    /// Whether the change itself is at fault: it breaks an object that it does not name, or the rows
    /// that are there stand against it.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Broken { .. } | Self::Irreversible { .. } | Self::Refused(_))
    }
}

fn list(differences: &[String]) -> String {
    differences.join("; ")
}

/// Proves a migration. `connection` is the database that it is for; `None` is a SQLite file that
/// does not exist yet.
///
/// What up.sql drops may be what the rows that are left would need in down.sql: the table that a
/// foreign key refers to, the distinct values of a unique column. That is refused, unless it was
/// allowed; then all is proven without the rows once more, and the proof says so.
///
/// # Errors
/// When the migration does not do what it should, or cannot be proven here.
pub fn prove(
    mut connection: Option<&mut AnyConnection>,
    request: &Request<'_>,
) -> Result<Proof, ProveError> {
    let message = match on(connection.as_deref_mut(), request, Rows::All) {
        Err(ProveError::Failed { stage: Stage::Down, message }) => message,
        other => return other,
    };
    let failed = || ProveError::Failed { stage: Stage::Down, message: message.clone() };
    let mut proof = on(connection, request, Rows::OfUp).map_err(|_| failed())?;
    if !request.irreversible {
        return Err(ProveError::Irreversible { message });
    }
    proof.limits.push(format!(
        "down.sql was proven without rows: on those of now it fails and changes nothing ({message})."
    ));
    Ok(proof)
}

/// What a proof would find and the texts tell already: for a migration that is not proven.
///
/// # Errors
/// When a view or trigger would say something else, or nothing any more, and the server not a word.
pub fn foresee(
    backend: Backend,
    operations: &[Operation],
    from: &Schema,
    to: &Schema,
) -> Result<(), ProveError> {
    #[cfg(feature = "sqlite")]
    if backend == Backend::Sqlite {
        return sqlite::foresee(operations, from, to);
    }
    // Used by SQLite's client alone.
    let _ = (backend, operations, from, to);
    Ok(())
}

/// The rows that a proof has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// All of them, all the way.
    All,
    /// Those that are there for up.sql; down.sql runs without.
    OfUp,
}

fn on(
    connection: Option<&mut AnyConnection>,
    request: &Request<'_>,
    rows: Rows,
) -> Result<Proof, ProveError> {
    match (connection, rows) {
        #[cfg(feature = "sqlite")]
        (None, rows) => sqlite::prove(None, request, rows),
        #[cfg(feature = "sqlite")]
        (Some(AnyConnection::Sqlite(connection)), rows) => {
            sqlite::prove(Some(connection), request, rows)
        }
        #[cfg(feature = "postgres")]
        (Some(AnyConnection::Postgres(connection)), Rows::All) => {
            postgres::prove(connection, request)
        }
        #[cfg(feature = "postgres")]
        (Some(AnyConnection::Postgres(connection)), Rows::OfUp) => {
            postgres::prove(connection, &Request { place: Place::Scratch, ..*request })
        }
        #[cfg(feature = "mysql")]
        (Some(AnyConnection::Mysql(connection)), rows) => mysql::prove(connection, request, rows),
        #[allow(unreachable_patterns)]
        _ => Err(ProveError::Unavailable { what: "this backend has no proof".to_owned() }),
    }
}

/// The schema that the database would have after some statements. Nothing of it is kept.
///
/// # Errors
/// When a statement fails, or the result cannot be read.
pub fn preview(
    connection: &mut AnyConnection,
    statements: &[String],
    scope: &Scope,
) -> Result<Schema, ProveError> {
    match connection {
        #[cfg(feature = "sqlite")]
        AnyConnection::Sqlite(connection) => sqlite::preview(connection, statements, scope),
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(connection) => postgres::preview(connection, statements, scope),
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(connection) => mysql::preview(connection, statements, scope),
        #[allow(unreachable_patterns)]
        _ => Err(ProveError::Unavailable { what: "this backend has no preview".to_owned() }),
    }
}

/// Why rows could not be counted, where SQLite lacks what the application gives its own connections:
/// what a proof would say.
pub(crate) fn lacking(connection: &mut AnyConnection, error: &DatabaseError) -> Option<ProveError> {
    // Used by SQLite's client alone.
    let _ = error;
    match connection {
        #[cfg(feature = "sqlite")]
        AnyConnection::Sqlite(connection) => sqlite::lacking(connection, error),
        #[allow(unreachable_patterns)]
        _ => None,
    }
}

/// Compares what introspection read with what was wanted.
fn compare(
    stage: Stage,
    mut found: Schema,
    wanted: &Schema,
    dialect: &dyn Dialect,
) -> Result<(), ProveError> {
    dialect.normalize(&mut found);
    let differs = |differences| ProveError::Differs { stage, differences };
    let resolved = resolve::resolve(wanted, &found, dialect, &resolve::Drops::Unnamed)
        .map_err(|refusals| differs(refusals.iter().map(ToString::to_string).collect()))?;
    let operations = diff::diff(&found, &resolved.schema);
    if operations.is_empty() {
        Ok(())
    } else {
        Err(differs(operations.iter().map(Operation::summary).collect()))
    }
}

/// What the plan names: tables and views that may change, by lower-case name.
fn named(operations: &[Operation]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut add = |name: &QualifiedName| {
        names.insert(name.to_string().to_lowercase());
    };
    for operation in operations {
        operation.table().into_iter().for_each(&mut add);
        match operation {
            Operation::RenameTable { to, .. } => add(to),
            Operation::CreateView { view } | Operation::DropView { view } => add(&view.name),
            Operation::CreateEnum { enum_type }
            | Operation::DropEnum { enum_type }
            | Operation::AlterEnum { to: enum_type, .. } => add(&enum_type.name),
            Operation::CreateDefinition { definition }
            | Operation::DropDefinition { definition }
            | Operation::AlterDefinition { to: definition, .. } => add(&definition.name),
            _ => {}
        }
    }
    names
}

/// An entry belongs to a name of the plan when it is the object itself or stands on its table.
#[cfg(any(feature = "sqlite", feature = "mysql"))]
fn is_named(entry: &crate::backend::CatalogEntry, named: &BTreeSet<String>) -> bool {
    named.contains(&entry.name.to_lowercase())
        || entry.table.as_ref().is_some_and(|table| named.contains(&table.to_lowercase()))
}
