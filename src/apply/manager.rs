use std::time::Duration;

use diesel::migration::MigrationSource;

use super::applied::{self, Applied};
use super::driver::{Driver, MigrateConnection};
use super::event::{Event, Observer};
use super::history::{self, Entry, History};
use super::lock::sqlite::patiently;
use super::lock::wait::{Patience, until};
use super::lock::{LockMode, holder};
use super::notes::repairs;
use super::report::{Done, Repair, Report, Reverting, Warning, unknown, warnings};
use super::run::Ran;
use super::select::{chosen, refuse_control, refuse_outside, versions};
use super::session::{Manners, Session, reading};
use super::source::{self, Known, Loaded, known_of, load, load_all, read};
use super::status::{MigrationState, Status};
use super::{ApplyError, Direction};
use crate::files::Version;

/// Applies the migrations of a source to a database.
///
/// Any number of processes may do so at once: one applies, the others wait and find nothing to
/// do. With nothing pending it costs one `SELECT`.
///
/// ```
/// use diesel::{Connection, SqliteConnection};
/// use diesel_migrations::FileBasedMigrations;
/// use glowplug::MigrationManager;
///
/// # let dir = std::env::temp_dir().join(format!("glowplug-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(dir.join("1_create_user"))?;
/// # std::fs::write(dir.join("1_create_user/up.sql"), "CREATE TABLE user (id INTEGER)")?;
/// let migrations = FileBasedMigrations::from_path(&dir)?; // or `embed_migrations!()`
/// let mut connection = SqliteConnection::establish(":memory:")?;
/// let report = MigrationManager::new(migrations).apply(&mut connection)?;
/// assert_eq!(report.applied[0].name, "1_create_user");
/// # std::fs::remove_dir_all(dir)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Migrations in Rust
///
/// Diesel's trait does not give a migration's text, so `run` and `revert` are called once before,
/// with a connection that only takes notes of SQL. A migration in Rust must **downcast its
/// connection first** (`connection.downcast_mut::<PgConnection>()`) and return an error when that
/// is another one; it is then known as code, and called with the real one. Only migrations that
/// are to be run, or to be shown by [`status`](Self::status) and not known to be code, are called
/// so.
#[derive(Debug)]
#[must_use]
pub struct MigrationManager<S> {
    source: S,
    lock_timeout: Duration,
    table_lock_timeout: Duration,
    statement_timeout: Duration,
    lock_mode: LockMode,
    strict: bool,
    policy: Policy,
    observer: Observer,
}

/// Which applied migrations to revert; always the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revert<'a> {
    /// So many.
    Last(usize),
    /// All.
    All,
    /// All that are newer than this version (or directory name).
    To(&'a str),
}

/// What [`MigrationManager::apply`] does when migrations are pending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Policy {
    /// It applies them, or waits for the process that does.
    #[default]
    Apply,
    /// It applies nothing: pending and edited migrations are errors. For an application that may
    /// not change its database.
    VerifyOnly,
    /// It waits until another process has applied them, for as long as
    /// [`lock_timeout`](MigrationManager::lock_timeout) says.
    Wait,
}

impl<S> MigrationManager<S> {
    /// A manager with the defaults: a minute's patience for the lock, and tolerance for what does
    /// no harm.
    pub fn new(source: S) -> Self {
        Self {
            source,
            lock_timeout: Duration::from_secs(60),
            table_lock_timeout: Duration::from_secs(5),
            statement_timeout: Duration::ZERO,
            lock_mode: LockMode::default(),
            strict: false,
            policy: Policy::default(),
            observer: Observer::default(),
        }
    }

    /// How long to wait for another process that migrates, or keeps a SQLite file locked.
    pub fn lock_timeout(mut self, timeout: Duration) -> Self {
        self.lock_timeout = timeout;
        self
    }

    /// How long a migration in a transaction waits for the lock of a table on PostgreSQL, before it
    /// is rolled back and tried again as a whole; 5 seconds, unless `lock_timeout` is set for the
    /// connection, its role or the database. It is tried again, with growing pauses, for as long as
    /// [`lock_timeout`](Self::lock_timeout) says, after a deadlock and a failed serialization too.
    /// Zero waits for ever.
    pub fn table_lock_timeout(mut self, timeout: Duration) -> Self {
        self.table_lock_timeout = timeout;
        self
    }

    /// How long a statement of a migration in a transaction may take on PostgreSQL, before it is
    /// cancelled and the migration rolled back; for ever, unless this or `statement_timeout` says
    /// otherwise for the connection, its role or the database.
    pub fn statement_timeout(mut self, timeout: Duration) -> Self {
        self.statement_timeout = timeout;
        self
    }

    /// How processes keep out of each other's way.
    pub fn lock_mode(mut self, mode: LockMode) -> Self {
        self.lock_mode = mode;
        self
    }

