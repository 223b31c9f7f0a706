//! Runs a migration outside a transaction, step by step, with a mark after each.

use super::ApplyError;
use super::driver::MigrateConnection;
use super::error::{Direction, Outcome};
use super::event::Event;
use super::history::{Entry, State, history};
use super::names::ConcurrentIndex;
use super::recorder::Work;
use super::run::Job;
use super::script::{self, Kind, Step};
use super::session::Session;
use super::sql::literal;
use crate::files::checksum;
use crate::model::Backend;

/// Where a migration is.
struct Progress {
    /// How many statements are done.
    done: usize,
    /// What is known of the statement after them.
    tried: Tried,
    /// All or nothing: a rebuild of SQLite tables. No mark but the last.
    whole: bool,
}

/// What became of the next statement so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tried {
    /// It was not begun.
    No,
    /// It failed.
    Failed,
    /// It was begun and did not come back: the process died, or lost its connection.
    Unknown,
}

/// What became of a step.
enum Stepped {
    Done,
    /// Another process has run it, and statements after it; so many are done.
    Passed(usize),
    /// Another process has finished the migration.
    Finished,
}

impl<C: MigrateConnection> Session<'_, C> {
    /// Runs the steps; false when another process has done it.
    pub(super) fn in_steps(
        &mut self,
        job: &Job<'_>,
        entry: Option<&Entry>,
    ) -> Result<bool, ApplyError> {
        let steps = script::steps(self.backend, &job.statements);
        let Work::Sql(text) = job.known.work(job.direction) else { return Ok(false) };
        let whole = script::is_rebuild(self.backend, text, &steps);
        let mut progress = if whole {
            Progress { done: 0, tried: Tried::No, whole }
        } else {
            resumed(job, entry)?
        };
        if !whole && !self.claim(job, &progress, entry)? {
            return Ok(false);
        }
        let result = self.all_steps(job, &steps, &mut progress);
        if let (Err(error), false) = (&result, whole) {
            self.note_failure(job, &progress, error);
        }
        result
    }

    fn all_steps(
        &mut self,
        job: &Job<'_>,
        steps: &[Step],
        progress: &mut Progress,
    ) -> Result<bool, ApplyError> {
        let last = steps.iter().rposition(|step| step.kind != Kind::Setting);
        for (at, step) in steps.iter().enumerate() {
            if step.kind == Kind::Setting {
                let result = self.statement(job, step.range.start);
                result.map_err(|e| job.failed_at(step.range.start, &e, progress.outcome(job)))?;
                continue;
            }
            if step.range.end <= progress.done {
                continue;
            }
            match self.one_step(job, step, last == Some(at), progress)? {
                Stepped::Done => {
                    *progress = Progress { done: step.range.end, tried: Tried::No, ..*progress };
                }
                Stepped::Passed(done) => {
                    *progress = Progress { done, tried: Tried::No, ..*progress };
                }
                Stepped::Finished => return Ok(false),
            }
        }
        if last.is_none() {
            // Nothing but settings, which leave no mark: the rows alone are to be written.
            self.begin()?;
            if self.is_done(job)? {
                self.give_up(Stepped::Finished)?;
                return Ok(false);
            }
            self.write_rows(job)?;
            self.connection.commit().map_err(|e| job.failed(None, &e, progress.outcome(job)))?;
        }
        Ok(true)
    }

    fn one_step(
        &mut self,
        job: &Job<'_>,
        step: &Step,
        last: bool,
        progress: &mut Progress,
    ) -> Result<Stepped, ApplyError> {
        let start = step.range.start;
        match step.kind {
            Kind::Setting => Ok(Stepped::Done),
            Kind::Plain => {
                self.begin()?;
                if let Some(stepped) = self.overtaken(job, step, progress)? {
                    return self.give_up(stepped);
                }
                let result = self.statement(job, start);
                result.map_err(|e| job.failed_at(start, &e, progress.outcome(job)))?;
                self.mark(job, step.range.end, last, progress)?;
                self.observer.tell(&Event::Step("commit"));
                let committed = self.connection.commit();
                committed.map_err(|e| job.failed_at(start, &e, progress.outcome(job)))?;
                Ok(Stepped::Done)
            }
            Kind::Bare => self.bare(job, step, last, progress),
            Kind::Block => self.block(job, step, last, progress),
        }
    }

    /// One statement that no transaction can hold: a note before it, a mark after it.
    fn bare(
        &mut self,
        job: &Job<'_>,
        step: &Step,
        last: bool,
        progress: &mut Progress,
    ) -> Result<Stepped, ApplyError> {
        let start = step.range.start;
        if let Some(stepped) = self.overtaken(job, step, progress)? {
            return Ok(stepped);
        }
        if !self.settled(job, start, progress.tried)? {
            self.note(job, Tried::Unknown, start, Some(&begun_text(job, start)))?;
            progress.tried = Tried::Unknown;
            self.statement(job, start).map_err(|error| {
                progress.tried = Tried::Failed;
                job.failed_at(start, &error, progress.outcome(job))
            })?;
        }
        self.observer.tell(&Event::Step("statement done"));
        self.begin()?;
        if last && self.is_done(job)? {
            return self.give_up(Stepped::Finished);
        }
        self.mark(job, step.range.end, last, progress)?;
        let committed = self.connection.commit();
        committed.map_err(|e| job.failed_at(start, &e, progress.outcome(job)))?;
        Ok(Stepped::Done)
    }

    /// The file's own transaction.
    fn block(
        &mut self,
        job: &Job<'_>,
        step: &Step,
        last: bool,
        progress: &Progress,
    ) -> Result<Stepped, ApplyError> {
        let end = step.range.end - 1;
        for position in step.range.clone() {
            if position == end {
                self.mark(job, step.range.end, last, progress)?;
                self.observer.tell(&Event::Step("commit"));
            }
            let result = if position == step.range.start && self.backend == Backend::Sqlite {
                // A deferred `BEGIN` would fail at its first write if another process had written.
                self.connection.run_sql("BEGIN IMMEDIATE")
            } else {
                self.statement(job, position)
            };
            result.map_err(|error| match self.busy_or("begin a transaction", error) {
                ApplyError::Database { source, .. } => {
                    job.failed_at(position, &source, progress.outcome(job))
                }
                busy => busy,
            })?;
            self.own_transaction = position != end;
            if position == step.range.start
                && let Some(stepped) = self.overtaken(job, step, progress)?
            {
                return self.give_up(stepped);
            }
        }
        self.observer.tell(&Event::Step("committed"));
        Ok(Stepped::Done)
    }

    /// Whether another process is ahead. Only SQLite has no lock over the whole migration.
    fn overtaken(
        &mut self,
        job: &Job<'_>,
        step: &Step,
        progress: &Progress,
    ) -> Result<Option<Stepped>, ApplyError> {
        if self.backend != Backend::Sqlite {
            return Ok(None);
        }
        if self.is_done(job)? {
            return Ok(Some(Stepped::Finished));
        }
        if progress.whole {
            return Ok(None);
        }
        let done = history(self.connection)?.get(&job.known.version).map_or(0, |entry| entry.step);
        Ok((done >= step.range.end).then_some(Stepped::Passed(done)))
    }

    fn give_up(&mut self, stepped: Stepped) -> Result<Stepped, ApplyError> {
        self.roll_back().map_err(ApplyError::database("roll back"))?;
        Ok(stepped)
    }

    /// Notes that the migration is begun, in a transaction; false when it is done by now. What is
    /// known of an earlier try stays: the process may die before it has acted on that.
    fn claim(
        &mut self,
        job: &Job<'_>,
        progress: &Progress,
        entry: Option<&Entry>,
    ) -> Result<bool, ApplyError> {
        self.begin()?;
        if self.is_done(job)? {
            self.roll_back().map_err(ApplyError::database("roll back"))?;
            return Ok(false);
        }
        self.tables.create(self.connection)?;
        if !self.is_behind(job, progress)? {
            let error = entry.filter(|_| progress.tried != Tried::No);
            let error = error.and_then(|entry| entry.error.as_deref());
            self.entry(job, progress.tried, progress.done, error)?;
        }
        self.connection.commit().map_err(ApplyError::database("note the migration as begun"))?;
        Ok(true)
    }

    /// Whether another process is ahead of what is known here.
    fn is_behind(&mut self, job: &Job<'_>, progress: &Progress) -> Result<bool, ApplyError> {
        let noted = history(self.connection)?;
        Ok(noted
            .get(&job.known.version)
            .is_some_and(|entry| entry.state != Some(State::Applied) && entry.step > progress.done))
    }

    /// Marks statements as done, in the transaction that is open. The last mark is both rows.
    fn mark(
        &mut self,
        job: &Job<'_>,
        done: usize,
        last: bool,
        progress: &Progress,
    ) -> Result<(), ApplyError> {
        self.observer.tell(&Event::Step("rows"));
        if last {
            self.write_rows(job)
        } else if progress.whole {
            Ok(())
        } else {
            self.entry(job, Tried::No, done, None)
        }
    }

    /// Writes glowplug's row, in a transaction of its own.
    fn note(
        &mut self,
        job: &Job<'_>,
        tried: Tried,
        done: usize,
        error: Option<&str>,
    ) -> Result<(), ApplyError> {
        self.begin()?;
        self.entry(job, tried, done, error)?;
        self.connection.commit().map_err(ApplyError::database("write `__glowplug_history`"))
    }

    fn entry(
        &mut self,
        job: &Job<'_>,
        tried: Tried,
        done: usize,
        error: Option<&str>,
    ) -> Result<(), ApplyError> {
        let state = match (job.direction, tried) {
            (Direction::Up, Tried::No) => State::Started,
            (Direction::Up, Tried::Failed) => State::Failed,
            (Direction::Up, Tried::Unknown) => State::Running,
            (Direction::Down, _) => State::Reverting,
        };
        self.take_role_back(job)?;
        let mut note = job.note(done);
        note.done_checksum = Some(checksum_of(job, done));
        note.error = error;
        self.tables.insert_entry(self.connection, &note, state)
    }

    /// Notes why it stopped. The error itself is what counts, so a failure to note it is only
    /// logged.
    fn note_failure(&mut self, job: &Job<'_>, progress: &Progress, error: &ApplyError) {
        if error.is_lock_timeout() {
            // Nothing was begun, and it is the other process that writes.
            return;
        }
        let message =
            error.failure().map_or_else(|| error.to_string(), |failure| failure.message.clone());
        let noted = self.roll_back().map_err(ApplyError::database("roll back"));
        let noted = noted
            .and_then(|()| self.restore_settings())
            .and_then(|()| self.note_stop(job, progress, &message));
        if let Err(error) = noted {
            tracing::warn!(%error, migration = job.known.name, "could not note the failure");
        }
    }

    fn note_stop(
        &mut self,
        job: &Job<'_>,
        progress: &Progress,
        message: &str,
    ) -> Result<(), ApplyError> {
        self.begin()?;
        // A statement of unknown outcome stays one; its own note says which it is.
        let unknown = progress.tried == Tried::Unknown;
        if unknown || self.is_done(job)? || self.is_behind(job, progress)? {
            return self.roll_back().map_err(ApplyError::database("roll back"));
        }
        self.entry(job, Tried::Failed, progress.done, Some(message))?;
        self.connection.commit().map_err(ApplyError::database("write `__glowplug_history`"))
    }

    /// Whether a statement that was tried before is done. What cannot be told is refused rather
    /// than run twice.
    fn settled(
        &mut self,
        job: &Job<'_>,
        position: usize,
        tried: Tried,
    ) -> Result<bool, ApplyError> {
        if tried == Tried::No || self.backend != Backend::Postgres {
            return Ok(false);
        }
        let statement = &job.statements[position];
        match (statement.concurrent_index(), tried) {
            (Some(ConcurrentIndex::Create(index)), _) => self.settle_creation(&index, tried),
            (Some(ConcurrentIndex::Drop(index)), Tried::Unknown) => {
                Ok(self.validity(&index)?.is_none())
            }
            (None, Tried::Unknown) if !statement.is_repeatable() => {
                Err(ApplyError::UnknownOutcome {
                    migration: job.known.name.clone(),
                    direction: job.direction,
                    statement: Box::new(job.place_of(position)),
                })
            }
            (Some(ConcurrentIndex::Drop(_)) | None, _) => Ok(false),
        }
    }

    /// What an earlier try of `CREATE INDEX CONCURRENTLY` left: PostgreSQL keeps the index of a
    /// failed one as invalid, and then refuses the name, or takes it for done under
    /// `IF NOT EXISTS`. True when the index of a try that did not come back is there and valid.
    fn settle_creation(&mut self, index: &str, tried: Tried) -> Result<bool, ApplyError> {
        match self.validity(index)? {
            Some(true) => Ok(tried == Tried::Unknown),
            Some(false) => {
                let dropped = self.connection.run_sql(&format!("DROP INDEX CONCURRENTLY {index}"));
                dropped
                    .map_err(ApplyError::database("drop the invalid index of an earlier try"))?;
                Ok(false)
            }
            None => Ok(false),
        }
    }

    /// Whether an index of PostgreSQL is valid, if there is one.
    fn validity(&mut self, index: &str) -> Result<Option<bool>, ApplyError> {
        let sql = format!(
            "SELECT CASE WHEN indisvalid THEN '1' ELSE '0' END AS v FROM pg_catalog.pg_index \
             WHERE indexrelid = pg_catalog.to_regclass({})",
            literal(self.backend, index)
        );
        let doing = "look for the index of an earlier try";
        let found = self.connection.texts(&sql).map_err(ApplyError::database(doing))?;
        Ok(found.into_iter().flatten().next().map(|valid| valid == "1"))
    }
}

