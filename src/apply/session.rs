//! A run on a connection: lock, settings and transactions, all undone at its end, whatever
//! happens.

use std::time::{Duration, Instant};

use diesel::result::Error;

use super::ApplyError;
use super::driver::{Driver, MigrateConnection};
use super::event::{Event, Observer};
use super::failure::Outcome;
use super::history::Tables;
use super::lock::lease::Terms;
use super::lock::lease::heartbeat::Heartbeat;
use super::lock::wait::{Patience, until};
use super::lock::{Lock, LockMode, Taken, holders, sqlite};
use super::retry::Bounds;
use super::script::Statement;
use super::settings::{Named, Settings};
use super::sql::name;
use crate::model::Backend;

/// Holds the lock while it lives. When it is dropped, by a panic too, the connection is brought
/// back to how it was.
pub(super) struct Session<'a, C: MigrateConnection> {
    pub(super) connection: &'a mut C,
    pub(super) observer: &'a Observer,
    pub(super) tables: Tables,
    pub(super) backend: Backend,
    /// How many transactions the caller has open.
    pub(super) outer: u32,
    /// Whether a `BEGIN` of a migration's own text is open, which Diesel does not know about.
    pub(super) own_transaction: bool,
    /// What may not be as a migration finds it.
    pub(super) changed: Changed,
    /// What bounds each transaction, once it was asked for.
    pub(super) bounds: Option<Bounds>,
    lock: Option<Lock>,
    /// What renews a lease meanwhile.
    heartbeat: Option<Heartbeat>,
    /// The settings that the caller gets back.
    found: Settings,
    /// The settings that each migration begins with.
    working: Settings,
    /// What the migrations so far name that the server does not list.
    named: Named,
    pub(super) timeout: Duration,
    /// How long a migration waits for the lock of a table; zero is for ever.
    pub(super) table_lock_timeout: Duration,
    /// How long a statement may take; zero is for ever.
    pub(super) statement_timeout: Duration,
    /// How many references were broken before a migration that runs outside a transaction with
    /// foreign keys off.
    pub(super) broken_before: Option<i64>,
    /// When the latest statement of a migration began.
    pub(super) statement_began: Instant,
    /// Since when the run waits for its first lock.
    waiting: Option<Patience>,
    closed: bool,
}

/// What statements may have changed in the session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) settings: bool,
    /// PostgreSQL: by a function that was called, too.
    pub(super) role: bool,
}

/// How a run waits, for whom, and what it tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manners<'a> {
    pub(super) observer: &'a Observer,
    pub(super) lock_mode: LockMode,
    pub(super) terms: &'a Terms,
    /// Since when the run waits for its first lock, and for how long.
    pub(super) patience: Patience,
    pub(super) table_lock_timeout: Duration,
    pub(super) statement_timeout: Duration,
}

/// Reads in a transaction where each one may be answered by another server process, behind a pooler:
/// Diesel prepares a query and runs it in two messages.
pub(super) fn reading<T>(
    driver: &mut dyn Driver,
    mode: LockMode,
    read: impl FnOnce(&mut dyn Driver) -> Result<T, ApplyError>,
) -> Result<T, ApplyError> {
    if driver.backend_kind() != Backend::Postgres || mode != LockMode::Transaction {
        return read(driver);
    }
    driver.begin().map_err(ApplyError::database("begin a transaction"))?;
    let result = read(driver);
    let ended = driver.roll_back().map_err(ApplyError::database("roll back"));
    result.and_then(|done| ended.map(|()| done))
}

impl<'a, C: MigrateConnection> Session<'a, C> {
    /// Takes the lock.
    pub(super) fn open(connection: &'a mut C, manners: Manners<'a>) -> Result<Self, ApplyError> {
        let looking = || ApplyError::database("read the settings of the connection");
        let backend = connection.backend_kind();
        let outer = connection.depth().map_err(looking())?;
        let mode = manners.lock_mode;
        let (tables, lock) = reading(connection, mode, |driver| {
            let tables = Tables::find(driver)?;
            let lock = Lock::of(mode, driver, tables.schema.as_deref(), outer > 0, manners.terms)?;
            Ok((tables, lock))
        })?;
        let found = match lock {
            // They are those of the server process that each transaction meets.
            Lock::PostgresEach(_) => Settings::default(),
            _ => sqlite::patiently(connection, manners.patience, |driver| {
                Settings::read(driver, &Named::default()).map_err(looking())
            })?,
        };
        let mut session = Self {
            connection,
            observer: manners.observer,
            tables,
            backend,
            outer,
            own_transaction: false,
            changed: Changed::default(),
            bounds: None,
            lock: None,
            heartbeat: None,
            working: found.clone(),
            found,
            named: Named::default(),
            timeout: manners.patience.timeout,
            table_lock_timeout: manners.table_lock_timeout,
            statement_timeout: manners.statement_timeout,
            broken_before: None,
            statement_began: Instant::now(),
            waiting: Some(manners.patience),
            closed: false,
        };
        match session.prepare(lock, manners.terms) {
            Ok(()) => Ok(session),
            Err(error) => session.close(Err(error)),
        }
    }

