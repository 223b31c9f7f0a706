//! One process at a time.

pub(super) mod holders;
pub(super) mod lease;
mod mysql;
pub(super) mod postgres;
pub(super) mod sqlite;
pub(super) mod wait;

use diesel::QueryResult;

use super::ApplyError;
use super::driver::Driver;
use super::history::Tables;
use crate::model::Backend;
use lease::heartbeat::{Connect, Heartbeat};
use lease::{Lease, Terms};

/// How processes that migrate one database keep out of each other's way.
///
/// SQLite has one way for all: each transaction takes the file's own lock, and looks again what is
/// applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LockMode {
    /// A lock that belongs to the session: an advisory lock of PostgreSQL, `GET_LOCK` of MySQL and
    /// MariaDB. It is gone with its connection. A pooler that hands each transaction to another
    /// server process is noticed, and is an error.
    #[default]
    Session,
    /// PostgreSQL: an advisory lock that each transaction takes anew. It works through a pooler in
    /// transaction mode. A migration that runs outside a transaction is refused.
    Transaction,
    /// A row of `__glowplug_lock` that says who migrates, and until when, by the server's clock: a
    /// lease. For clusters in which locks of a session are not shared, such as Galera; their clocks
    /// have to agree to within its length.
    ///
    /// It is renewed before each migration and each statement that no transaction can hold, in each
    /// transaction that notes something, and by a [heartbeat](crate::MigrationManager::heartbeat)
    /// while a statement runs. When a run was suspended, or cut off, for longer than the lease
    /// [lasts](crate::MigrationManager::lease), another one takes it over. The first one finds that
    /// before it goes on: its transaction is rolled back, and nothing more of it is run. MySQL and MariaDB
    /// end the statement of a client that is gone; a lease is not taken over while its server, the
    /// same one, still runs a statement of its session.
    Table,
    /// None: something else makes sure that one process migrates at a time.
    None,
}

impl LockMode {
    /// All of them with their words.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Session, "session"),
        (Self::Transaction, "transaction"),
        (Self::Table, "table"),
        (Self::None, "none"),
    ];
}

/// A lock that a run holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lock {
    /// SQLite: each transaction takes the file's own lock.
    File,
    /// An advisory lock of PostgreSQL.
    Postgres(i64),
    /// The same lock until the caller's transaction ends: what was applied is not to be seen before
    /// that, so nobody else may look for it.
    PostgresTransaction(i64),
    /// The same lock, taken by each transaction.
    PostgresEach(i64),
    /// A named lock of MySQL or MariaDB.
    Mysql(String),
    /// A row of a table.
    Lease(Lease),
    /// There is none.
    Unlocked,
}

/// Whether a lock was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Yes,
    No,
    /// The server's session had it already.
    Before,
}

impl Lock {
    /// The lock of a database, not taken yet.
    pub(super) fn of(
        mode: LockMode,
        driver: &mut dyn Driver,
        schema: Option<&str>,
        in_transaction: bool,
        terms: &Terms,
    ) -> Result<Self, ApplyError> {
        let backend = driver.backend_kind();
        let key = || postgres::key(schema.unwrap_or_default());
        Ok(match (backend, mode) {
            (Backend::Sqlite, _) => Self::File,
            (_, LockMode::None) => Self::Unlocked,
            (Backend::Postgres, LockMode::Session | LockMode::Transaction) if in_transaction => {
                Self::PostgresTransaction(key())
            }
            (Backend::Postgres, LockMode::Session) => Self::Postgres(key()),
            (Backend::Postgres, LockMode::Transaction) => Self::PostgresEach(key()),
            (Backend::Mysql, LockMode::Session) => Self::Mysql(mysql::name(driver)?),
            (Backend::Mysql, LockMode::Transaction) => return Err(ApplyError::NoTransactionLock),
            (Backend::Postgres | Backend::Mysql, LockMode::Table) => {
                Self::Lease(Lease::new(backend, schema, terms))
            }
        })
    }

    /// The key of an advisory lock.
    pub(super) fn key(&self) -> Option<i64> {
        match self {
            Self::Postgres(key) | Self::PostgresTransaction(key) | Self::PostgresEach(key) => {
                Some(*key)
            }
            Self::File | Self::Mysql(_) | Self::Lease(_) | Self::Unlocked => None,
        }
    }

