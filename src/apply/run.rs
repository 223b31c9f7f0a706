//! Runs one migration.

use std::time::{Duration, Instant};

use diesel::result::{DatabaseErrorKind, Error};

use super::ApplyError;
use super::driver::MigrateConnection;
use super::error::{Direction, message};
use super::event::Event;
use super::failure::{FailedStatement, Failure, Outcome};
use super::history::{Entry, Note, now};
use super::names;
use super::recorder::Work;
use super::retry::{Bounds, Tries};
use super::said::Said;
use super::script::{self, Statement};
use super::session::{Changed, Session};
use super::source::{Known, Loaded};
use crate::model::Backend;

/// What became of a migration that was to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ran {
    /// It was run.
    Done(Duration),
    /// Another process was faster.
    Already,
}

/// A migration with what is needed to run it in one direction.
pub(super) struct Job<'a> {
    pub(super) known: &'a Known,
    pub(super) backend: Backend,
    pub(super) direction: Direction,
    pub(super) started_at: String,
    pub(super) statements: Vec<Statement>,
}

impl Known {
    pub(super) fn work(&self, direction: Direction) -> &Work {
        match direction {
            Direction::Up => &self.up,
            Direction::Down => &self.down,
        }
    }

    /// Whether both directions may run inside a transaction with others.
    pub(super) fn fits_in_a_transaction(&self, backend: Backend) -> bool {
        let keeps_settings = |work: &Work| match work {
            Work::Sql(text) if backend == Backend::Sqlite => {
                !names::needs_foreign_keys_off(&script::statements(backend, text))
            }
            Work::Sql(_) | Work::Code | Work::Absent | Work::Unread => true,
        };
        self.transactional
            && backend != Backend::Mysql
            && keeps_settings(&self.up)
            && keeps_settings(&self.down)
    }
}

impl<'a> Job<'a> {
    fn new(known: &'a Known, direction: Direction, backend: Backend) -> Self {
        let statements = match known.work(direction) {
            Work::Sql(text) => script::statements(backend, text),
            Work::Code | Work::Absent | Work::Unread => Vec::new(),
        };
        Self { known, backend, direction, started_at: now(), statements }
    }

    pub(super) fn note(&self, step: usize) -> Note<'_> {
        Note { step, steps: self.statements.len(), ..self.known.note(&self.started_at) }
    }

    /// Which statement it is, by its position.
    pub(super) fn place_of(&self, position: usize) -> FailedStatement {
        let statement = &self.statements[position];
        FailedStatement {
            number: position + 1,
            of: self.statements.len(),
            line: statement.line,
            sql: statement.sql.clone(),
        }
    }

    /// The failure of a statement, by its position.
    pub(super) fn failed_at(&self, position: usize, error: &Error, outcome: Outcome) -> ApplyError {
        let mut place = self.place_of(position);
        place.line += lines_before(&place.sql, error);
        self.failed(Some(place), error, outcome)
    }

    pub(super) fn failed(
        &self,
        statement: Option<FailedStatement>,
        error: &Error,
        outcome: Outcome,
    ) -> ApplyError {
        let (detail, hint) = match error {
            Error::DatabaseError(_, information) => (information.details(), information.hint()),
            _ => (None, None),
        };
        let message = message(error);
        let own = Said::of(&message).map(|said| said.hint());
        ApplyError::Failed(Box::new(Failure {
            version: self.known.version.as_str().to_owned(),
            migration: self.known.name.clone(),
            direction: self.direction,
            statement,
            detail: detail.map(str::to_owned),
            hint: hint.map(str::to_owned).or(own),
            message,
            outcome,
            left: None,
            remains: false,
            read_only: matches!(
                error,
                Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _)
            ),
            serialization: matches!(
                error,
                Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _)
            ),
        }))
    }
}