    fn prepare(&mut self, lock: Lock, terms: &Terms) -> Result<(), ApplyError> {
        self.named.lock = lock.key();
        if self.backend == Backend::Sqlite {
            let timeout = self.timeout.as_millis().min(i32::MAX as u128);
            let sql = format!("PRAGMA busy_timeout = {timeout}");
            let settings = self.connection.run_sql(&sql).and_then(|()| self.settings());
            self.working = settings.map_err(ApplyError::database("set the busy timeout"))?;
        }
        if self.backend == Backend::Mysql {
            let set = self.connection.run_sql(&self.settings_of_mysql());
            let settings = set.and_then(|()| self.settings());
            self.working = settings.map_err(ApplyError::database("make the session strict"))?;
        }
        if !lock.is_per_transaction() {
            lock.prepare(self.connection)?;
            let patience = self.patience();
            let mut attempt = |driver: &mut dyn Driver| match lock
                .try_take(driver)
                .map_err(ApplyError::database("take the lock"))?
            {
                Taken::Yes => Ok(true),
                Taken::No => Ok(false),
                Taken::Before => Err(ApplyError::LockShared),
            };
            let holder = |driver: &mut dyn Driver| lock.holder(driver);
            until(self.connection, patience, self.observer, &mut attempt, &holder)?;
        }
        let heartbeat = lock.beat(terms.heartbeat.as_ref(), self.outer > 0);
        self.lock = Some(lock);
        self.heartbeat = heartbeat?;
        self.observer.tell(&Event::Step("locked"));
        Ok(())
    }

    /// A value that does not fit is an error and not another value, and a change of a table waits
    /// for others only for so long (`lock_wait_timeout` is a day, unless somebody set it).
    fn settings_of_mysql(&self) -> String {
        let mut sql =
            "SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES')".to_owned();
        let usual = matches!(self.found.get("lock_wait_timeout"), Some("86400" | "31536000"));
        if usual && !self.table_lock_timeout.is_zero() {
            let seconds = self.table_lock_timeout.as_secs().max(1);
            sql.push_str(&format!(", lock_wait_timeout = {seconds}"));
        }
        sql
    }

    /// The first wait began when the run did, each later one begins now.
    fn patience(&mut self) -> Patience {
        self.waiting.take().unwrap_or_else(|| Patience::new(self.timeout))
    }

    /// Whether each transaction takes the lock, so that others may come between two of them.
    pub(super) fn shares(&self) -> bool {
        self.lock.as_ref().is_some_and(Lock::is_per_transaction)
    }

    /// Whether each transaction may meet another server process.
    pub(super) fn is_pooled(&self) -> bool {
        matches!(self.lock, Some(Lock::PostgresEach(_)))
    }

    pub(super) fn driver(&mut self) -> &mut dyn Driver {
        self.connection
    }

    /// Asks the server whether the lock is still there.
    pub(super) fn check_lock(&mut self, migration: &str) -> Result<(), ApplyError> {
        let Some(lock) = &self.lock else { return Ok(()) };
        let held = lock.is_held(self.connection);
        if held.map_err(ApplyError::database("look for the lock"))? {
            return Ok(());
        }
        let (migration, holder) = (migration.to_owned(), lock.holder(self.connection));
        Err(match self.lock.take() {
            Some(Lock::Lease(_)) => ApplyError::LeaseLost { migration, holder },
            _ => ApplyError::LockLost { migration, holder },
        })
    }

    /// Inside a transaction: a lease may have run out meanwhile, and be another run's.
    pub(super) fn check_lease(&mut self, migration: &str) -> Result<(), ApplyError> {
        match self.lock {
            Some(Lock::Lease(_)) => self.check_lock(migration),
            _ => Ok(()),
        }
    }