impl Progress {
    fn outcome(&self, job: &Job<'_>) -> Outcome {
        if self.whole {
            Outcome::RolledBack
        } else {
            Outcome::Kept { done: self.done, of: job.statements.len() }
        }
    }
}

/// What is noted while a statement runs that no transaction can hold.
fn begun_text(job: &Job<'_>, position: usize) -> String {
    let sql = &job.statements[position].sql;
    let start: String = sql.lines().next().unwrap_or_default().chars().take(80).collect();
    format!("{BEGUN}{start} ({})", &checksum(sql)[..12])
}

const BEGUN: &str = "was begun and did not come back: ";

/// Where an earlier run stopped, if what it ran is still what the file says.
fn resumed(job: &Job<'_>, entry: Option<&Entry>) -> Result<Progress, ApplyError> {
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
        return Ok(Progress { done, tried: tried_before(job, entry), whole: false });
    }
    Err(ApplyError::ChangedSinceStopped { migration: job.known.name.clone(), done, of })
}

/// What an earlier run noted about the statement that is next. It may be another one by now: the
/// file may be changed from there on.
fn tried_before(job: &Job<'_>, entry: &Entry) -> Tried {
    let begun = entry.error.as_deref().filter(|error| error.starts_with(BEGUN));
    match begun {
        Some(begun) if entry.step < job.statements.len() => {
            if begun == begun_text(job, entry.step) { Tried::Unknown } else { Tried::No }
        }
        Some(_) => Tried::No,
        None if entry.state == Some(State::Running) => Tried::Unknown,
        None if entry.error.is_some() => Tried::Failed,
        None => Tried::No,
    }
}

/// The checksum of the first statements.
fn checksum_of(job: &Job<'_>, done: usize) -> String {
    let done: Vec<_> = job.statements[..done].iter().map(|one| one.sql.as_str()).collect();
    checksum(&done.join("\n"))
}