/// How many lines of the statement come before the place that the server points at.
fn lines_before(sql: &str, error: &Error) -> usize {
    let Error::DatabaseError(_, information) = error else { return 0 };
    let position = information.statement_position().and_then(|p| usize::try_from(p).ok());
    let before = position.map_or(0, |position| position.saturating_sub(1));
    sql.chars().take(before).filter(|&c| c == '\n').count()
}

impl<C: MigrateConnection> Session<'_, C> {
    /// Applies or reverts one migration, and notes it in the same transaction where there is one.
    pub(super) fn run(
        &mut self,
        loaded: &Loaded<C::Backend>,
        direction: Direction,
        entry: Option<&Entry>,
    ) -> Result<Ran, ApplyError> {
        let job = Job::new(&loaded.known, direction, self.backend);
        // MySQL ends a transaction at each change of the schema.
        let transactional = job.known.transactional && self.backend != Backend::Mysql;
        if !transactional {
            self.check_lock(&job.known.name)?;
        }
        self.learn(&job.statements)?;
        self.observer.tell(&Event::Started { migration: &job.known.name, direction });
        let start = Instant::now();
        let ran = if transactional {
            self.in_transaction(loaded, &job)
        } else if self.outer > 0 {
            Err(ApplyError::InTransaction { migration: job.known.name.clone() })
        } else if *job.known.work(direction) == Work::Code {
            self.code_outside(loaded, &job)
        } else {
            self.in_steps(&job, entry)
        };
        if self.is_pooled() {
            // Rolled back, or put back before the commit.
            self.changed.settings = false;
        }
        let (done, elapsed) = (ran?, start.elapsed());
        if done {
            let migration = &job.known.name;
            self.observer.tell(&Event::Finished { migration, direction, elapsed });
        }
        self.restore_settings().map_err(|error| match error {
            ApplyError::Database { source, .. } if done && self.outer == 0 => {
                ApplyError::SettingsLeft { migration: job.known.name.clone(), direction, source }
            }
            error => error,
        })?;
        Ok(if done { Ran::Done(elapsed) } else { Ran::Already })
    }

    /// Several migrations in one transaction: all or none.
    pub(super) fn together<T>(
        &mut self,
        all: impl FnOnce(&mut Self) -> Result<T, ApplyError>,
    ) -> Result<T, ApplyError> {
        self.begin()?;
        self.outer += 1;
        let result = all(self);
        self.outer -= 1;
        let done = match result {
            Ok(done) => done,
            Err(error) => {
                self.roll_back().map_err(ApplyError::database("roll back"))?;
                return Err(error);
            }
        };
        self.connection.commit().map_err(ApplyError::database("commit"))?;
        Ok(done)
    }

    /// All in one transaction; false when another process has done it.
    fn in_transaction(
        &mut self,
        loaded: &Loaded<C::Backend>,
        job: &Job<'_>,
    ) -> Result<bool, ApplyError> {
        let rebuilds =
            self.backend == Backend::Sqlite && names::needs_foreign_keys_off(&job.statements);
        if rebuilds && self.outer > 0 {
            // They cannot be switched off any more.
            if self.has_foreign_keys_on() {
                return Err(ApplyError::InTransaction { migration: job.known.name.clone() });
            }
        } else if rebuilds {
            self.foreign_keys_off()?;
        }
        let mut bounds = if self.is_pooled() { None } else { Some(self.bounds()?) };
        let mut tries = Tries::new();
        loop {
            let ended = self.attempt(loaded, job, rebuilds, &mut bounds);
            let Err(error) = ended else { return ended };
            let known = bounds.clone().unwrap_or_default();
            if !self.tries_again(job, &error, &known, &mut tries) {
                return Err(self.with_holders(error, job, Outcome::RolledBack));
            }
        }
    }

    fn attempt(
        &mut self,
        loaded: &Loaded<C::Backend>,
        job: &Job<'_>,
        rebuilds: bool,
        bounds: &mut Option<Bounds>,
    ) -> Result<bool, ApplyError> {
        if self.is_pooled() {
            // They are those of the server process that this transaction meets.
            *bounds = None;
        }
        let sql = bounds.as_ref().map(|bounds| bounds.sql.as_str());
        let is_bound = self.begin_holding(&job.known.name, sql)?;
        let bounded = match bounds {
            Some(_) if is_bound => Ok(()),
            Some(bounds) => self.bound(bounds),
            None => self.meet().and_then(|()| self.bounds()).and_then(|all| {
                let bounded = self.bound(&all);
                *bounds = Some(all);
                bounded
            }),
        };
        let done = bounded.and_then(|()| self.inside(loaded, job, rebuilds));
        let committed = match done {
            Ok(true) => {
                let committed = self.commit(Outcome::RolledBack);
                committed.map(|()| true).map_err(|(e, outcome)| job.failed(None, &e, outcome))
            }
            Ok(false) | Err(_) => {
                let rolled_back = self.roll_back();
                let rolled_back = rolled_back.map_err(ApplyError::database("roll back"));
                // The first error counts; `close` finds out whether the connection is clean.
                done.and_then(|done| rolled_back.map(|()| done))
            }
        }?;
        self.observer.tell(&Event::Step("committed"));
        Ok(committed)
    }

    fn inside(
        &mut self,
        loaded: &Loaded<C::Backend>,
        job: &Job<'_>,
        rebuilds: bool,
    ) -> Result<bool, ApplyError> {
        if self.shares() && self.is_done(job)? {
            return Ok(false);
        }
        let broken = if rebuilds { self.broken_references()? } else { None };
        match job.known.work(job.direction) {
            Work::Sql(_) => {
                for position in 0..job.statements.len() {
                    self.statement(job, position)
                        .map_err(|error| job.failed_at(position, &error, Outcome::RolledBack))?;
                }
            }
            Work::Code => self.code_inside(loaded, job)?,
            Work::Absent | Work::Unread => {}
        }
        if broken.is_some() && self.broken_references()? > broken {
            let error = Error::QueryBuilderError("foreign keys would be broken".into());
            return Err(job.failed(None, &error, Outcome::RolledBack));
        }
        if self.is_pooled() {
            // What is set when the transaction commits stays with the server process. Triggers that
            // the commit would run find what the migration set.
            let now = self.connection.run_sql("SET CONSTRAINTS ALL IMMEDIATE");
            now.map_err(|error| job.failed(None, &error, Outcome::RolledBack))?;
            self.restore_settings()?;
        }
        self.observer.tell(&Event::Step("rows"));
        self.write_rows(job)?;
        Ok(true)
    }

    /// Whether the migration is where the job would bring it, as the database says now. Inside a
    /// transaction.
    pub(super) fn is_done(&mut self, job: &Job<'_>) -> Result<bool, ApplyError> {
        self.take_role_back()?;
        let applied = self.tables.is_applied(self.connection, &job.known.version)?;
        Ok(applied == (job.direction == Direction::Up))
    }

    /// Notes that the job is done, in the transaction that is open.
    pub(super) fn write_rows(&mut self, job: &Job<'_>) -> Result<(), ApplyError> {
        self.take_role_back()?;
        self.check_lease(&job.known.name)?;
        self.tables.create(self.connection)?;
        match job.direction {
            Direction::Up => {
                self.tables.insert_applied(self.connection, &job.note(job.statements.len()))
            }
            Direction::Down => self.tables.delete_applied(self.connection, &job.known.version),
        }
    }

    /// A migration may have switched to a role that may not write our tables, by a function that it
    /// called too.
    pub(super) fn take_role_back(&mut self) -> Result<(), ApplyError> {
        if self.backend != Backend::Postgres || !self.changed.role {
            return Ok(());
        }
        let sql = self.role_of_caller();
        self.connection.run_sql(&sql).map_err(ApplyError::database("take the role back"))
    }

    /// Runs one statement of the text.
    pub(super) fn statement(&mut self, job: &Job<'_>, position: usize) -> Result<(), Error> {
        self.announce(job, position);
        self.connection.run_sql(&job.statements[position].sql)
    }

    /// Tells that a statement is about to run.
    pub(super) fn announce(&mut self, job: &Job<'_>, position: usize) {
        let statement = &job.statements[position];
        self.own_transaction |= statement.begins();
        if statement.may_drop_the_notes() {
            self.tables.look_again();
        }
        // A server process of a pooler goes on to another client.
        let triggers = self.bounds.as_ref().is_some_and(|bounds| bounds.event_triggers);
        self.changed.settings |=
            self.is_pooled() || triggers || statement.may_change_settings(self.backend);
        self.changed.role |= triggers || statement.may_change_role();
        self.statement_began = Instant::now();
        self.observer.tell(&Event::Statement {
            migration: &job.known.name,
            number: position + 1,
            of: job.statements.len(),
            sql: &statement.sql,
        });
    }

    /// How many rows refer to nothing; `None` where there is a foreign key that SQLite cannot check.
    pub(super) fn broken_references(&mut self) -> Result<Option<i64>, ApplyError> {
        let sql = "SELECT CAST(count(*) AS TEXT) AS v FROM pragma_foreign_key_check";
        let count = match self.connection.texts(sql) {
            Err(error) if matches!(Said::of(&message(&error)), Some(Said::Mismatch { .. })) => {
                return Ok(None);
            }
            count => count.map_err(ApplyError::database("check references"))?,
        };
        Ok(Some(count.into_iter().flatten().next().and_then(|it| it.parse().ok()).unwrap_or(0)))
    }

    /// Rust code in our transaction. A savepoint tells afterwards whether the transaction is still
    /// ours.
    fn code_inside(
        &mut self,
        loaded: &Loaded<C::Backend>,
        job: &Job<'_>,
    ) -> Result<(), ApplyError> {
        const MARK: &str = "glowplug_migration";
        let mark = self.connection.run_sql(&format!("SAVEPOINT {MARK}"));
        mark.map_err(ApplyError::database("begin a transaction"))?;
        self.code(loaded, job, Outcome::RolledBack)?;
        self.connection
            .run_sql(&format!("RELEASE SAVEPOINT {MARK}"))
            .map_err(|_| ApplyError::TransactionEnded { migration: job.known.name.clone() })
    }

    /// Rust code that opens its own transactions: there are no statements to note.
    fn code_outside(
        &mut self,
        loaded: &Loaded<C::Backend>,
        job: &Job<'_>,
    ) -> Result<bool, ApplyError> {
        // It may leave a transaction open that Diesel does not know about.
        self.own_transaction = true;
        self.code(loaded, job, Outcome::Unknown)?;
        self.own_transaction = false;
        self.begin()?;
        if self.is_done(job)? {
            self.roll_back().map_err(ApplyError::database("roll back"))?;
            return Ok(false);
        }
        self.write_rows(job)?;
        let committed = self.commit(Outcome::Unknown);
        committed.map_err(|(e, outcome)| job.failed(None, &e, outcome))?;
        Ok(true)
    }

    fn code(
        &mut self,
        loaded: &Loaded<C::Backend>,
        job: &Job<'_>,
        outcome: Outcome,
    ) -> Result<(), ApplyError> {
        self.changed = Changed { settings: true, role: true };
        let result = match job.direction {
            Direction::Up => loaded.migration.run(self.connection),
            Direction::Down => loaded.migration.revert(self.connection),
        };
        result.map_err(|error| match error.downcast::<Error>() {
            Ok(error) => job.failed(None, &error, outcome),
            Err(error) => job.failed(None, &Error::QueryBuilderError(error), outcome),
        })
    }
}