    /// Makes it an error when applied migrations were edited, or when a pending one sorts before
    /// an applied one. It costs a second `SELECT`.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// What [`apply`](Self::apply) does when migrations are pending.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Calls back during a run.
    pub fn on_event(mut self, callback: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.observer.call(callback);
        self
    }

    /// Asks before each migration whether to stop there; what is done stays done and is reported.
    pub fn stop_when(mut self, stop: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.observer.stop_when(stop);
        self
    }

    /// Where every migration is. It only reads.
    ///
    /// # Errors
    /// When the migrations or the tables cannot be read.
    pub fn status<C>(&self, connection: &mut C) -> Result<Status, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        let patience = Patience::new(self.lock_timeout);
        let mut loaded = load_all(&self.source)?;
        let applied = self.read(patience, connection, applied::applied)?;
        let history = self.read(patience, connection, history::history)?;
        read(&mut loaded, &[Direction::Up, Direction::Down], |known| {
            let is_code = history.get(&known.version).is_some_and(Entry::is_of_code);
            !(is_code && applied.contains_key(&known.version))
        })?;
        Ok(Status::new(&known_of(&loaded), &applied, &history))
    }

    /// The versions that are applied. No migration is looked into.
    #[cfg(feature = "cli")]
    pub(crate) fn applied_versions<C: MigrateConnection>(
        &self,
        connection: &mut C,
    ) -> Result<Vec<Version>, ApplyError> {
        let patience = Patience::new(self.lock_timeout);
        Ok(self.read(patience, connection, applied::applied)?.into_keys().collect())
    }

    /// Applies all pending migrations.
    ///
    /// # Errors
    /// When one fails, the lock is not free in time, or the migrations contradict each other or
    /// the database. The connection is clean afterwards, or the error
    /// [says](ApplyError::is_unclean) that it is not.
    pub fn apply<C>(&self, connection: &mut C) -> Result<Report, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        self.apply_those(connection, |_| true)
    }

    /// Applies the pending migrations up to this version (or directory name), itself included.
    ///
    /// # Errors
    /// As [`apply`](Self::apply), and when there is no such migration.
    pub fn apply_to<C>(&self, connection: &mut C, version: &str) -> Result<Report, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        let target = Version::of_directory(version);
        if !load_all(&self.source)?.iter().any(|one| one.known.version == target) {
            return Err(ApplyError::UnknownVersion { version: version.to_owned() });
        }
        self.apply_those(connection, |known| known.version <= target)
    }

    /// Notes pending migrations as applied without running them: for a database that has their
    /// changes already. All of them, or those up to a version.
    ///
    /// # Errors
    /// When the tables cannot be written, or there is no such migration.
    pub fn fake<C>(&self, connection: &mut C, to: Option<&str>) -> Result<Report, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        let mut loaded = load_all(&self.source)?;
        let target = to.map(Version::of_directory);
        if let (Some(target), Some(to)) = (&target, to)
            && !loaded.iter().any(|one| one.known.version == *target)
        {
            return Err(ApplyError::UnknownVersion { version: to.to_owned() });
        }
        let patience = Patience::new(self.lock_timeout);
        let applied = self.read(patience, connection, applied::applied)?;
        let wanted = |version: &Version| target.as_ref().is_none_or(|target| version <= target);
        read(&mut loaded, &[Direction::Up], |known| {
            wanted(&known.version) && !applied.contains_key(&known.version)
        })?;
        let mut session = self.open(patience, connection)?;
        let result = session.fake(&known_of(&loaded), wanted);
        session.close(result)
    }

    /// What [`repair`](Self::repair) would change. It only reads.
    ///
    /// # Errors
    /// When the migrations or the tables cannot be read.
    pub fn repairing<C>(&self, connection: &mut C) -> Result<Vec<Repair>, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        let patience = Patience::new(self.lock_timeout);
        let (known, history) = self.noted(patience, connection)?;
        let applied = self.read(patience, connection, applied::applied)?;
        Ok(repairs(&known, &applied, &history))
    }

    /// Takes the migrations as they are now for what was applied, forgets where others stopped,
    /// and removes notes about versions that are not applied. No migration is run.
    ///
    /// # Errors
    /// When the tables cannot be written.
    pub fn repair<C>(&self, connection: &mut C) -> Result<Vec<Repair>, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        let patience = Patience::new(self.lock_timeout);
        let (known, history) = self.noted(patience, connection)?;
        if history.is_empty() {
            return Ok(Vec::new());
        }
        let mut session = self.open(patience, connection)?;
        let result = session.repair(&known);
        session.close(result)
    }

    /// The migrations, read where something is noted about them.
    fn noted<C>(
        &self,
        patience: Patience,
        connection: &mut C,
    ) -> Result<(Vec<Known>, History), ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        let mut loaded = load_all(&self.source)?;
        let history = self.read(patience, connection, history::history)?;
        read(&mut loaded, &[Direction::Up], |known| {
            history.get(&known.version).is_some_and(|entry| !entry.is_of_code())
        })?;
        Ok((known_of(&loaded), history))
    }

    /// What [`revert`](Self::revert) would revert, in its order. It only reads.
    ///
    /// # Errors
    /// As `revert`, before anything is run.
    pub fn reverting<C>(
        &self,
        connection: &mut C,
        which: Revert<'_>,
    ) -> Result<Vec<Reverting>, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        let mut loaded = load(&self.source)?;
        let patience = Patience::new(self.lock_timeout);
        let versions = versions(&self.read(patience, connection, applied::applied)?, which)?;
        Ok(chosen(&mut loaded, &versions)?.iter().map(|one| Reverting::new(&one.known)).collect())
    }

    /// Reverts applied migrations, the newest first.
    ///
    /// # Errors
    /// When one has no down.sql, is not among the migrations, or fails; nothing is reverted in the
    /// first two cases.
    pub fn revert<C>(&self, connection: &mut C, which: Revert<'_>) -> Result<Report, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        self.revert_and(connection, which, false)
    }

    /// Reverts applied migrations and applies the same ones again; in one transaction where all
    /// of them run in one.
    ///
    /// # Errors
    /// As [`revert`](Self::revert) and [`apply`](Self::apply).
    pub fn redo<C>(&self, connection: &mut C, which: Revert<'_>) -> Result<Report, ApplyError>
    where
        C: MigrateConnection,
        S: MigrationSource<C::Backend>,
    {
        self.revert_and(connection, which, true)
    }

    fn apply_those<C>(
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
    fn wait<C: MigrateConnection>(
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
    fn apply_locked<C: MigrateConnection>(
        &self,
        session: &mut Session<'_, C>,
        loaded: &mut [Loaded<C::Backend>],
        wanted: impl Fn(&Known) -> bool,
    ) -> Result<Report, ApplyError> {
        let patience = Patience::new(self.lock_timeout);
        let applied = self.read(patience, session.driver(), applied::applied)?;
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
        refuse_control(session.backend, pending.iter().map(|one| &one.known), Direction::Up)?;
        if session.is_pooled() {
            refuse_outside(pending.iter().map(|one| &one.known))?;
        }
        let mut report = Report { warnings: warnings(&status), ..Report::default() };
        for one in pending.into_iter().take_while(|_| !self.observer.stops()) {
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

    fn revert_and<C>(
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

    fn revert_locked<C: MigrateConnection>(
        &self,
        session: &mut Session<'_, C>,
        loaded: &mut [Loaded<C::Backend>],
        which: Revert<'_>,
        again: bool,
    ) -> Result<Report, ApplyError> {
        let patience = Patience::new(self.lock_timeout);
        let applied = self.read(patience, session.driver(), applied::applied)?;
        let history = self.read(patience, session.driver(), history::history)?;
        let chosen = chosen(loaded, &versions(&applied, which)?)?;
        refuse_control(session.backend, chosen.iter().map(|one| &one.known), Direction::Down)?;
        if again {
            refuse_control(session.backend, chosen.iter().map(|one| &one.known), Direction::Up)?;
        }
        if session.is_pooled() {
            refuse_outside(chosen.iter().map(|one| &one.known))?;
        }
        let all = |session: &mut Session<'_, C>| {
            let mut report = Report::default();
            let mut gone = Vec::new();
            for one in chosen.iter().take_while(|_| !self.observer.stops()) {
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
        if again && chosen.iter().all(|one| one.known.fits_in_a_transaction(backend)) {
            session.together(all)
        } else {
            all(session)
        }
    }

    fn open<'a, C: MigrateConnection>(
        &'a self,
        patience: Patience,
        connection: &'a mut C,
    ) -> Result<Session<'a, C>, ApplyError> {
        let manners = Manners {
            observer: &self.observer,
            lock_mode: self.lock_mode,
            patience,
            table_lock_timeout: self.table_lock_timeout,
            statement_timeout: self.statement_timeout,
        };
        Session::open(connection, manners)
    }

    /// Reads; while SQLite's file is locked by a writer, again.
    fn read<T>(
        &self,
        patience: Patience,
        driver: &mut dyn Driver,
        what: fn(&mut dyn Driver) -> Result<T, ApplyError>,
    ) -> Result<T, ApplyError> {
        patiently(patience, || reading(driver, self.lock_mode, what))
    }

    /// Errors of `strict` and of a policy.
    fn refuse(&self, status: &Status) -> Result<(), ApplyError> {
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

/// Whether the text that was applied is known, so that an edit can be seen.
fn is_compared(known: &Known, applied: &Applied, history: &History) -> bool {
    let entry = history.get(&known.version);
    applied.contains_key(&known.version) && entry.is_some_and(|entry| entry.checksum.is_some())
}
