use std::time::{Duration, Instant};

use diesel::QueryResult;
use diesel::result::Error;

use crate::apply::ApplyError;
use crate::apply::driver::Driver;

/// Begins a transaction that holds the write lock from the start, and that Diesel knows about, so
/// that a migration in Rust may nest its own. Diesel's generic `begin` is deferred: its upgrade to
/// a write lock fails at once where another process has written in between.
pub(in crate::apply) fn begin_immediate(driver: &mut dyn Driver) -> QueryResult<()> {
    driver.begin()?;
    let result = driver.run_sql("ROLLBACK; BEGIN IMMEDIATE");
    if result.is_err() && driver.depth()? > 0 {
        // Diesel did not see the ROLLBACK; give it one that it sees.
        driver.run_sql("BEGIN")?;
        driver.roll_back()?;
    }
    result
}

/// Reads, and again while another process has the lock: the connection's own busy timeout may be
/// none, and is the caller's.
pub(in crate::apply) fn patiently<T>(
    timeout: Duration,
    mut read: impl FnMut() -> Result<T, ApplyError>,
) -> Result<T, ApplyError> {
    let start = Instant::now();
    loop {
        match read() {
            Err(ApplyError::Database { source, .. }) if is_busy(&source) => {
                if start.elapsed() >= timeout {
                    return Err(ApplyError::LockTimeout { waited: start.elapsed(), holder: None });
                }
                std::thread::sleep(Duration::from_millis(5 + fastrand::u64(0..20)));
            }
            other => return other,
        }
    }
}

/// Whether another process has the lock (SQLITE_BUSY, SQLITE_LOCKED).
pub(in crate::apply) fn is_busy(error: &Error) -> bool {
    let Error::DatabaseError(_, information) = error else { return false };
    let message = information.message();
    message.contains("database is locked") || message.contains("database table is locked")
}
