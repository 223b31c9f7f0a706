//! The state of every migration, from the source and the two tables.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Direction;
use super::applied::Applied;
use super::history::{Entry, History, State};
use super::landmark::BEFORE;
use super::recorder::Work;
use super::resume::BEGUN;
use super::source::Known;
use crate::files::Version;

/// Where every migration is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Status {
    /// All migrations that are known to the source or to the database, by version.
    pub migrations: Vec<MigrationStatus>,
}

/// Where one migration is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MigrationStatus {
    /// Its version.
    pub version: Version,
    /// Its name, with the version; the version alone where nobody knows more.
    pub name: String,
    /// Where it is.
    pub state: MigrationState,
    /// When it was applied: UTC where glowplug did it, the server's words where Diesel did.
    pub applied_at: Option<String>,
    /// Whether it runs in a transaction; not known for one that is missing.
    pub run_in_transaction: Option<bool>,
    /// Whether it can be reverted; not known for one that is missing, or applied and in Rust.
    pub reversible: Option<bool>,
    /// The checksum of its text; none for Rust code, and for one that is missing.
    pub checksum: Option<String>,
    /// Whether the text that was applied is known, so that an edit would be seen.
    pub verified: bool,
    /// Where it stopped, if an earlier run did not come to its end.
    pub stopped: Option<Stopped>,
}

/// The state of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MigrationState {
    /// Applied, and its text is what was run as far as is known.
    Applied,
    /// Not applied.
    Pending,
    /// Not applied, and sorts before one that is.
    OutOfOrder,
    /// Applied, and its text was changed since.
    Edited,
    /// Applied, and not among the migrations: another branch, or a newer version of the
    /// application.
    Missing,
    /// One of several migrations of one version.
    Duplicate,
    /// Not applied, not among the migrations, and an earlier run stopped in the middle of it: it was
    /// renamed or removed since.
    Abandoned,
}

/// Where a migration stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stopped {
    /// Up or down.
    pub direction: Direction,
    /// How many statements are done.
    pub step: usize,
    /// Of how many.
    pub steps: usize,
    /// The server's message.
    pub error: Option<String>,
    /// When it was begun.
    pub started_at: Option<String>,
}

impl Stopped {
    /// Whether its latest statement was begun and nothing is known of its end: another process may be at
    /// it right now.
    #[must_use]
    pub fn may_run(&self) -> bool {
        self.error.as_deref().is_some_and(|error| error.starts_with(BEGUN))
    }
}

impl Status {
    pub(super) fn new(known: &[Known], applied: &Applied, history: &History) -> Self {
        let newest = applied.keys().next_back();
        let mut migrations: Vec<_> =
            known.iter().map(|known| of_known(known, newest, applied, history)).collect();
        let versions: BTreeSet<&Version> = known.iter().map(|known| &known.version).collect();
        for (version, run_on) in applied {
            if !versions.contains(version) {
                migrations.push(of_missing(version, run_on.as_ref(), history.get(version)));
            }
        }
        let left = history.iter().filter(|(version, entry)| {
            entry.is_half() && !versions.contains(version) && !applied.contains_key(version)
        });
        migrations.extend(left.map(|(version, entry)| MigrationStatus {
            state: MigrationState::Abandoned,
            applied_at: None,
            stopped: stopped(entry, false),
            ..of_missing(version, None, Some(entry))
        }));
        migrations.sort_by(|a, b| (&a.version, &a.name).cmp(&(&b.version, &b.name)));
        for at in 1..migrations.len() {
            if migrations[at - 1].version == migrations[at].version {
                migrations[at - 1].state = MigrationState::Duplicate;
                migrations[at].state = MigrationState::Duplicate;
            }
        }
        Self { migrations }
    }

    /// The migrations in a state.
    pub fn in_state(&self, state: MigrationState) -> impl Iterator<Item = &MigrationStatus> {
        self.migrations.iter().filter(move |migration| migration.state == state)
    }

    /// What the next run would apply, in its order.
    pub fn pending(&self) -> impl Iterator<Item = &MigrationStatus> {
        self.migrations.iter().filter(|migration| migration.state.is_pending())
    }

    /// How many versions are applied, edited and missing ones included.
    #[must_use]
    pub fn applied_count(&self) -> usize {
        let applied = self.migrations.iter().filter(|migration| migration.state.is_applied());
        applied.count() + self.duplicates(true)
    }

