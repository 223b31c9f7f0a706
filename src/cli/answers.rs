//! The questions of `create`, asked on a terminal.

use super::prompt::Prompt;
use super::ui::Ui;
use crate::diff::rename::{RenameCandidate, RenameKind};
use crate::pipeline::Answers;
use crate::plan::safety::Hazard;

/// Asks the user. Without a terminal there is no answer, and the change is refused.
pub(super) struct Asked<'a>(Prompt<'a>);

impl<'a> Asked<'a> {
    pub(super) fn new(ui: &'a Ui) -> Self {
        Self(Prompt::new(ui))
    }
}

impl Answers for Asked<'_> {
    fn rename(&mut self, candidate: &RenameCandidate) -> Option<bool> {
        let question = format!("was {} renamed? ({}% alike)", renamed(candidate), candidate.score);
        self.0.confirm(&question)
    }

    fn fill(&mut self, hazard: &Hazard) -> Option<String> {
        let question = format!("{}; fill it with the SQL expression (none: stop)", hazard.message);
        self.0.line(&question)
    }

    fn allow(&mut self, hazard: &Hazard) -> Option<bool> {
        self.0.confirm(&format!("{} ({}); go on?", hazard.message, hazard.name))
    }
}

/// ``column `session.plan` → `outline` ``.
pub(super) fn renamed(candidate: &RenameCandidate) -> String {
    let rename = &candidate.rename;
    match rename.kind {
        RenameKind::Table => format!("table `{}` → `{}`", rename.table, rename.to),
        RenameKind::Column => {
            format!("column `{}.{}` → `{}`", rename.table, rename.from, rename.to)
        }
    }
}
