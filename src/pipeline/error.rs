//! Why no migration was created.

use crate::apply::prove::ProveError;
use crate::apply::{ApplyError, MigrationState, Status};
use crate::backend::{DatabaseError, Refusal};
use crate::diff::rename::{RenameCandidate, RenameError};
use crate::files::FilesError;
use crate::plan::safety::Hazard;

/// Why no migration was created. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateError {
    /// The backend cannot do it, or a flag names what is not there.
    #[error("{}", lines(.0))]
    Refused(Vec<Refusal>),
    /// What looks like a rename may be one, or a drop and an addition.
    #[error("{}", .0.iter().map(|c| format!("{} may be a rename", c.rename)).collect::<Vec<_>>().join("\n"))]
    Ambiguous(Vec<RenameCandidate>),
    /// The change would lose data, or does not hold for the rows that are there.
    #[error("{}", .0.iter().map(|hazard| hazard.message.clone()).collect::<Vec<_>>().join("\n"))]
    Hazards(Vec<Hazard>),
    /// A rename that was asked for is none.
    #[error(transparent)]
    Rename(#[from] RenameError),
    /// The migration does not do what it should.
    #[error(transparent)]
    Unproven(#[from] ProveError),
    /// Migrations are pending, edited, duplicate, or applied but not here.
    #[error("the database is not where the migrations end: {}", behind(.0))]
    Behind(Status),
    /// The state of the migrations could not be read.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// The database could not be read.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The files could not be written.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// Somebody asked to stop.
    #[error("stopped, as asked; nothing was changed")]
    Stopped,
    /// A migration fails on a scratch database, from nothing and the ones before it.
    #[error("{error}")]
    Replayed {
        /// Which one, and how.
        error: ApplyError,
        /// The extensions that the database has and the scratch one could not get, with the reasons.
        lacking: Vec<String>,
    },
    /// The migrations do not make up a database to compare with.
    #[error("the migrations cannot be replayed: {what}")]
    Replay {
        /// Which one fails, and how.
        what: String,
    },
}

impl CreateError {
    /// Whether an answer of the user, rather than a repair, is what is missing.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Refused(_)
            | Self::Ambiguous(_)
            | Self::Hazards(_)
            | Self::Rename(_)
            | Self::Behind(_)
            | Self::Files(FilesError::Overtaken { .. }) => true,
            Self::Unproven(error) => error.is_refusal(),
            Self::Database(_)
            | Self::Apply(_)
            | Self::Files(_)
            | Self::Stopped
            | Self::Replayed { .. }
            | Self::Replay { .. } => false,
        }
    }
}

fn lines(refusals: &[Refusal]) -> String {
    refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// `2026-11-22-…_a is pending, 2026-11-23-…_b is edited`.
fn behind(status: &Status) -> String {
    let mut parts = Vec::new();
    for migration in &status.migrations {
        let state = match (migration.state, &migration.stopped) {
            (_, Some(stopped)) => format!("stopped at step {} of {}", stopped.step, stopped.steps),
            (MigrationState::Applied, None) => continue,
            (MigrationState::Pending | MigrationState::OutOfOrder, None) => "pending".to_owned(),
            (MigrationState::Edited, None) => "edited".to_owned(),
            (MigrationState::Missing, None) => "applied, but not in the directory".to_owned(),
            (MigrationState::Abandoned, None) => "half done, and not in the directory".to_owned(),
            (MigrationState::Duplicate, None) => "one of several with its version".to_owned(),
        };
        parts.push(format!("`{}` is {state}", migration.name));
    }
    parts.join(", ")
}
