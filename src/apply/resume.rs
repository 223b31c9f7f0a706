//! Where an earlier run stopped outside a transaction, and what became of the statement that it had
//! begun.

use super::ApplyError;
use super::Direction;
use super::driver::MigrateConnection;
use super::failure::Outcome;
use super::history::{Entry, State};
use super::landmark::{BEFORE, landmark};
use super::names::{self, ConcurrentIndex};
use super::run::Job;
use super::script::{Kind, Step};
use super::session::Session;
use crate::files::checksum;
use crate::model::Backend;

/// Where a migration is.
pub(super) struct Progress {
    /// How many statements are done.
    pub(super) done: usize,
    /// What is known of the statement after them.
    pub(super) tried: Tried,
    /// All or nothing: a rebuild of SQLite tables. No mark but the last.
    pub(super) whole: bool,
}

/// What became of the next statement so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tried {
    /// It was not begun.
    No,
    /// It failed.
    Failed,
    /// It was begun and did not come back: the process died, or lost its connection.
    Unknown,
}

impl Progress {
    pub(super) fn outcome(&self, job: &Job<'_>) -> Outcome {
        if self.whole {
            Outcome::RolledBack
        } else {
            Outcome::Kept { done: self.done, of: job.statements.len() }
        }
    }
}

/// What is noted while a statement runs that no transaction can hold.
pub(super) fn begun_text(job: &Job<'_>, position: usize) -> String {
    let sql = &job.statements[position].sql;
    let start: String = sql.lines().next().unwrap_or_default().chars().take(80).collect();
    format!("{BEGUN}{start} ({})", &sum_of(job, position)[..12])
}

/// The checksum of what a statement says, however it is laid out.
fn sum_of(job: &Job<'_>, position: usize) -> String {
    checksum(&names::plainly(job.backend, &job.statements[position].sql))
}

/// How that begins.
pub(super) const BEGUN: &str = "was begun and has not come back: ";

/// Where an earlier run stopped, if what it ran is still what the file says.
pub(super) fn resumed(
    job: &Job<'_>,
    steps: &[Step],
    entry: Option<&Entry>,
) -> Result<Progress, ApplyError> {
    let fresh = Progress { done: 0, tried: Tried::No, whole: false };
    let Some(entry) = entry else { return Ok(fresh) };
    match (entry.state, job.direction) {
        (Some(State::Started | State::Running | State::Failed), Direction::Up)
        | (Some(State::Reverting), Direction::Down) => {}
        (Some(_) | None, _) => return Ok(fresh),
    }
    let (done, of) = (entry.step, entry.steps);
    let same = done <= job.statements.len()
        && entry.done_checksum.as_deref() == Some(&checksum_of(job, done));
    if same {
        return Ok(Progress { done, tried: tried_before(job, steps, entry), whole: false });
    }
    Err(ApplyError::ChangedSinceStopped { migration: job.known.name.clone(), done, of })
}

/// What an earlier run noted about the statement that is next. It may be another one by now: the
/// file may be changed from there on. Settings before it are run again and no part of that.
fn tried_before(job: &Job<'_>, steps: &[Step], entry: &Entry) -> Tried {
    let begun = entry.error.as_deref().filter(|error| error.starts_with(BEGUN));
    let mut left = steps.iter().filter(|step| step.kind != Kind::Setting);
    let next = left.find(|step| step.range.end > entry.step).map(|step| step.range.start);
    // Its checksum alone: a text may come back in another encoding.
    let is_next = |begun: &str| {
        next.is_some_and(|next| {
            let sum = format!("({})", &sum_of(job, next)[..12]);
            begun.split(BEFORE).next().is_some_and(|note| note.ends_with(&sum))
        })
    };
    match begun {
        Some(begun) if is_next(begun) => Tried::Unknown,
        None if entry.state == Some(State::Running) => Tried::Unknown,
        None if entry.error.is_some() => Tried::Failed,
        Some(_) | None => Tried::No,
    }
}

/// The checksum of the first statements.
pub(super) fn checksum_of(job: &Job<'_>, done: usize) -> String {
    let done: Vec<_> = job.statements[..done].iter().map(|one| one.sql.as_str()).collect();
    checksum(&done.join("\n"))
}

