//! A migration that failed: where, and what is left of it.

use std::fmt;

use serde::Serialize;

use super::Direction;
use super::blockers::{LOCK_TIMEOUT, LOCK_TIMEOUT_ON_MYSQL};

/// A migration that failed, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Failure {
    /// Its version.
    pub version: String,
    /// Its name, with the version.
    pub migration: String,
    /// Whether it was applied or reverted.
    pub direction: Direction,
    /// The statement that failed; `None` for a migration written in Rust, or at the commit.
    pub statement: Option<FailedStatement>,
    /// The server's message.
    pub message: String,
    /// Its details.
    pub detail: Option<String>,
    /// Its hint, or ours.
    pub hint: Option<String>,
    /// What is left of it.
    pub outcome: Outcome,
    /// What became of the invalid indexes that a statement with `CONCURRENTLY` leaves (PostgreSQL).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// Whether such an index is there still: that is more than nothing.
    #[serde(skip)]
    pub(super) remains: bool,
    /// Whether the server could not serialize it beside others (40001).
    #[serde(skip)]
    pub(super) serialization: bool,
    /// Whether the server only reads (25006).
    #[serde(skip)]
    pub(super) read_only: bool,
}

/// The statement that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FailedStatement {
    /// Its number in the file, from 1.
    pub number: usize,
    /// How many statements the file has.
    pub of: usize,
    /// Its line in the file, or the one that the server points at.
    pub line: usize,
    /// Its text.
    pub sql: String,
}

/// What a failed migration left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// Nothing: it was rolled back as a whole.
    RolledBack,
    /// The statements up to this one, for good. The next run goes on after it.
    Kept {
        /// How many statements stay.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// The migration is in Rust and outside a transaction: it cannot be told.
    Unknown,
    /// The connection was lost during the commit: all of the transaction is done, or nothing. The
    /// next run finds out.
    CommitUnknown,
    /// The connection was lost while a statement ran that no transaction can hold: it is done, or
    /// not. The next run finds out.
    StatementUnknown,
}

impl Failure {
    /// Whether another text may help: not against the locks of others, a lost connection, or a right that
    /// is missing.
    #[must_use]
    pub fn is_about_its_text(&self) -> bool {
        let lost = matches!(self.outcome, Outcome::CommitUnknown | Outcome::StatementUnknown);
        let others =
            [LOCK_TIMEOUT, LOCK_TIMEOUT_ON_MYSQL, "permission denied", "deadlock detected"];
        !lost && !self.read_only && !others.iter().any(|start| self.message.contains(start))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.direction.file();
        match &self.statement {
            Some(FailedStatement { number, of, line, .. }) => write!(
                f,
                "migration `{}` failed in {file} line {line}, statement {number} of {of}: {}",
                self.migration, self.message
            )?,
            None => write!(f, "migration `{}` failed: {}", self.migration, self.message)?,
        }
        if let Some(detail) = &self.detail {
            write!(f, " ({detail})")?;
        }
        if !self.remains || !matches!(self.outcome, Outcome::Kept { done: 0, .. }) {
            write!(f, "; {}", self.outcome)?;
        }
        self.left.iter().try_for_each(|left| write!(f, "; {left}"))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RolledBack => f.write_str("it was rolled back as a whole"),
            Self::Kept { done: 0, .. } => f.write_str("nothing of it was done"),
            Self::Kept { done, of } => write!(
                f,
                "statement 1 to {done} of {of} ran and stay, the next run goes on with statement {}",
                done + 1
            ),
            Self::Unknown => f.write_str("what it did outside a transaction stays"),
            Self::CommitUnknown => f.write_str(
                "the connection was lost during the commit, so either all of the transaction is done or nothing: `glowplug status` tells",
            ),
            Self::StatementUnknown => f.write_str(
                "the connection was lost, so the statement is done, or goes on, or is not: the next run finds out",
            ),
        }
    }
}

impl std::error::Error for Failure {}