    /// Whether each transaction takes it, so that others may come between two of them.
    pub(super) fn is_per_transaction(&self) -> bool {
        match self {
            Self::File | Self::PostgresEach(_) => true,
            Self::Postgres(_)
            | Self::PostgresTransaction(_)
            | Self::Mysql(_)
            | Self::Lease(_)
            | Self::Unlocked => false,
        }
    }

    /// Makes what it needs in the database.
    pub(super) fn prepare(&self, driver: &mut dyn Driver) -> Result<(), ApplyError> {
        if let Self::Lease(lease) = self { lease.create(driver) } else { Ok(()) }
    }

    /// Renews a lease that was taken, while it is held. One that the caller's transaction hides is
    /// nobody else's until that ends.
    pub(super) fn beat(
        &self,
        connect: Option<&Connect>,
        in_transaction: bool,
    ) -> Result<Option<Heartbeat>, ApplyError> {
        match (self, connect) {
            (Self::Lease(lease), Some(connect)) if !in_transaction => {
                Heartbeat::start(lease.clone(), connect.clone()).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Tries once, without waiting on the server: a server-side wait holds a snapshot, which
    /// `CREATE INDEX CONCURRENTLY` of the holder waits for in turn.
    pub(super) fn try_take(&self, driver: &mut dyn Driver) -> QueryResult<Taken> {
        let taken = |yes: bool| if yes { Taken::Yes } else { Taken::No };
        match self {
            Self::File | Self::Unlocked => Ok(Taken::Yes),
            Self::Postgres(key) => postgres::try_take_for_session(driver, *key),
            Self::PostgresTransaction(key) | Self::PostgresEach(key) => {
                postgres::try_take_for_transaction(driver, *key).map(taken)
            }
            Self::Mysql(name) => mysql::try_take(driver, name).map(taken),
            Self::Lease(lease) => lease.try_take(driver).map(taken),
        }
    }

    /// Whether this session, as the server sees it now, has the lock. A lease is renewed.
    pub(super) fn is_held(&self, driver: &mut dyn Driver) -> QueryResult<bool> {
        match self {
            Self::File | Self::PostgresEach(_) | Self::Unlocked => Ok(true),
            Self::Postgres(key) | Self::PostgresTransaction(key) => postgres::is_held(driver, *key),
            Self::Mysql(name) => mysql::is_held(driver, name),
            Self::Lease(lease) => lease.renew(driver),
        }
    }

    /// SQL that fails where the session lacks the lock, for those that a query can look for.
    pub(super) fn assertion(&self) -> Option<String> {
        match self {
            Self::Postgres(key) => Some(postgres::assert_held(*key)),
            Self::File
            | Self::PostgresTransaction(_)
            | Self::PostgresEach(_)
            | Self::Mysql(_)
            | Self::Lease(_)
            | Self::Unlocked => None,
        }
    }

    /// False when it was not there any more.
    pub(super) fn release(&self, driver: &mut dyn Driver) -> QueryResult<bool> {
        match self {
            Self::File | Self::PostgresTransaction(_) | Self::PostgresEach(_) | Self::Unlocked => {
                Ok(true)
            }
            Self::Postgres(key) => postgres::release(driver, *key),
            Self::Mysql(name) => mysql::release(driver, name),
            Self::Lease(lease) => lease.release(driver),
        }
    }

    /// Who has it, in words; nothing when the server does not tell.
    pub(super) fn holder(&self, driver: &mut dyn Driver) -> Option<String> {
        match self {
            Self::File | Self::Unlocked => None,
            Self::Postgres(key) | Self::PostgresTransaction(key) | Self::PostgresEach(key) => {
                postgres::holder(driver, *key)
            }
            Self::Mysql(name) => mysql::holder(driver, name),
            Self::Lease(lease) => lease.holder(driver),
        }
    }
}

/// Whether a query of one row and one column said yes.
fn yes(rows: QueryResult<Vec<Option<String>>>) -> QueryResult<bool> {
    Ok(rows?.into_iter().flatten().next().as_deref() == Some("1"))
}

/// Who migrates this database now, as far as the server tells.
pub(super) fn holder(driver: &mut dyn Driver, mode: LockMode) -> Option<String> {
    let tables = Tables::find(driver).ok()?;
    Lock::of(mode, driver, tables.schema.as_deref(), false, &Terms::default()).ok()?.holder(driver)
}