fn unknown_outcome(job: &Job<'_>, position: usize) -> ApplyError {
    ApplyError::UnknownOutcome {
        migration: job.known.name.clone(),
        direction: job.direction,
        statement: Box::new(job.place_of(position)),
    }
}

impl<C: MigrateConnection> Session<'_, C> {
    /// Whether a statement that was tried before is done. What cannot be told is refused rather
    /// than run twice.
    pub(super) fn settled(
        &mut self,
        job: &Job<'_>,
        position: usize,
        tried: Tried,
    ) -> Result<bool, ApplyError> {
        match self.backend {
            Backend::Mysql if tried == Tried::Unknown => {
                return self.settled_by_landmark(job, position);
            }
            Backend::Postgres if tried != Tried::No => {}
            Backend::Sqlite | Backend::Mysql | Backend::Postgres => return Ok(false),
        }
        let statement = &job.statements[position];
        match (statement.concurrent_index(), tried) {
            (Some(ConcurrentIndex::Create { index: Some(index), table, .. }), _) => {
                self.settle_creation(job, &index, &table, tried)
            }
            (Some(ConcurrentIndex::Drop(index)), Tried::Unknown) => Ok(!self.is_there(&index)?),
            (_, Tried::Unknown) => match (self.unnamed(job, position), self.noted_before(job)?) {
                (Some(those), Some(before)) => {
                    let settled =
                        self.settle_unnamed(&those, &before, &job.statements[position].sql)?;
                    settled.ok_or_else(|| unknown_outcome(job, position))
                }
                _ if statement.is_repeatable() => Ok(false),
                _ => Err(unknown_outcome(job, position)),
            },
            (Some(ConcurrentIndex::Create { index: None, .. }), Tried::Failed) => {
                let (those, before) = (self.unnamed(job, position), self.noted_before(job)?);
                if let (Some(those), Some(before)) = (those, before) {
                    self.drop_unnamed(&those, &before)?;
                }
                Ok(false)
            }
            (_, Tried::No | Tried::Failed) => Ok(false),
        }
    }

    /// What is noted before a statement that no transaction can hold.
    pub(super) fn begun(&mut self, job: &Job<'_>, position: usize) -> Result<String, ApplyError> {
        let text = begun_text(job, position);
        let now = match self.unnamed(job, position) {
            Some(those) => Some(self.numbers(&those)?),
            None if self.backend == Backend::Mysql => {
                let now = landmark(self.connection, &job.statements[position].sql);
                Some(now.map_err(ApplyError::database("read the catalog"))?)
            }
            None => None,
        };
        Ok(now.map_or(text.clone(), |now| format!("{text}{BEFORE}{now}")))
    }

    /// What was noted about the database before the statement that did not come back, or left an
    /// index behind.
    pub(super) fn noted_before(&mut self, job: &Job<'_>) -> Result<Option<String>, ApplyError> {
        let noted = self.tables.history(self.connection)?;
        let noted = noted.get(&job.known.version).and_then(|entry| entry.error.as_deref());
        Ok(noted.and_then(|text| text.rsplit_once(BEFORE)).map(|(_, before)| before.to_owned()))
    }

    /// MySQL: a change of the schema was done if what it names does not look as it did before. Nobody
    /// else changes that: the lock is ours, and the session that began the statement is gone.
    fn settled_by_landmark(&mut self, job: &Job<'_>, position: usize) -> Result<bool, ApplyError> {
        let statement = &job.statements[position];
        if statement.is_repeatable_on_mysql() {
            return Ok(false);
        }
        match self.noted_before(job)? {
            Some(before) if statement.changes_schema() => {
                let now = landmark(self.connection, &statement.sql);
                let done = now.map_err(ApplyError::database("read the catalog"))? != before;
                if !done && statement.may_leave_no_trace() {
                    return Err(unknown_outcome(job, position));
                }
                Ok(done)
            }
            Some(_) | None => Err(unknown_outcome(job, position)),
        }
    }
}
