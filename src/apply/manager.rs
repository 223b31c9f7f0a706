mod work;

use std::time::Duration;

use diesel::migration::MigrationSource;

use super::driver::MigrateConnection;
use super::event::{Event, Observer};
use super::history::{self, Entry, History};
use super::lock::LockMode;
use super::lock::lease::Terms;
use super::lock::lease::heartbeat::Connect;
use super::lock::wait::Patience;
use super::notes::repairs;
use super::report::{Repair, Report, Reverting};
use super::select::{chosen, versions};
use super::source::{Known, known_of, load, load_all, read};
use super::status::Status;
use super::{ApplyError, Direction, applied, squash};
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
    terms: Terms,
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
    /// These, the newest first, as [`reverting`](MigrationManager::reverting) told them: an error
    /// when the latest that are applied are others by now.
    These(&'a [Reverting]),
}

/// What [`MigrationManager::apply`] does when migrations are pending.
///
/// | The migrations and the database | `Apply` | `Apply`, strict | `VerifyOnly` | `Wait` |
/// |---|---|---|---|---|
/// | all are applied, and no others | nothing | nothing | nothing | nothing |
/// | one is pending | applied | applied | error `Pending` | error `StillPending` |
/// | an applied version is not among them | a warning | a warning | a warning | a warning |
/// | a pending one sorts before an applied one | applied, a warning | error `OutOfOrder` | error `Pending` | error `StillPending` |
/// | an applied one was edited | nothing | error `Edited` | error `Edited` | nothing |
/// | two have one version | error `Duplicate` | error `Duplicate` | error `Duplicate` | error `Duplicate` |
///
/// `Wait` is an error only after the wait. With `Apply`, edited migrations are looked for when there
/// is something to apply, and are a warning then.
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
            terms: Terms::default(),
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

    /// How long a lease of [`LockMode::Table`] lasts when it is not renewed: how long the others wait
    /// after a crash. 10 minutes, or 30 seconds with a [heartbeat](Self::heartbeat). Without one, no
    /// statement may take longer.
    pub fn lease(mut self, length: Duration) -> Self {
        self.terms.length = Some(length);
        self
    }

    /// Renews the lease of [`LockMode::Table`] while a statement runs, five times while it lasts, over
    /// a connection of its own. It is opened when the lease was taken, which fails when that fails;
    /// when it is lost, it is opened anew.
    ///
    /// ```no_run
    /// # use diesel::{Connection, MysqlConnection};
    /// # use glowplug::MigrationManager;
    /// # use glowplug::apply::LockMode;
    /// # let migrations = diesel_migrations::FileBasedMigrations::from_path("migrations")?;
    /// # let url = "";
    /// MigrationManager::new(migrations)
    ///     .lock_mode(LockMode::Table)
    ///     .heartbeat(move || MysqlConnection::establish(url))
    ///     .apply(&mut MysqlConnection::establish(url)?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn heartbeat<C, E>(
        mut self,
        connect: impl Fn() -> Result<C, E> + Send + Sync + 'static,
    ) -> Self
    where
        C: MigrateConnection,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.terms.heartbeat = Some(Connect::new(connect));
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
        squash::expand(&mut loaded, &applied)?;
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
        squash::expand(&mut loaded, &applied)?;
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
        let applied = self.read(patience, connection, applied::applied)?;
        squash::expand(&mut loaded, &applied)?;
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
        let applied = self.read(patience, connection, applied::applied)?;
        squash::expand(&mut loaded, &applied)?;
        let versions = versions(&applied, which)?;
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
}
