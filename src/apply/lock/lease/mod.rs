//! A lock that is a row of a table: who has it, and until when, by the server's clock.

pub(in crate::apply) mod heartbeat;
mod take;

use std::time::Duration;

use diesel::QueryResult;

use crate::apply::ApplyError;
use crate::apply::applied::exists;
use crate::apply::driver::Driver;
use crate::apply::sql::{literal, qualified};
use crate::model::Backend;

pub(in crate::apply) const TABLE: &str = "__glowplug_lock";

/// How long it lasts when it is not renewed: without a heartbeat one long statement must fit in.
const LASTS: Duration = Duration::from_secs(600);
const LASTS_WITH_HEARTBEAT: Duration = Duration::from_secs(30);

/// A lease of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::apply) struct Lease {
    backend: Backend,
    schema: Option<String>,
    table: String,
    /// What no other run has.
    owner: String,
    length: Duration,
}

/// What a caller says about leases.
#[derive(Clone, Debug, Default)]
pub(in crate::apply) struct Terms {
    pub(in crate::apply) length: Option<Duration>,
    pub(in crate::apply) heartbeat: Option<heartbeat::Connect>,
}

impl Terms {
    fn length(&self) -> Duration {
        let usual = if self.heartbeat.is_some() { LASTS_WITH_HEARTBEAT } else { LASTS };
        self.length.unwrap_or(usual).max(Duration::from_millis(1))
    }
}

impl Lease {
    pub(super) fn new(backend: Backend, schema: Option<&str>, terms: &Terms) -> Self {
        let table = qualified(backend, schema, TABLE);
        let schema = schema.map(str::to_owned);
        let owner = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        Self { backend, schema, table, owner, length: terms.length() }
    }

    /// Creates the table, if it is not there.
    pub(super) fn create(&self, driver: &mut dyn Driver) -> Result<(), ApplyError> {
        if exists(driver, self.schema.as_deref(), TABLE)? {
            return Ok(());
        }
        let time = if self.backend == Backend::Postgres { "TIMESTAMPTZ" } else { "DATETIME(6)" };
        let sql = format!(
            "CREATE TABLE IF NOT EXISTS {} (\n    id INTEGER PRIMARY KEY NOT NULL,\n    \
             owner VARCHAR(32) NOT NULL,\n    holder VARCHAR(200) NOT NULL,\n    \
             since {time} NOT NULL,\n    expires_at {time} NOT NULL\n)",
            self.table
        );
        match driver.run_sql(&sql) {
            Ok(()) => Ok(()),
            // PostgreSQL: another process was faster by a moment.
            Err(_) if exists(driver, self.schema.as_deref(), TABLE)? => Ok(()),
            Err(error) => Err(ApplyError::database("create `__glowplug_lock`")(error)),
        }
    }

    /// Puts its end off; false when another run has it.
    pub(super) fn renew(&self, driver: &mut dyn Driver) -> QueryResult<bool> {
        let owner = literal(self.backend, &self.owner);
        let (table, end) = (&self.table, self.end());
        driver.run_sql(&format!("UPDATE {table} SET expires_at = {end} WHERE owner = {owner}"))?;
        self.is_owner(driver)
    }

    pub(super) fn release(&self, driver: &mut dyn Driver) -> QueryResult<bool> {
        let had = self.is_owner(driver)?;
        let owner = literal(self.backend, &self.owner);
        driver.run_sql(&format!("DELETE FROM {} WHERE owner = {owner}", self.table))?;
        Ok(had)
    }

    pub(super) fn holder(&self, driver: &mut dyn Driver) -> Option<String> {
        let text = if self.backend == Backend::Postgres { "TEXT" } else { "CHAR" };
        let now = self.now();
        let sql = format!(
            "SELECT CONCAT(holder, ', since ', CAST(since AS {text}), CASE WHEN expires_at < {now} \
             THEN ', but its statement still runs' \
             ELSE CONCAT(', until ', CAST(expires_at AS {text}), ' unless it is renewed') END) AS v \
             FROM {}",
            self.table
        );
        driver.texts(&sql).ok()?.into_iter().flatten().next()
    }

    fn is_owner(&self, driver: &mut dyn Driver) -> QueryResult<bool> {
        let rows = driver.texts(&format!("SELECT owner AS v FROM {}", self.table))?;
        Ok(rows.into_iter().flatten().any(|owner| owner == self.owner))
    }

    fn now(&self) -> &'static str {
        match self.backend {
            Backend::Postgres => "pg_catalog.clock_timestamp()",
            Backend::Sqlite | Backend::Mysql => "UTC_TIMESTAMP(6)",
        }
    }

    fn end(&self) -> String {
        let (now, length) = (self.now(), self.length);
        format!("{now} + INTERVAL '{}.{:06}' SECOND", length.as_secs(), length.subsec_micros())
    }
}
