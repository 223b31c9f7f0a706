//! How a run ends: the exit codes, as one table.

use std::fmt::Write as _;
use std::process::{ExitCode, Termination};

/// How a run ended. `main` may return it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, or nothing to do.
    Done,
    /// It failed.
    Failed,
    /// The command line was wrong.
    Usage,
    /// A verb that checks found differences or pending work.
    Differences,
    /// Refused: a hazard or an ambiguity needs an answer.
    Refused,
    /// Another process holds the lock.
    Locked,
}

/// Every exit code and what it says. The help and the README print this table.
pub const EXIT_CODES: [(Exit, &str); 6] = [
    (Exit::Done, "done, or nothing to do"),
    (Exit::Failed, "failed"),
    (Exit::Usage, "the command line is wrong"),
    (Exit::Differences, "a checking verb found differences or pending work"),
    (Exit::Refused, "refused: a hazard or an ambiguity needs an answer"),
    (Exit::Locked, "the migration lock was not obtained"),
];

impl Exit {
    /// The number that the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Differences => 3,
            Self::Refused => 4,
            Self::Locked => 5,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        self.into()
    }
}

/// The table as a section of the help.
pub(super) fn help() -> String {
    let mut text = String::from("Exit status:\n");
    for (exit, meaning) in EXIT_CODES {
        let _ = writeln!(text, "  {}  {meaning}", exit.code());
    }
    text
}
