//! Runs a migration outside a transaction, step by step, with a mark after each.

use diesel::result::Error;

use super::ApplyError;
use super::Direction;
use super::driver::MigrateConnection;
use super::event::Event;
use super::failure::Outcome;
use super::history::{Entry, State};
use super::invalid::{self, LEFT};
use super::landmark::BEFORE;
use super::lock::sqlite;
use super::names;
use super::recorder::Work;
use super::resume::{Progress, Tried, checksum_of, resumed};
use super::run::Job;
use super::script::{self, Kind, Statement, Step};
use super::session::Session;
use crate::model::Backend;

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
        let whole = script::is_rebuild(self.backend, text, &job.statements, &steps);
        let mut progress = if whole {
            Progress { done: 0, tried: Tried::No, whole }
        } else {
            resumed(job, &steps, entry)?
        };
        if let Some(next) = job.statements.get(progress.done).filter(|_| progress.done > 0)
            && self.backend == Backend::Mysql
            && next.needs_the_session()
        {
            return Err(ApplyError::NotInSteps {
                migration: job.known.name.clone(),
                direction: job.direction,
                line: next.line,
                statement: next.sql.lines().next().unwrap_or_default().to_owned(),
                reason: "an earlier run did the statement before it, in another session; expected \
                         the value itself",
            });
        }
        if !whole {
            let claimed = self.claim(job, &progress, entry);
            let outcome = progress.outcome(job);
            if !claimed.map_err(|error| self.with_holders(error, job, outcome))? {
                return Ok(false);
            }
        }
        if self.backend == Backend::Sqlite
            && names::replaces_table(&job.statements)
            && !names::says_foreign_keys_off(&job.statements)
        {
            // A file that says when is believed.
            self.foreign_keys_off()?;
        }
        let off = self.backend == Backend::Sqlite && names::needs_foreign_keys_off(&job.statements);
        // glowplug's own frame looks for itself.
        self.broken_before = if off && !whole { self.broken_references()? } else { None };
        let before = progress.done;
        let result = self.all_steps(job, &steps, &mut progress);
        let result = result.map_err(|error| self.with_holders(error, job, progress.outcome(job)));
        let result = result.map_err(|error| of_another_session(error, &job.statements[..before]));
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
        // What stands behind it may fail, and then the migration is not done. No PRAGMA does.
        let may_fail =
            |step: &Step| job.statements[step.range.start].may_fail_as_a_setting(self.backend);
        let last = last.filter(|last| !steps[last + 1..].iter().any(may_fail));
        let mut noted = false;
        for (at, step) in steps.iter().enumerate() {
            if step.kind == Kind::Setting {
                let result = self.statement(job, step.range.start);
                result.map_err(|e| job.failed_at(step.range.start, &e, progress.outcome(job)))?;
                continue;
            }
            if step.range.end <= progress.done {
                self.set_again(job, step, progress)?;
                continue;
            }
            self.check_lease(&job.known.name)?;
            match self.one_step(job, step, last == Some(at), progress)? {
                Stepped::Done => {
                    noted = last == Some(at);
                    *progress = Progress { done: step.range.end, tried: Tried::No, ..*progress };
                }
                Stepped::Passed(done) => {
                    *progress = Progress { done, tried: Tried::No, ..*progress };
                }
                Stepped::Finished => return Ok(false),
            }
        }
        if !noted {
            // Settings leave no mark, and an earlier run may have done all the rest. With what they set
            // the rows might not be written.
            self.restore_settings()?;
            self.begin()?;
            if self.is_done(job)? {
                self.give_up(Stepped::Finished)?;
                return Ok(false);
            }
            self.mark(job, job.statements.len(), true, progress)?;
            let committed = self.commit(progress.outcome(job));
            committed.map_err(|(e, outcome)| job.failed(None, &e, outcome))?;
        }
        Ok(true)
    }

    /// What a block set for the session, before an earlier run stopped behind it.
    fn set_again(
        &mut self,
        job: &Job<'_>,
        step: &Step,
        progress: &Progress,
    ) -> Result<(), ApplyError> {
        for position in step.range.clone() {
            if job.statements[position].sets_for_the_session(self.backend) {
                let result = self.statement(job, position);
                result.map_err(|e| job.failed_at(position, &e, progress.outcome(job)))?;
            }
        }
        Ok(())
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
                let committed = self.commit(progress.outcome(job));
                committed.map_err(|(e, outcome)| job.failed_at(start, &e, outcome))?;
                Ok(Stepped::Done)
            }
            Kind::Bare => self.bare(job, step, last, progress),
            Kind::Block => self.block(job, step, last, progress),
        }
    }

    /// One statement that no transaction can hold: a note before it, a mark after it. Each is written
    /// in a transaction that first looks whether another process is ahead: on SQLite one may have
    /// finished the migration while nothing was locked.
    fn bare(
        &mut self,
        job: &Job<'_>,
        step: &Step,
        last: bool,
        progress: &mut Progress,
    ) -> Result<Stepped, ApplyError> {
        let start = step.range.start;
        if !self.settled(job, start, progress.tried)? {
            self.begin()?;
            if let Some(stepped) = self.overtaken(job, step, progress)? {
                return self.give_up(stepped);
            }
            let invalid = self.invalid_before(job, start)?;
            let begun = self.begun(job, start)?;
            // Settings before it were run, and are run again: they are no part of what is done.
            self.entry(job, Tried::Unknown, progress.done, Some(&begun))?;
            let noted = self.connection.commit();
            noted.map_err(ApplyError::database("write `__glowplug_history`"))?;
            progress.tried = Tried::Unknown;
            self.patiently(job, start)?.map_err(|error| {
                if self.is_lost() {
                    return job.failed_at(start, &error, Outcome::StatementUnknown);
                }
                progress.tried = Tried::Failed;
                let error = job.failed_at(start, &error, progress.outcome(job));
                self.drop_what_failed(job, start, &invalid, error)
            })?;
            if let Some(error) = self.skipped_over_invalid(job, start, progress)? {
                progress.tried = Tried::Failed;
                return Err(error);
            }
        }
        self.observer.tell(&Event::Step("statement done"));
        self.begin()?;
        if let Some(stepped) = self.overtaken(job, step, progress)? {
            return self.give_up(stepped);
        }
        if last && self.is_done(job)? {
            return self.give_up(Stepped::Finished);
        }
        self.mark(job, step.range.end, last, progress)?;
        let committed = self.commit(progress.outcome(job));
        committed.map_err(|(e, outcome)| job.failed_at(start, &e, outcome))?;
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
            let begins = position == step.range.start;
            let result = if begins && self.backend == Backend::Sqlite {
                // A deferred `BEGIN` would fail at its first write if another process had written.
                self.connection.run_sql("BEGIN IMMEDIATE")
            } else {
                self.statement(job, position)
            };
            result.map_err(|error| {
                if begins && sqlite::is_busy(&error) {
                    return self.locked();
                }
                let lost = position == end && self.is_lost();
                let outcome = if lost { Outcome::CommitUnknown } else { progress.outcome(job) };
                job.failed_at(position, &error, outcome)
            })?;
            self.own_transaction = position != end;
            if begins && let Some(stepped) = self.overtaken(job, step, progress)? {
                return self.give_up(stepped);
            }
        }
        self.observer.tell(&Event::Step("committed"));
        Ok(Stepped::Done)
    }

    /// Whether another process is ahead. SQLite has no lock over the whole migration.
    fn overtaken(
        &mut self,
        job: &Job<'_>,
        step: &Step,
        progress: &Progress,
    ) -> Result<Option<Stepped>, ApplyError> {
        if !self.shares() {
            return Ok(None);
        }
        if self.is_done(job)? {
            return Ok(Some(Stepped::Finished));
        }
        if progress.whole {
            return Ok(None);
        }
        let done = self
            .tables
            .history(self.connection)?
            .get(&job.known.version)
            .map_or(0, |entry| entry.step);
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
        let noted = self.tables.history(self.connection)?;
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
            let before = self.broken_before;
            if before.is_some() && self.broken_references()? > before {
                let error = Error::QueryBuilderError("foreign keys would be broken".into());
                return Err(job.failed(None, &error, progress.outcome(job)));
            }
            self.write_rows(job)
        } else if progress.whole {
            Ok(())
        } else {
            self.entry(job, Tried::No, done, None)
        }
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
        self.take_role_back()?;
        self.check_lease(&job.known.name)?;
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
        let message = error.failure().map_or_else(
            || error.to_string(),
            |failure| match failure.left.as_deref().filter(|left| left.contains(LEFT)) {
                Some(left) => format!("{}; {left}", failure.message),
                None => failure.message.clone(),
            },
        );
        let noted = self.roll_back().map_err(ApplyError::database("roll back"));
        let noted = noted
            .and_then(|()| self.restore_settings())
            .and_then(|()| self.with_before(job, message))
            .and_then(|message| self.note_stop(job, progress, &message));
        if let Err(error) = noted {
            tracing::warn!(%error, migration = job.known.name, "could not note the failure");
        }
    }

    /// Adds to the note of an index that is left which indexes there were before.
    fn with_before(&mut self, job: &Job<'_>, message: String) -> Result<String, ApplyError> {
        if !invalid::is_left(&message) {
            return Ok(message);
        }
        let before = self.noted_before(job)?;
        Ok(before.map_or(message.clone(), |before| format!("{message}{BEFORE}{before}")))
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
}

/// What an earlier run made for its session alone is not there any more.
fn of_another_session(error: ApplyError, done: &[Statement]) -> ApplyError {
    match error {
        ApplyError::Failed(mut failure) if done.iter().any(Statement::is_temporary) => {
            failure.hint.get_or_insert_with(|| {
                "an earlier run made temporary objects, which went with its connection; where its \
                 statements may run twice, `glowplug repair` has the next run begin with the first"
                    .to_owned()
            });
            ApplyError::Failed(failure)
        }
        error => error,
    }
}
