//! What the manager does: look, lock, look again, run.

use diesel::migration::MigrationSource;

use super::{MigrationManager, Policy, Revert};
use crate::apply::applied::{self, Applied};
use crate::apply::driver::{Driver, MigrateConnection};
use crate::apply::history::{self, History};
use crate::apply::lock::holder;
use crate::apply::lock::sqlite::patiently;
use crate::apply::lock::wait::{Patience, until};
use crate::apply::report::{Done, Report, Warning, unknown, warnings};
use crate::apply::run::Ran;
use crate::apply::select::{
    chosen, refuse_control, refuse_for_the_session, refuse_half_done, refuse_outside, refuse_steps,
    versions,
};
use crate::apply::session::{Manners, Session, reading};
use crate::apply::source::{self, Known, Loaded, known_of, load, read};
use crate::apply::status::{MigrationState, Status};
use crate::apply::{ApplyError, Direction, squash};
use crate::model::Backend;

impl<S> MigrationManager<S> {
    pub(super) fn apply_those<C>(
        &self,
        connection: &mut C,
        wanted: impl Fn(&Known) -> bool,
    ) -> Result<Report, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        let patience = Patience::new(self.lock_timeout);
        let migrations = source::migrations(&self.source)?;
        let versions = self.read(patience, connection, applied::versions)?;
        let looks_closer = self.strict || self.policy == Policy::VerifyOnly;
        if !looks_closer && applied::are_these(&versions, &migrations) {
            return Ok(Report::default());
        }
        let mut loaded = source::each_once(source::all(migrations)?)?;
        let mut applied = applied::without_times(versions);
        if self.policy == Policy::Wait {
            applied = self.wait(patience, connection, &loaded, applied, &wanted)?;
        }
        squash::expand(&mut loaded, &applied)?;
        let is_pending = |one: &Loaded<C::Backend>| !applied.contains_key(&one.known.version);
        let pending = loaded.iter().any(|one| is_pending(one) && wanted(&one.known));
        if looks_closer {
            let history = self.read(patience, connection, history::history)?;
            read(&mut loaded, &[Direction::Up], |known| is_compared(known, &applied, &history))?;
            self.refuse(&Status::new(&known_of(&loaded), &applied, &history))?;
        }
        if !pending {
            return Ok(Report { warnings: unknown(&loaded, &applied), ..Report::default() });
        }
        let mut session = self.open(patience, connection)?;
        let result = self.apply_locked(&mut session, &mut loaded, wanted);
        session.close(result)
    }

    /// Reads again and again until another process has applied what is wanted.
    pub(super) fn wait<C: MigrateConnection>(
        &self,
        patience: Patience,
        connection: &mut C,
        loaded: &[Loaded<C::Backend>],
        mut applied: Applied,
        wanted: impl Fn(&Known) -> bool,
    ) -> Result<Applied, ApplyError> {
        let pending = |applied: &Applied| -> Vec<String> {
            let known = loaded.iter().map(|one| &one.known).filter(|known| wanted(known));
            let pending = known.filter(|known| !applied.contains_key(&known.version));
            pending.map(|known| known.name.clone()).collect()
        };
        if pending(&applied).is_empty() {
            return Ok(applied);
        }
        let holder = |driver: &mut dyn Driver| {
            let holder = |driver: &mut dyn Driver| Ok(holder(driver, self.lock_mode));
            reading(driver, self.lock_mode, holder).ok()?
        };
        let mut look = |driver: &mut dyn Driver| {
            applied = applied::without_times(self.read(patience, driver, applied::versions)?);
            Ok(pending(&applied).is_empty())
        };
        let waited = until(connection, patience, &self.observer, &mut look, &holder);
        match waited {
            Err(ApplyError::LockTimeout { waited, .. }) => {
                Err(ApplyError::StillPending { waited, names: pending(&applied) })
            }
            ended => ended.map(|()| applied),
        }
    }

    /// Under the lock everything is read again.
    pub(super) fn apply_locked<C: MigrateConnection>(
        &self,
        session: &mut Session<'_, C>,
        loaded: &mut Vec<Loaded<C::Backend>>,
        wanted: impl Fn(&Known) -> bool,
    ) -> Result<Report, ApplyError> {
        let patience = Patience::new(self.lock_timeout);
        let applied = self.read(patience, session.driver(), applied::applied)?;
        squash::expand(loaded, &applied)?;
        let history = self.read(patience, session.driver(), history::history)?;
        read(loaded, &[Direction::Up], |known| {
            is_compared(known, &applied, &history)
                || wanted(known) && !applied.contains_key(&known.version)
        })?;
        let status = Status::new(&known_of(loaded), &applied, &history);
        if self.strict {
            self.refuse(&status)?;
        }
        let pending = loaded.iter().filter(|one| !applied.contains_key(&one.known.version));
        let pending: Vec<_> = pending.filter(|one| wanted(&one.known)).collect();
        refuse_for(session, &pending, Direction::Up)?;
        let mut report = Report { warnings: warnings(&status), ..Report::default() };
        for one in pending {
            if self.observer.stops() {
                report.stopped = true;
                break;
            }
            let entry = history.get(&one.known.version);
            if let Ran::Done(elapsed) = session.run(one, Direction::Up, entry)? {
                report.applied.push(Done::new(&one.known, elapsed));
            }
        }
        // What another process applied is not this one's to report.
        report.warnings.retain(|warning| match warning {
            Warning::OutOfOrder { name } => report.applied.iter().any(|done| done.name == *name),
            _ => true,
        });
        Ok(report)
    }

    pub(super) fn revert_and<C>(
        &self,
        connection: &mut C,
        which: Revert<'_>,
        again: bool,
    ) -> Result<Report, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        let patience = Patience::new(self.lock_timeout);
        let mut loaded = load(&self.source)?;
        if self.read(patience, connection, applied::versions)?.is_empty() {
            return Ok(Report::default());
        }
        let mut session = self.open(patience, connection)?;
        let result = self.revert_locked(&mut session, &mut loaded, which, again);
        session.close(result)
    }

    pub(super) fn revert_locked<C: MigrateConnection>(
        &self,
        session: &mut Session<'_, C>,
        loaded: &mut Vec<Loaded<C::Backend>>,
        which: Revert<'_>,
        again: bool,
    ) -> Result<Report, ApplyError> {
        let patience = Patience::new(self.lock_timeout);
        let applied = self.read(patience, session.driver(), applied::applied)?;
        squash::expand(loaded, &applied)?;
        let history = self.read(patience, session.driver(), history::history)?;
        let versions = versions(&applied, which)?;
        refuse_half_done(&versions, &applied, &history)?;
        let chosen = chosen(loaded, &versions)?;
        refuse_for(session, &chosen, Direction::Down)?;
        if again {
            refuse_for(session, &chosen, Direction::Up)?;
        }
        let all = |session: &mut Session<'_, C>| {
            let mut report = Report::default();
            let mut gone = Vec::new();
            for one in &chosen {
                if self.observer.stops() {
                    report.stopped = true;
                    break;
                }
                let entry = history.get(&one.known.version);
                if let Ran::Done(elapsed) = session.run(one, Direction::Down, entry)? {
                    report.reverted.push(Done::new(&one.known, elapsed));
                    gone.push(one);
                }
            }
            for one in gone.into_iter().rev().filter(|_| again) {
                if let Ran::Done(elapsed) = session.run(one, Direction::Up, None)? {
                    report.applied.push(Done::new(&one.known, elapsed));
                }
            }
            Ok(report)
        };
        let backend = session.backend;
        if !again || !chosen.iter().all(|one| one.known.fits_in_a_transaction(backend)) {
            return all(session);
        }
        session.together(all).map_err(wants_commits)
    }

    pub(super) fn open<'a, C: MigrateConnection>(
        &'a self,
        patience: Patience,
        connection: &'a mut C,
    ) -> Result<Session<'a, C>, ApplyError> {
        let manners = Manners {
            observer: &self.observer,
            lock_mode: self.lock_mode,
            terms: &self.terms,
            patience,
            table_lock_timeout: self.table_lock_timeout,
            statement_timeout: self.statement_timeout,
        };
        Session::open(connection, manners)
    }

    /// Reads; while SQLite's file is locked by a writer, again.
    pub(super) fn read<T>(
        &self,
        patience: Patience,
        driver: &mut dyn Driver,
        what: fn(&mut dyn Driver) -> Result<T, ApplyError>,
    ) -> Result<T, ApplyError> {
        patiently(driver, patience, |driver| reading(driver, self.lock_mode, what))
    }

    /// Errors of `strict` and of a policy.
    pub(super) fn refuse(&self, status: &Status) -> Result<(), ApplyError> {
        let edited = status.names(MigrationState::Edited);
        if !edited.is_empty() {
            return Err(ApplyError::Edited { names: edited });
        }
        let late = status.names(MigrationState::OutOfOrder);
        if self.strict && !late.is_empty() {
            let newest = status.migrations.iter().rfind(|one| one.state.is_applied());
            let newest = newest.map(|one| one.name.clone()).unwrap_or_default();
            return Err(ApplyError::OutOfOrder { newest, names: late });
        }
        let pending: Vec<_> = status.pending().map(|one| one.name.clone()).collect();
        if self.policy == Policy::VerifyOnly && !pending.is_empty() {
            return Err(ApplyError::Pending { names: pending });
        }
        Ok(())
    }
}