    /// How many versions are pending.
    #[must_use]
    pub fn pending_count(&self) -> usize {
        self.pending().count() + self.duplicates(false)
    }

    /// How many versions that several migrations have are applied, or are not.
    fn duplicates(&self, applied: bool) -> usize {
        let duplicates = self.in_state(MigrationState::Duplicate);
        let versions: BTreeSet<_> = duplicates
            .filter(|migration| migration.applied_at.is_some() == applied)
            .map(|migration| &migration.version)
            .collect();
        versions.len()
    }

    /// Whether all is applied, nothing was edited and nothing stopped half-way.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        self.migrations.iter().all(|migration| {
            let fine = matches!(migration.state, MigrationState::Applied | MigrationState::Missing);
            fine && migration.stopped.is_none()
        })
    }

    pub(super) fn names(&self, state: MigrationState) -> Vec<String> {
        self.in_state(state).map(|migration| migration.name.clone()).collect()
    }
}

impl MigrationState {
    /// Whether it is to be applied.
    #[must_use]
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Pending | Self::OutOfOrder)
    }

    /// Whether Diesel's table has it.
    #[must_use]
    pub fn is_applied(self) -> bool {
        matches!(self, Self::Applied | Self::Edited | Self::Missing)
    }
}

fn of_known(
    known: &Known,
    newest: Option<&Version>,
    applied: &Applied,
    history: &History,
) -> MigrationStatus {
    let run_on = applied.get(&known.version);
    let entry = history.get(&known.version);
    // Without Diesel's row, glowplug's is left over from before a revert by Diesel CLI.
    let noted = entry.filter(|entry| run_on.is_some() && entry.state == Some(State::Applied));
    let before = noted.and_then(|entry| entry.checksum.as_ref());
    let state = match (run_on, before, &known.checksum) {
        (None, ..) if newest.is_some_and(|newest| known.version < *newest) => {
            MigrationState::OutOfOrder
        }
        (None, ..) => MigrationState::Pending,
        (Some(_), Some(before), Some(now)) if before != now => MigrationState::Edited,
        (Some(_), ..) => MigrationState::Applied,
    };
    MigrationStatus {
        version: known.version.clone(),
        name: known.name.clone(),
        state,
        applied_at: applied_at(run_on, noted),
        run_in_transaction: Some(known.transactional),
        reversible: (known.down != Work::Unread).then_some(known.down != Work::Absent),
        checksum: known.checksum.clone(),
        verified: before.is_some() && known.checksum.is_some(),
        stopped: entry.and_then(|entry| stopped(entry, run_on.is_some())),
    }
}

fn of_missing(
    version: &Version,
    run_on: Option<&String>,
    entry: Option<&Entry>,
) -> MigrationStatus {
    let name = entry.map(|entry| entry.name.clone()).filter(|name| !name.is_empty());
    let run_on = run_on.cloned();
    MigrationStatus {
        version: version.clone(),
        name: name.unwrap_or_else(|| version.as_str().to_owned()),
        state: MigrationState::Missing,
        applied_at: applied_at(Some(&run_on), entry),
        run_in_transaction: None,
        reversible: None,
        checksum: None,
        verified: false,
        stopped: entry.and_then(|entry| stopped(entry, true)),
    }
}

fn applied_at(run_on: Option<&Option<String>>, entry: Option<&Entry>) -> Option<String> {
    let run_on = run_on?;
    entry.and_then(|entry| entry.finished_at.clone()).or_else(|| run_on.clone())
}

/// A migration that is applied can only have stopped on its way down, and the other way round.
pub(super) fn stopped(entry: &Entry, applied: bool) -> Option<Stopped> {
    let direction = match entry.state? {
        State::Started | State::Running | State::Failed if !applied => Direction::Up,
        State::Reverting if applied => Direction::Down,
        State::Started | State::Running | State::Failed | State::Reverting | State::Applied => {
            return None;
        }
    };
    Some(Stopped {
        direction,
        step: entry.step,
        steps: entry.steps,
        // What the database looked like is for the next run, not for a reader.
        error: entry.error.as_deref().and_then(|e| e.split(BEFORE).next()).map(str::to_owned),
        started_at: entry.started_at.clone(),
    })
}
