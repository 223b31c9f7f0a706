//! Why no migration was created.

use crate::apply::prove::ProveError;
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
    /// The database could not be read.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The files could not be written.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The backend has no dialect yet.
    #[error("{backend} is not supported by this version")]
    NotSupported {
        /// The backend.
        backend: crate::backend::Backend,
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
            Self::Refused(_) | Self::Ambiguous(_) | Self::Hazards(_) | Self::Rename(_) => true,
            Self::Unproven(_)
            | Self::Database(_)
            | Self::Files(_)
            | Self::NotSupported { .. }
            | Self::Replay { .. } => false,
        }
    }
}

fn lines(refusals: &[Refusal]) -> String {
    refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
