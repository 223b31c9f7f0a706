//! One process at a time.

mod mysql;
mod postgres;
pub(super) mod sqlite;

use std::time::{Duration, Instant};

use diesel::QueryResult;

use super::ApplyError;
use super::driver::Driver;
use super::event::{Event, Observer};
use crate::model::Backend;

/// A lock that the session holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lock {
    /// SQLite: each transaction takes the file's own lock.
    Transaction,
    /// An advisory lock of PostgreSQL.
    Postgres(i64),
    /// The same lock until the caller's transaction ends: what was applied is not to be seen before
    /// that, so nobody else may look for it.
    PostgresTransaction(i64),
    /// A named lock of MySQL or MariaDB.
    Mysql(String),
}

/// The first and the longest pause between two tries. They differ by chance, so that waiting
/// processes do not come in step.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));

impl Lock {
    /// Takes the lock. It is tried, never waited for on the server: a server-side wait holds a
    /// snapshot, which `CREATE INDEX CONCURRENTLY` of the holder waits for in turn.
    pub(super) fn acquire(
        driver: &mut dyn Driver,
        schema: Option<&str>,
        in_transaction: bool,
        timeout: Duration,
        observer: &Observer,
    ) -> Result<Self, ApplyError> {
        let lock = match driver.backend_kind() {
            Backend::Sqlite => return Ok(Self::Transaction),
            Backend::Postgres => {
                let key = postgres::key(schema.unwrap_or_default());
                if in_transaction { Self::PostgresTransaction(key) } else { Self::Postgres(key) }
            }
            Backend::Mysql => Self::Mysql(mysql::name(driver)?),
        };
        let (start, mut pause, mut told) = (Instant::now(), PAUSES.0, false);
        loop {
            let taken = lock.try_take(driver).map_err(ApplyError::database("take the lock"))?;
            if taken {
                return Ok(lock);
            }
            if !told || start.elapsed() >= timeout {
                let holder = lock.holder(driver);
                if start.elapsed() >= timeout {
                    return Err(ApplyError::LockTimeout { waited: start.elapsed(), holder });
                }
                observer.tell(&Event::Waiting { holder: holder.as_deref() });
                told = true;
            }
            let left = timeout.saturating_sub(start.elapsed());
            std::thread::sleep(pause.mul_f64(0.5 + fastrand::f64()).min(left));
            pause = (pause * 2).min(PAUSES.1);
        }
    }

    fn try_take(&self, driver: &mut dyn Driver) -> QueryResult<bool> {
        match self {
            Self::Transaction => Ok(true),
            Self::Postgres(key) => postgres::try_take(driver, "pg_try_advisory_lock", *key),
            Self::PostgresTransaction(key) => {
                postgres::try_take(driver, "pg_try_advisory_xact_lock", *key)
            }
            Self::Mysql(name) => mysql::try_take(driver, name),
        }
    }

    /// Whether this session, as the server sees it now, has the lock.
    pub(super) fn is_held(&self, driver: &mut dyn Driver) -> QueryResult<bool> {
        match self {
            Self::Transaction => Ok(true),
            Self::Postgres(key) | Self::PostgresTransaction(key) => postgres::is_held(driver, *key),
            Self::Mysql(name) => mysql::is_held(driver, name),
        }
    }

    /// False when it was not there any more.
    pub(super) fn release(&self, driver: &mut dyn Driver) -> QueryResult<bool> {
        match self {
            Self::Transaction | Self::PostgresTransaction(_) => Ok(true),
            Self::Postgres(key) => postgres::release(driver, *key),
            Self::Mysql(name) => mysql::release(driver, name),
        }
    }

    /// Who has it, in words; nothing when the server does not tell.
    fn holder(&self, driver: &mut dyn Driver) -> Option<String> {
        match self {
            Self::Transaction => None,
            Self::Postgres(key) | Self::PostgresTransaction(key) => postgres::holder(driver, *key),
            Self::Mysql(name) => mysql::holder(driver, name),
        }
    }
}

/// Whether a query of one row and one column said yes.
fn yes(rows: QueryResult<Vec<Option<String>>>) -> QueryResult<bool> {
    Ok(rows?.into_iter().flatten().next().as_deref() == Some("1"))
}
