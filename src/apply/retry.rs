//! A migration waits for the locks of tables only for so long, and tries again: on PostgreSQL as a
//! whole, on MySQL the one statement that waited. While it waits, everybody who comes after it to
//! the same table waits behind it.

use std::time::{Duration, Instant};

use diesel::result::Error;

use super::ApplyError;
use super::blockers::{LOCK_TIMEOUT, LOCK_TIMEOUT_ON_MYSQL};
use super::driver::MigrateConnection;
use super::event::Observer;
use super::recorder::Work;
use super::run::Job;
use super::session::Session;
use crate::model::Backend;

/// How PostgreSQL says 55P03, 40P01 and 40001 in English; Diesel hands on the last code alone.
const PASSING: [&str; 3] = [LOCK_TIMEOUT, "deadlock detected", "could not serialize access"];

/// What a server does within a transaction: its limits, and its language.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds {
    /// SQL that sets what is to be set.
    pub(super) sql: String,
    /// How long a statement waits for a lock; none is for ever.
    lock_timeout: Option<Duration>,
    /// Whether its messages are English.
    english: bool,
    /// Whether functions of the database may run at each change of the schema.
    pub(super) event_triggers: bool,
}

/// How MySQL and MariaDB say 1205 and 1213: the statement has done nothing.
const PASSING_ON_MYSQL: [&str; 2] = [LOCK_TIMEOUT_ON_MYSQL, "Deadlock found"];

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

    /// Waits before the next try; false when there is no time left for one, or a stop was asked for.
    fn wait(&mut self, timeout: Duration, observer: &Observer) -> bool {
        let pause = self.pause.mul_f64(0.5 + fastrand::f64());
        if self.start.elapsed() + pause >= timeout {
            return false;
        }
        let end = Instant::now() + pause;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            if observer.stops() {
                return false;
            }
            std::thread::sleep(left.min(PAUSES.0));
        }
        self.pause = (self.pause * 2).min(PAUSES.1);
        !observer.stops()
    }
}