    /// Begins a transaction; a savepoint where the caller has one open. Where each transaction
    /// takes the lock, it does so here.
    pub(super) fn begin(&mut self) -> Result<(), ApplyError> {
        self.observer.tell(&Event::Step("begin"));
        if self.outer > 0 || !self.shares() {
            let begun = self.connection.begin();
            return begun.map_err(ApplyError::database("begin a transaction"));
        }
        let (patience, timeout) = (self.patience(), self.timeout);
        let Some(lock) = self.lock.clone() else { return Ok(()) };
        let mut attempt = |driver: &mut dyn Driver| match &lock {
            Lock::PostgresEach(_) => begin_with(&lock, driver),
            _ => begun(sqlite::begin_immediate(driver, patience, timeout)),
        };
        let holder = |driver: &mut dyn Driver| match &lock {
            Lock::PostgresEach(_) => {
                reading(driver, LockMode::Transaction, |driver| Ok(lock.holder(driver))).ok()?
            }
            _ => holders::of(driver),
        };
        let result = until(self.connection, patience, self.observer, &mut attempt, &holder);
        result.map_err(|error| self.of_file(error))
    }

    /// Begins a transaction if the lock is still there; says whether the SQL has run in it, too.
    pub(super) fn begin_holding(
        &mut self,
        migration: &str,
        sql: Option<&str>,
    ) -> Result<bool, ApplyError> {
        let assertion = self.lock.as_ref().filter(|_| self.outer == 0).and_then(Lock::assertion);
        if let (Some(assertion), Some(sql)) = (assertion, sql) {
            self.observer.tell(&Event::Step("begin"));
            if self.connection.begin_between(&assertion, sql).is_ok() {
                return Ok(true);
            }
            // What failed of it is seen one after the other.
        }
        self.check_lock(migration)?;
        self.begin().map(|()| false)
    }

    /// SQLite does not tell whether the one who has the file migrates.
    fn of_file(&self, error: ApplyError) -> ApplyError {
        match error {
            ApplyError::LockTimeout { waited, holder } if self.backend == Backend::Sqlite => {
                ApplyError::FileLocked { waited, holder }
            }
            other => other,
        }
    }

    /// SQLite's file was locked for all of the time.
    pub(super) fn locked(&mut self) -> ApplyError {
        let holder = holders::of(self.connection);
        ApplyError::FileLocked { waited: self.timeout, holder }
    }

    /// Rolls back what was begun since the session was opened.
    pub(super) fn roll_back(&mut self) -> Result<(), Error> {
        if std::mem::take(&mut self.own_transaction) {
            // SQLite may have ended it itself (`INSERT OR ROLLBACK`): then there is none.
            let _ = self.connection.run_sql("ROLLBACK");
        }
        while self.connection.depth()? > self.outer {
            self.connection.roll_back()?;
        }
        Ok(())
    }

    /// Commits what `begin` began; otherwise the error, and what is left of the migration. A
    /// connection that was lost does not tell whether the server had committed before.
    pub(super) fn commit(&mut self, refused: Outcome) -> Result<(), (Error, Outcome)> {
        self.observer.tell(&Event::Step("commit"));
        let outermost = self.outer == 0;
        self.connection.commit().map_err(|error| {
            let lost = outermost && self.is_lost();
            (error, if lost { Outcome::CommitUnknown } else { refused })
        })
    }

    /// Whether the server does not answer any more, after a statement that failed.
    pub(super) fn is_lost(&mut self) -> bool {
        self.backend != Backend::Sqlite
            && (self.roll_back().is_err() || self.connection.texts("SELECT '1' AS v").is_err())
    }

    /// SQL that goes back to the user and the role of the caller until the transaction ends.
    pub(super) fn role_of_caller(&self) -> String {
        let who = |key, nobody: &str| match self.found.get(key) {
            Some(role) if role != "none" => name(self.backend, role),
            Some(_) | None => nobody.to_owned(),
        };
        let (user, role) = (who("session_authorization", "DEFAULT"), who("role", "NONE"));
        format!("SET LOCAL SESSION AUTHORIZATION {user};SET LOCAL ROLE {role}")
    }

    /// Whether SQLite enforces foreign keys, as every migration finds it.
    pub(super) fn has_foreign_keys_on(&self) -> bool {
        self.working.get("foreign_keys") == Some("1")
    }

