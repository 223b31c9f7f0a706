use std::time::Duration;

use serde::Serialize;

use super::failure::{FailedStatement, Failure, Outcome};

/// Whether a migration goes up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// up.sql: it is applied.
    Up,
    /// down.sql: it is reverted.
    Down,
}

impl Direction {
    /// The file that is run.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Up => "up.sql",
            Self::Down => "down.sql",
        }
    }

    /// What became of a migration that went there.
    pub(crate) fn done(self) -> &'static str {
        match self {
            Self::Up => "applied",
            Self::Down => "reverted",
        }
    }
}

/// Why migrations were not applied, reverted or looked at.
///
/// Unless it is [`Unclean`](Self::Unclean), the connection has no open transaction, no changed
/// setting and no lock afterwards.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The migrations themselves cannot be read.
    #[error("cannot read the migrations: {reason}")]
    Source {
        /// What the source says.
        reason: String,
    },
    /// Two migrations have one version: Diesel would run only one of them, at random.
    #[error("the version `{version}` belongs to more than one migration: {}", list(names))]
    Duplicate {
        /// The version.
        version: String,
        /// The migrations.
        names: Vec<String>,
    },
    /// A version that Diesel's table cannot hold.
    #[error("the version of `{name}` has {length} characters; expected 1 to 50")]
    VersionLength {
        /// The migration.
        name: String,
        /// Its length.
        length: usize,
    },
    /// Verifying only: there is work to do.
    #[error("not applied yet: {}", list(names))]
    Pending {
        /// The pending migrations.
        names: Vec<String>,
    },
    /// The text of applied migrations is no longer what was run.
    #[error("changed after it was applied: {}", list(names))]
    Edited {
        /// The migrations.
        names: Vec<String>,
    },
    /// Strict: pending migrations sort before an applied one.
    #[error("sorts before `{newest}`, which is applied: {}", list(names))]
    OutOfOrder {
        /// The newest applied version.
        newest: String,
        /// The pending migrations.
        names: Vec<String>,
    },
    /// There is no migration of this version.
    #[error("there is no migration of the version `{version}`")]
    UnknownVersion {
        /// The version asked for.
        version: String,
    },
    /// Others are the latest than those that were to be reverted: another process was there meanwhile.
    #[error(
        "nothing was reverted: another process was there, and now the latest are {}",
        list(names)
    )]
    OthersAreLatest {
        /// The latest versions, the newest first.
        names: Vec<String>,
    },
    /// The lock was not free in time.
    #[error(
        "another process kept migrating this database for {} s{}", seconds(*waited),
        holder.as_deref().map(|holder| format!(": {holder}")).unwrap_or_default()
    )]
    LockTimeout {
        /// How long was waited.
        waited: Duration,
        /// What the server says about the one who holds it.
        holder: Option<String>,
    },
    /// SQLite: the file was locked by another process, for reading or writing, for longer than that.
    #[error(
        "another process kept the database file locked for {} s{}", seconds(*waited),
        holder.as_deref().map(|holder| format!(": {holder}")).unwrap_or_default()
    )]
    FileLocked {
        /// How long was waited.
        waited: Duration,
        /// Which processes hold a lock of it, where the system tells.
        holder: Option<String>,
    },
    /// SQLite: another process kept reading the file, and nothing is committed beside a reader
    /// (rollback journal).
    #[error(
        "migration `{migration}` could not be committed: another process kept reading the database file for {} s{}; {outcome}", seconds(*waited),
        holder.as_deref().map(|holder| format!(": {holder}")).unwrap_or_default()
    )]
    FileRead {
        /// The migration.
        migration: String,
        /// What is left of it.
        outcome: Outcome,
        /// How long was waited.
        waited: Duration,
        /// Which processes hold a lock of the file, where the system tells.
        holder: Option<String>,
    },
    /// The policy is to wait, and nobody applied them in time.
    #[error("after {} s still not applied by another process: {}", seconds(*waited), list(names))]
    StillPending {
        /// How long was waited.
        waited: Duration,
        /// The pending migrations.
        names: Vec<String>,
    },
    /// It was asked to stop while it waited. Nothing was done.
    #[error("stopped while waiting for another process, as asked")]
    Stopped,
    /// The lock is gone: another server process answers now (a pooler in transaction mode), or a
    /// migration released it.
    #[error(
        "the migration lock was lost before `{migration}` was done: a migration released the lock, or a pooler in transaction mode stands between (expected the lock mode `transaction` then, or a direct connection){}",
        holder.as_deref().map(|holder| format!("; it is held by {holder}")).unwrap_or_default()
    )]
    LockLost {
        /// The migration that was not begun, or not finished.
        migration: String,
        /// What the server says about the one who holds it.
        holder: Option<String>,
    },
    /// The lease of the lock mode `table` ran out, and another run took it over, or somebody deleted
    /// its row. What was not noted as done is rolled back.
    #[error(
        "the lease of the migration lock ran out before `{migration}` was done{}",
        holder.as_deref().map(|holder| format!("; it is held by {holder}")).unwrap_or_default()
    )]
    LeaseLost {
        /// The migration that was not begun, or not finished.
        migration: String,
        /// What its row says about the one who holds it.
        holder: Option<String>,
    },
    /// The server's session has the lock before this run took it.
    #[error(
        "the session of the server has the migration lock already, so a pooler in transaction mode shares it among clients, or an earlier run left it; expected the lock mode `transaction`, or a direct connection"
    )]
    LockShared,
    /// The lease was taken, and nothing can renew it.
    #[error("the heartbeat of the lease has no connection: {reason}")]
    Heartbeat {
        /// What the connection says.
        reason: String,
    },
    /// MySQL and MariaDB have no lock of a transaction that outlives a change of the schema.
    #[error(
        "the lock mode `transaction` is not for MySQL and MariaDB, where a change of the schema ends each transaction; expected `session` or `table`"
    )]
    NoTransactionLock,
    /// The lock mode guards transactions alone.
    #[error(
        "run outside a transaction, which the lock mode `transaction` cannot guard: {}; expected the lock mode `session` over a direct connection",
        list(names)
    )]
    OutsideTransaction {
        /// The migrations.
        names: Vec<String>,
    },
    /// A migration inside a transaction ends or begins one itself.
    #[error(
        "`{migration}` runs in a transaction, but {} line {line} says `{statement}`; expected `run_in_transaction = false` in metadata.toml",
        direction.file()
    )]
    TransactionControl {
        /// The migration.
        migration: String,
        /// Which of its files.
        direction: Direction,
        /// The line.
        line: usize,
        /// The statement.
        statement: String,
    },
    /// A migration takes the lock, and what Diesel has prepared, from the connection.
    #[error(
        "{} line {line} of `{migration}` says `{statement}`, which takes the migration lock and the statements that Diesel prepared from the connection; expected `RESET ALL`, or `DISCARD` of plans, sequences or temporary tables",
        direction.file()
    )]
    DiscardsSession {
        /// The migration.
        migration: String,
        /// Which of its files.
        direction: Direction,
        /// The line.
        line: usize,
        /// The statement.
        statement: String,
    },
    /// The lock mode `transaction` takes the lock by the first query of a transaction.
    #[error(
        "{} line {line} of `{migration}` says `{statement}`, which must come before the query that takes the lock in the lock mode `transaction`; expected the lock mode `session` over a direct connection",
        direction.file()
    )]
    MustComeFirst {
        /// The migration.
        migration: String,
        /// Which of its files.
        direction: Direction,
        /// The line.
        line: usize,
        /// The statement.
        statement: String,
    },
    /// A migration outside a transaction holds what its steps, each noted for itself, would break.
    #[error(
        "`{migration}` runs statement by statement, and each is noted, but {} line {line} says `{statement}`: {reason}",
        direction.file()
    )]
    NotInSteps {
        /// The migration.
        migration: String,
        /// Which of its files.
        direction: Direction,
        /// The line.
        line: usize,
        /// The statement.
        statement: String,
        /// What would be broken, and what is expected instead.
        reason: &'static str,
    },
    /// Later migrations are half done, and stand on what would be reverted.
    #[error(
        "stopped half-way in an earlier run, on top of what would be reverted: {}",
        list(names)
    )]
    HalfDone {
        /// The migrations.
        names: Vec<String>,
    },
    /// A migration written in Rust ended the transaction around it.
    #[error("`{migration}` ended the transaction that it ran in; what it did may have stayed")]
    TransactionEnded {
        /// The migration.
        migration: String,
    },
    /// The connection has a transaction open, and the migration must run outside one.
    #[error("`{migration}` must run outside a transaction, but the connection has one open")]
    InTransaction {
        /// The migration.
        migration: String,
    },
    /// Migrations to revert have no down.sql.
    #[error("has no down.sql and cannot be reverted: {}", list(names))]
    Irreversible {
        /// The migrations.
        names: Vec<String>,
    },
    /// An applied migration to revert is not among the migrations.
    #[error(
        "the applied version `{version}` is not among the migrations, so it cannot be reverted"
    )]
    NotInSource {
        /// The version.
        version: String,
    },
    /// A migration that stopped half-way was changed where it had already run.
    #[error(
        "`{migration}` stopped after statement {done} of {of} in an earlier run, and these statements were changed since"
    )]
    ChangedSinceStopped {
        /// The migration.
        migration: String,
        /// How many statements ran.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// A run ended while a statement ran that no transaction can hold, and the database does not
    /// tell whether it took effect.
    #[error(
        "an earlier run of `{migration}` ended while {} line {}, statement {} of {} was running, and it is not known whether that took effect: `{}`; expected that the file says what is left to do, and then `glowplug repair`",
        direction.file(), statement.line, statement.number, statement.of, statement.sql
    )]
    UnknownOutcome {
        /// The migration.
        migration: String,
        /// Which of its files.
        direction: Direction,
        /// The statement.
        statement: Box<FailedStatement>,
    },
    /// PostgreSQL has no schema to create tables in.
    #[error("no schema is selected to create tables in; expected one in `search_path`")]
    NoSchema,
    /// A migration failed.
    #[error(transparent)]
    Failed(Box<Failure>),
    /// A query of glowplug's own failed.
    #[error("cannot {doing}: {}", message(source))]
    Database {
        /// What was being done.
        doing: &'static str,
        /// What Diesel says.
        source: diesel::result::Error,
    },
    /// A migration is done, and the settings of the session that it changed cannot be put back; those
    /// after it were not begun.
    #[error(
        "`{migration}` was {}, and the settings that it left in its session cannot be put back: {}",
        direction.done(), message(source)
    )]
    SettingsLeft {
        /// The migration.
        migration: String,
        /// Whether it was applied or reverted.
        direction: Direction,
        /// What Diesel says.
        source: diesel::result::Error,
    },
    /// The connection could not be brought back to how it was: it should be closed.
    #[error("{}the connection cannot be used any more: {reason}", cause.as_ref().map(|cause| format!("{cause}; ")).unwrap_or_default())]
    Unclean {
        /// What could not be undone.
        reason: String,
        /// The error before that, if any.
        cause: Option<Box<ApplyError>>,
    },
}

