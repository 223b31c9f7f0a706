//! A migration waits for the locks of tables only for so long, and tries again: on PostgreSQL as a
//! whole, on MySQL the one statement that waited. While it waits, everybody who comes after it to
//! the same table waits behind it.

use std::time::{Duration, Instant};

use diesel::result::Error;

use super::ApplyError;
use super::driver::MigrateConnection;
use super::recorder::Work;
use super::run::Job;
use super::session::Session;
use crate::model::Backend;

/// How PostgreSQL says 55P03, 40P01 and 40001; Diesel does not hand the codes on. In another
/// language of the server (`lc_messages`) nothing is tried again.
const PASSING: [&str; 3] =
    ["canceling statement due to lock timeout", "deadlock detected", "could not serialize access"];

/// How MySQL and MariaDB say 1205 and 1213: the statement has done nothing.
const PASSING_ON_MYSQL: [&str; 2] = ["Lock wait timeout exceeded", "Deadlock found"];

/// The first and the longest pause between two tries.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// The tries of one migration.
pub(super) struct Tries {
    start: Instant,
    pause: Duration,
}

impl Tries {
    pub(super) fn new() -> Self {
        Self { start: Instant::now(), pause: PAUSES.0 }
    }

    /// Waits before the next try; false when there is no time left for one.
    fn wait(&mut self, timeout: Duration) -> bool {
        let pause = self.pause.mul_f64(0.5 + fastrand::f64());
        if self.start.elapsed() + pause >= timeout {
            return false;
        }
        std::thread::sleep(pause);
        self.pause = (self.pause * 2).min(PAUSES.1);
        true
    }
}

impl<C: MigrateConnection> Session<'_, C> {
    /// SQL that bounds the wait for locks, and the time of a statement, in one transaction, unless
    /// the caller, the role or the database does so already. Asked before the transaction: in it, a
    /// query would come before a `SET TRANSACTION` of the migration.
    pub(super) fn bounds(&mut self) -> Result<String, ApplyError> {
        let wanted = [
            ("lock_timeout", self.table_lock_timeout),
            ("statement_timeout", self.statement_timeout),
        ];
        let wanted: Vec<_> = wanted.into_iter().filter(|(_, time)| !time.is_zero()).collect();
        if self.backend != Backend::Postgres || self.outer > 0 || wanted.is_empty() {
            return Ok(String::new());
        }
        let mut bounds = String::new();
        for (setting, time) in wanted {
            let sql = format!("SELECT pg_catalog.current_setting('{setting}') AS v");
            let found = self.connection.texts(&sql);
            let found =
                found.map_err(ApplyError::database("read the settings of the connection"))?;
            if found.into_iter().flatten().next().as_deref() == Some("0") {
                let milliseconds = time.as_millis().clamp(1, i32::MAX as u128);
                bounds.push_str(&format!("SET LOCAL {setting} = '{milliseconds}ms';"));
            }
        }
        Ok(bounds)
    }

    /// Sets them in the transaction that is open.
    pub(super) fn bound(&mut self, bounds: &str) -> Result<(), ApplyError> {
        if bounds.is_empty() {
            return Ok(());
        }
        let set = self.connection.run_sql(bounds);
        set.map_err(ApplyError::database("bound the wait for locks"))
    }

    /// Runs a statement that no transaction can hold; on MySQL again, when a table was not free.
    pub(super) fn patiently(&mut self, job: &Job<'_>, position: usize) -> Result<(), Error> {
        let mut tries = Tries::new();
        loop {
            let result = self.statement(job, position);
            let Err(Error::DatabaseError(_, information)) = &result else { return result };
            let message = information.message();
            let passing = PASSING_ON_MYSQL.iter().any(|text| message.starts_with(text));
            if self.backend != Backend::Mysql || !passing || !tries.wait(self.timeout) {
                return result;
            }
            tracing::info!(migration = job.known.name, reason = message, "trying again");
        }
    }

    /// Whether a migration that was rolled back is to be tried again; waits before that. Rust code
    /// may have done what no transaction takes back.
    pub(super) fn tries_again(
        &mut self,
        job: &Job<'_>,
        error: &ApplyError,
        tries: &mut Tries,
    ) -> bool {
        let Some(failure) = error.failure() else { return false };
        let passing = PASSING.iter().any(|message| failure.message.starts_with(message));
        let text = matches!(job.known.work(job.direction), Work::Sql(_));
        let may = self.backend == Backend::Postgres && self.outer == 0 && text && passing;
        if !may || self.roll_back().is_err() || !tries.wait(self.timeout) {
            return false;
        }
        let migration = job.known.name.as_str();
        tracing::info!(migration, reason = failure.message, "trying again");
        true
    }
}