impl<C: MigrateConnection> Session<'_, C> {
    /// What bounds the wait for locks, and the time of a statement, in one transaction, unless the
    /// caller, the role or the database does so already. Asked before the transaction: in it, a
    /// query would come before a `SET TRANSACTION` of the migration. Asked once, and again after a
    /// migration that may have changed settings.
    pub(super) fn bounds(&mut self) -> Result<Bounds, ApplyError> {
        if self.backend != Backend::Postgres || self.outer > 0 {
            return Ok(Bounds { event_triggers: true, ..Bounds::default() });
        }
        if let Some(known) = self.bounds.as_ref().filter(|_| !self.is_pooled()) {
            return Ok(known.clone());
        }
        let answer = self.connection.texts(ASKED);
        let answer = answer.map_err(ApplyError::database("read the settings of the connection"))?;
        let answer = answer.into_iter().flatten().next().unwrap_or_default();
        let mut parts = answer.split('/');
        let mut next = || parts.next().unwrap_or_default().to_owned();
        let (lock, statement, may, triggers, language) = (next(), next(), next(), next(), next());
        let mut bounds = Bounds {
            lock_timeout: milliseconds(&lock),
            event_triggers: triggers == "1",
            ..Bounds::default()
        };
        for (setting, found, wanted) in [
            ("lock_timeout", &lock, self.table_lock_timeout),
            ("statement_timeout", &statement, self.statement_timeout),
        ] {
            if found == "0" && !wanted.is_zero() {
                let time = wanted.as_millis().clamp(1, i32::MAX as u128);
                bounds.sql.push_str(&format!("SET LOCAL {setting} = '{time}ms';"));
                if setting == "lock_timeout" {
                    bounds.lock_timeout = Some(wanted);
                }
            }
        }
        bounds.english = ["C", "POSIX", "en"].iter().any(|start| language.starts_with(start));
        if !bounds.english && may == "1" {
            // Errors are known by their text; only a superuser may choose its language.
            bounds.sql.push_str("SET LOCAL lc_messages = 'C';");
            bounds.english = true;
        }
        self.bounds = Some(bounds.clone());
        Ok(bounds)
    }

    /// Sets them in the transaction that is open.
    pub(super) fn bound(&mut self, bounds: &Bounds) -> Result<(), ApplyError> {
        if bounds.sql.is_empty() {
            return Ok(());
        }
        let set = self.connection.run_sql(&bounds.sql);
        set.map_err(ApplyError::database("bound the wait for locks"))
    }

    /// Runs a statement that no transaction can hold; on MySQL again, when a table was not free.
    /// No transaction takes it back, so a lease is looked at just before.
    pub(super) fn patiently(
        &mut self,
        job: &Job<'_>,
        position: usize,
    ) -> Result<Result<(), Error>, ApplyError> {
        let mut tries = Tries::new();
        loop {
            self.announce(job, position);
            self.check_lease(&job.known.name)?;
            let result = self.connection.run_sql(&job.statements[position].sql);
            let Err(Error::DatabaseError(_, information)) = &result else { return Ok(result) };
            let message = information.message();
            let passing = PASSING_ON_MYSQL.iter().any(|text| message.starts_with(text));
            if self.backend != Backend::Mysql
                || !passing
                || !tries.wait(self.timeout, self.observer)
            {
                return Ok(result);
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
        bounds: &Bounds,
        tries: &mut Tries,
    ) -> bool {
        let text = matches!(job.known.work(job.direction), Work::Sql(_));
        let may = self.backend == Backend::Postgres && self.outer == 0 && text;
        if !may || !self.passes(error, bounds) {
            return false;
        }
        if self.roll_back().is_err() || !tries.wait(self.timeout, self.observer) {
            return false;
        }
        tracing::info!(migration = job.known.name, reason = %error, "trying again");
        true
    }

    /// Whether the same may work a moment later: a lock that was not free, a deadlock, a failed
    /// serialization. Where the server speaks another language, a statement that failed no earlier
    /// than its wait for a lock ends is taken for one that waited, and one whose details name
    /// several processes for a deadlock: to try that in vain costs time and nothing else.
    fn passes(&self, error: &ApplyError, bounds: &Bounds) -> bool {
        let english = |message: &str| PASSING.iter().any(|text| message.starts_with(text));
        let Some(failure) = error.failure() else {
            return matches!(error, ApplyError::Database { source: Error::DatabaseError(_, said), .. }
                if english(said.message()));
        };
        if failure.serialization || english(&failure.message) {
            return true;
        }
        if bounds.english || failure.statement.is_none() {
            return false;
        }
        let waited = bounds.lock_timeout.is_some_and(|time| self.statement_began.elapsed() >= time);
        let numbers = |line: &str| {
            line.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count()
        };
        let locked = failure.detail.as_ref().is_some_and(|detail| {
            detail.lines().count() > 1 && detail.lines().all(|line| numbers(line) >= 2)
        });
        locked || waited && failure.detail.is_none() && failure.hint.is_none()
    }
}

/// The limits, whether the role may choose the language, whether there are event triggers, and the
/// language: it may hold any sign.
const ASKED: &str = "SELECT pg_catalog.concat_ws('/', pg_catalog.current_setting('lock_timeout'), \
    pg_catalog.current_setting('statement_timeout'), \
    (SELECT CASE WHEN rolsuper THEN '1' ELSE '0' END FROM pg_catalog.pg_roles \
     WHERE rolname OPERATOR(pg_catalog.=) current_user), \
    (SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_event_trigger \
       WHERE evtenabled OPERATOR(pg_catalog.<>) 'D') THEN '1' ELSE '0' END), \
    pg_catalog.current_setting('lc_messages')) AS v";

/// A time as PostgreSQL shows it: `5s`, `200ms`, `1min`; none where there is no limit.
fn milliseconds(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u64 = digits.parse().ok()?;
    let unit = match &text[digits.len()..] {
        "ms" | "" => 1,
        "s" => 1_000,
        "min" => 60_000,
        "h" => 3_600_000,
        _ => 86_400_000,
    };
    (number > 0).then(|| Duration::from_millis(number * unit))
}