impl ApplyError {
    pub(super) fn database(doing: &'static str) -> impl FnOnce(diesel::result::Error) -> Self {
        move |source| Self::Database { doing, source }
    }

    /// Whether the lock was not obtained in time: trying again later may help.
    #[must_use]
    pub fn is_lock_timeout(&self) -> bool {
        match self {
            Self::Unclean { cause: Some(cause), .. } => cause.is_lock_timeout(),
            Self::LockTimeout { .. } | Self::FileLocked { .. } | Self::FileRead { .. } => true,
            _ => false,
        }
    }

    /// Whether the server only reads: a standby, or a role or a database that is set so.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        use diesel::result::{DatabaseErrorKind, Error};
        match self {
            Self::Database { source: Error::DatabaseError(kind, _), .. } => {
                matches!(kind, DatabaseErrorKind::ReadOnlyTransaction)
            }
            _ => self.failure().is_some_and(|failure| failure.read_only),
        }
    }

    /// Whether there is work to do that the policy leaves to others.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Pending { .. } | Self::StillPending { .. })
    }

    /// Whether the migrations contradict the database or each other: no new try will help.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Duplicate { .. }
                | Self::Edited { .. }
                | Self::OutOfOrder { .. }
                | Self::ChangedSinceStopped { .. }
                | Self::HalfDone { .. }
                | Self::UnknownOutcome { .. }
        )
    }

    /// Whether the connection must be closed.
    #[must_use]
    pub fn is_unclean(&self) -> bool {
        matches!(self, Self::Unclean { .. })
    }

    /// The failed migration, if it was one that failed.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            Self::Unclean { cause: Some(cause), .. } => cause.failure(),
            _ => None,
        }
    }
}

/// The server's own words, without Diesel's around them.
pub(super) fn message(error: &diesel::result::Error) -> String {
    match error {
        diesel::result::Error::DatabaseError(_, information) => information.message().to_owned(),
        other => other.to_string(),
    }
}

/// Tenths of short times, whole seconds of longer ones.
fn seconds(time: Duration) -> f32 {
    let exact = time.as_secs_f32();
    if exact < 10.0 { (exact * 10.0).round() / 10.0 } else { exact.round() }
}

fn list(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
