use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::Direction;
use super::applied::Applied;
use super::recorder::Work;
use super::source::{Known, Loaded};
use super::status::{MigrationState, Status, Stopped};
use crate::files::Version;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The migrations that this process applied, in order.
    pub applied: Vec<Done>,
    /// The migrations that this process reverted, in order.
    pub reverted: Vec<Done>,
    /// What is odd but no error.
    pub warnings: Vec<Warning>,
    /// Whether it was asked to stop, and left something undone for that.
    pub stopped: bool,
}

/// A migration that was applied or reverted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Done {
    /// Its version.
    pub version: Version,
    /// Its name, with the version.
    pub name: String,
    /// How long it took; nothing for one that was only noted.
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub elapsed: Duration,
}

/// A migration that a revert would take back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reverting {
    /// Its version.
    pub version: Version,
    /// Its name, with the version.
    pub name: String,
    /// The text of down.sql; none for Rust code.
    pub sql: Option<String>,
    /// Whether it runs in a transaction.
    pub run_in_transaction: bool,
}

/// A note in `__glowplug_history` that a repair changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// The version.
    pub version: Version,
    /// The name, with the version.
    pub name: String,
    /// What becomes of the note.
    pub change: RepairChange,
    /// Where a run stopped, if that is forgotten.
    pub stopped: Option<Stopped>,
}

/// What becomes of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RepairChange {
    /// It is removed: the version is not applied, and is run from its first statement next time.
    Forgotten,
    /// The text is taken, as it is now, for what was applied.
    Accepted,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match (self.change, &self.stopped) {
            (RepairChange::Forgotten, Some(stopped)) => {
                let (step, steps) = (stopped.step, stopped.steps);
                write!(
                    f,
                    "`{name}`: that it stopped after statement {step} of {steps} is forgotten; the next run \
                     begins with its first statement"
                )
            }
            (RepairChange::Forgotten, None) => {
                write!(f, "`{name}`: it is not applied, what is noted about it is removed")
            }
            (RepairChange::Accepted, Some(_)) => {
                write!(f, "`{name}`: that it was half reverted is forgotten; it counts as applied")
            }
            (RepairChange::Accepted, None) => {
                write!(f, "`{name}`: its text as it is now counts as what was applied")
            }
        }
    }
}

/// Something odd that does not keep an application from starting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "warning")]
#[non_exhaustive]
pub enum Warning {
    /// An applied version that is not among the migrations: a newer version of the application
    /// was here, or another branch.
    UnknownApplied {
        /// The version.
        version: Version,
    },
    /// An applied migration whose text was changed since.
    Edited {
        /// Its name.
        name: String,
    },
    /// A migration that was applied though a later one already was.
    OutOfOrder {
        /// Its name.
        name: String,
    },
    /// An earlier run stopped in the middle of it, and it is not among the migrations any more.
    Abandoned {
        /// Its name then.
        name: String,
    },
    /// An applied migration that began to be reverted, and stopped.
    HalfReverted {
        /// Its name.
        name: String,
        /// How many statements of down.sql are done.
        step: usize,
        /// Of how many.
        steps: usize,
    },
}

impl Report {
    /// Whether nothing was to be done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.applied.is_empty() && self.reverted.is_empty()
    }
}

impl Done {
    pub(super) fn new(known: &Known, elapsed: Duration) -> Self {
        Self { version: known.version.clone(), name: known.name.clone(), elapsed }
    }
}

impl Reverting {
    pub(super) fn new(known: &Known) -> Self {
        let sql = match &known.down {
            Work::Sql(text) => Some(text.clone()),
            Work::Code | Work::Absent | Work::Unread => None,
        };
        Self {
            version: known.version.clone(),
            name: known.name.clone(),
            sql,
            run_in_transaction: known.transactional,
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownApplied { version } => {
                write!(f, "the applied version `{version}` is not among the migrations")
            }
            Self::Edited { name } => write!(f, "`{name}` was changed after it was applied"),
            Self::OutOfOrder { name } => {
                write!(f, "`{name}` was applied after a later migration")
            }
            Self::Abandoned { name } => write!(
                f,
                "`{name}` stopped half-way in an earlier run, and is not among the migrations any more"
            ),
            Self::HalfReverted { name, step, steps } => {
                write!(f, "reverting `{name}` stopped after statement {step} of {steps}")
            }
        }
    }
}

/// Applied versions that are not among the migrations.
pub(super) fn unknown<DB: diesel::backend::Backend>(
    loaded: &[Loaded<DB>],
    applied: &Applied,
) -> Vec<Warning> {
    // They are in the order of their versions.
    let known =
        |version: &Version| loaded.binary_search_by(|one| one.known.version.cmp(version)).is_ok();
    let unknown = applied.keys().filter(|version| !known(version));
    unknown.map(|version| Warning::UnknownApplied { version: version.clone() }).collect()
}

/// What is odd in a status, told to the log as well.
pub(super) fn warnings(status: &Status) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for one in &status.migrations {
        let name = one.name.clone();
        match one.state {
            MigrationState::Missing => {
                warnings.push(Warning::UnknownApplied { version: one.version.clone() });
            }
            MigrationState::Edited => warnings.push(Warning::Edited { name }),
            MigrationState::OutOfOrder => warnings.push(Warning::OutOfOrder { name }),
            MigrationState::Abandoned => warnings.push(Warning::Abandoned { name }),
            MigrationState::Applied | MigrationState::Pending | MigrationState::Duplicate => {}
        }
        if let Some(stopped) = one.stopped.as_ref().filter(|s| s.direction == Direction::Down) {
            let (name, step, steps) = (one.name.clone(), stopped.step, stopped.steps);
            warnings.push(Warning::HalfReverted { name, step, steps });
        }
    }
    for warning in &warnings {
        tracing::warn!("{warning}");
    }
    warnings
}

fn seconds<S: serde::Serializer>(elapsed: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((elapsed.as_secs_f64() * 1000.0).round() / 1000.0)
}