    /// Switches off what SQLite would do to the rows that refer to a table that is dropped. No-op
    /// inside a transaction (sqlite.org/pragma.html).
    pub(super) fn foreign_keys_off(&mut self) -> Result<(), ApplyError> {
        self.changed.settings = true;
        let off = self.connection.run_sql("PRAGMA foreign_keys = OFF");
        off.map_err(ApplyError::database("switch foreign keys off"))
    }

    /// Notes the settings of the server process that the open transaction meets, behind a pooler.
    pub(super) fn meet(&mut self) -> Result<(), ApplyError> {
        if self.is_pooled() {
            let settings = self.settings();
            let doing = "read the settings of the connection";
            self.found = settings.map_err(ApplyError::database(doing))?;
            self.working = self.found.clone();
        }
        Ok(())
    }

    fn settings(&mut self) -> Result<Settings, Error> {
        Settings::read(self.connection, &self.named)
    }

    /// Notes the settings that the statements name and the server does not list, before they run.
    pub(super) fn learn(&mut self, statements: &[Statement]) -> Result<(), ApplyError> {
        let new = self.named.add(self.backend, statements);
        if new && self.backend == Backend::Postgres && !self.is_pooled() {
            let now = self.settings();
            let now = now.map_err(ApplyError::database("read the settings of the connection"))?;
            self.found.learn(&now, &self.named);
            self.working.learn(&now, &self.named);
        }
        Ok(())
    }

    /// Takes back the settings that a migration left.
    pub(super) fn restore_settings(&mut self) -> Result<(), ApplyError> {
        if self.changed.settings {
            let result = self.working.restore(self.connection, &mut self.named);
            result.map_err(ApplyError::database("put back the settings of the connection"))?;
            self.changed = Changed::default();
            // It may have made event triggers, too.
            self.bounds = None;
        }
        Ok(())
    }

    /// Ends the session: the connection is clean, or the error says that it is not.
    pub(super) fn close<T>(mut self, result: Result<T, ApplyError>) -> Result<T, ApplyError> {
        self.observer.tell(&Event::Step("release"));
        self.closed = true;
        match self.clean() {
            Ok(()) => result,
            Err(error) => Err(ApplyError::Unclean {
                reason: super::error::message(&error),
                cause: result.err().map(Box::new),
            }),
        }
    }

    fn clean(&mut self) -> Result<(), Error> {
        let rolled_back = self.roll_back();
        let restored = match self.is_pooled() {
            // Each transaction has done so before its end.
            true => Ok(()),
            false => self.found.restore(self.connection, &mut self.named),
        };
        self.heartbeat = None;
        let Some(lock) = self.lock.take() else { return rolled_back.and(restored) };
        rolled_back.and(restored).and(match (lock.release(self.connection), lock) {
            (Ok(true), _) => Ok(()),
            (Ok(false), Lock::Lease(_)) => Err(Error::QueryBuilderError(
                "the lease of the migration lock ran out, and another run may have taken it over"
                    .into(),
            )),
            (Ok(false), _) => Err(Error::QueryBuilderError(
                "the migration lock was lost: the migration released it, or another server \
                 process answers now (a pooler in transaction mode, for which there is the lock \
                 mode `transaction`) and the first one keeps it"
                    .into(),
            )),
            (Err(error), _) => Err(error),
        })
    }
}

impl<C: MigrateConnection> Drop for Session<'_, C> {
    fn drop(&mut self) {
        if !self.closed
            && let Err(error) = self.clean()
        {
            tracing::error!(%error, "the connection is not clean");
        }
    }
}

/// Begins a transaction that takes the lock, if it is free.
fn begin_with(lock: &Lock, driver: &mut dyn Driver) -> Result<bool, ApplyError> {
    driver.begin().map_err(ApplyError::database("begin a transaction"))?;
    let taken = lock.try_take(driver).map_err(ApplyError::database("take the lock"));
    if matches!(taken, Ok(Taken::Yes)) {
        return Ok(true);
    }
    driver.roll_back().map_err(ApplyError::database("roll back"))?;
    taken.map(|_| false)
}

/// Whether SQLite began the transaction; a file that is locked is no error yet.
fn begun(result: Result<(), Error>) -> Result<bool, ApplyError> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if sqlite::is_busy(&error) => Ok(false),
        Err(error) => Err(ApplyError::database("begin a transaction")(error)),
    }
}
