use std::time::Duration;

use diesel::QueryResult;
use diesel::result::Error;

use super::holders;
use super::wait::Patience;
use crate::apply::ApplyError;
use crate::apply::driver::Driver;

/// How long SQLite itself waits at a time for the write lock; between two times a stop is noticed.
const TURN: Duration = Duration::from_millis(500);

/// Begins a transaction that holds the write lock from the start, and that Diesel knows about, so
/// that a migration in Rust may nest its own. Diesel's generic `begin` is deferred: its upgrade to
/// a write lock fails at once where another process has written in between. `busy_timeout` is what
/// the transaction itself waits with, for readers at its commit.
pub(in crate::apply) fn begin_immediate(
    driver: &mut dyn Driver,
    patience: Patience,
    busy_timeout: Duration,
) -> QueryResult<()> {
    let turn = TURN.min(patience.left()).as_millis();
    let then = busy_timeout.as_millis().min(i32::MAX as u128);
    driver.begin()?;
    let result = driver.run_sql(&format!(
        "PRAGMA busy_timeout = {turn}; ROLLBACK; BEGIN IMMEDIATE; PRAGMA busy_timeout = {then}"
    ));
    if result.is_err() && driver.depth()? > 0 {
        // Diesel did not see the ROLLBACK; give it one that it sees.
        driver.run_sql("BEGIN")?;
        driver.roll_back()?;
        driver.run_sql(&format!("PRAGMA busy_timeout = {then}"))?;
    }
    result
}

/// Reads, and again while another process has the lock: the connection's own busy timeout may be
/// none, and is the caller's.
pub(in crate::apply) fn patiently<T>(
    driver: &mut dyn Driver,
    patience: Patience,
    mut read: impl FnMut(&mut dyn Driver) -> Result<T, ApplyError>,
) -> Result<T, ApplyError> {
    loop {
        match read(driver) {
            Err(ApplyError::Database { source, .. }) if is_busy(&source) => {
                if patience.left().is_zero() {
                    let (waited, holder) = (patience.since.elapsed(), holders::of(driver));
                    return Err(ApplyError::FileLocked { waited, holder });
                }
                let pause = Duration::from_millis(5 + fastrand::u64(0..20));
                std::thread::sleep(pause.min(patience.left()));
            }
            other => return other,
        }
    }
}

/// What SQLite says when another process has a lock that it waited for in vain (SQLITE_BUSY).
pub(in crate::apply) const BUSY: &str = "database is locked";

/// Whether another process has the lock (SQLITE_BUSY, SQLITE_LOCKED).
pub(in crate::apply) fn is_busy(error: &Error) -> bool {
    let Error::DatabaseError(_, information) = error else { return false };
    let message = information.message();
    message.contains(BUSY) || message.contains("database table is locked")
}
