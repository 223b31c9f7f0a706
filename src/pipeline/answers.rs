//! Questions that only the user can answer.

use crate::diff::rename::RenameCandidate;
use crate::plan::safety::Hazard;

/// Answers questions that arise on the way. `None` is no answer, and refuses the change.
pub trait Answers {
    /// Whether the one became the other.
    fn rename(&mut self, candidate: &RenameCandidate) -> Option<bool>;

    /// The SQL expression that rows receive, for a hazard that a fill would remove.
    fn fill(&mut self, hazard: &Hazard) -> Option<String>;

    /// Whether the loss is meant.
    fn allow(&mut self, hazard: &Hazard) -> Option<bool>;
}

/// Nobody is there to answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoAnswers;

impl Answers for NoAnswers {
    fn rename(&mut self, _candidate: &RenameCandidate) -> Option<bool> {
        None
    }

    fn fill(&mut self, _hazard: &Hazard) -> Option<String> {
        None
    }

    fn allow(&mut self, _hazard: &Hazard) -> Option<bool> {
        None
    }
}