/// PostgreSQL wants a transaction to end before some statements: one that uses a value of an enum that
/// the transaction added, and one that changes a table whose deferred constraints have rows to look
/// at. To do so here could leave what was reverted reverted.
fn wants_commits(error: ApplyError) -> ApplyError {
    match error {
        ApplyError::Failed(mut failure)
            if failure.message.starts_with("unsafe use of new value")
                || failure.message.contains("pending trigger events") =>
        {
            failure.hint = Some(
                "a redo is one transaction, and this wants a commit before it: `glowplug revert` and \
                 `glowplug migrate` give each migration its own"
                    .to_owned(),
            );
            ApplyError::Failed(failure)
        }
        error => error,
    }
}

/// Refuses what must not be run so, before anything is.
fn refuse_for<C: MigrateConnection>(
    session: &Session<'_, C>,
    those: &[&Loaded<C::Backend>],
    direction: Direction,
) -> Result<(), ApplyError> {
    let known = || those.iter().map(|one| &one.known);
    refuse_control(session.backend, known(), direction)?;
    refuse_steps(session.backend, known(), direction)?;
    if session.is_pooled() {
        refuse_outside(known())?;
    }
    if session.backend == Backend::Postgres {
        refuse_for_the_session(known(), direction, session.is_pooled())?;
    }
    Ok(())
}

/// Whether the text that was applied is known, so that an edit can be seen.
fn is_compared(known: &Known, applied: &Applied, history: &History) -> bool {
    let entry = history.get(&known.version);
    applied.contains_key(&known.version) && entry.is_some_and(|entry| entry.checksum.is_some())
}
