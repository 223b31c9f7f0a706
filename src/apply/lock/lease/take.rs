//! Taking a lease that nobody has, or that has run out.

use std::time::{Duration, Instant};

use diesel::QueryResult;

use super::Lease;
use crate::apply::driver::Driver;
use crate::apply::sql::literal;
use crate::model::Backend;

/// How long the server may wait for the row: another run may have it in a transaction.
const PATIENCE: Duration = Duration::from_secs(1);

impl Lease {
    pub(in crate::apply::lock) fn try_take(&self, driver: &mut dyn Driver) -> QueryResult<bool> {
        let (table, now) = (&self.table, self.now());
        // Only a look, which waits for nobody.
        let sql = format!("SELECT CASE WHEN expires_at < {now} THEN 'over' END AS v FROM {table}");
        let taken = match driver.texts(&sql)?.first() {
            Some(None) => return Ok(false),
            Some(Some(_)) => self.within_patience(driver, &self.take_over())?,
            None => self.within_patience(driver, &self.insert())?,
        };
        Ok(taken && self.is_owner(driver)?)
    }

    fn insert(&self) -> String {
        let (insert, or_nothing) = match self.backend {
            Backend::Postgres => ("INSERT", " ON CONFLICT DO NOTHING"),
            Backend::Sqlite | Backend::Mysql => ("INSERT IGNORE", ""),
        };
        let (table, now, end) = (&self.table, self.now(), self.end());
        let (owner, holder) = (literal(self.backend, &self.owner), self.own());
        format!(
            "{insert} INTO {table} (id, owner, holder, since, expires_at) \
             SELECT 1, {owner}, {holder}, {now}, {end}{or_nothing}"
        )
    }

    /// What comes first decides, one statement of one transaction.
    fn take_over(&self) -> String {
        let (table, now, end) = (&self.table, self.now(), self.end());
        let (owner, holder) = (literal(self.backend, &self.owner), self.own());
        let idle = self.idle();
        format!(
            "UPDATE {table} SET owner = {owner}, holder = {holder}, since = {now}, \
             expires_at = {end} WHERE expires_at < {now}{idle}"
        )
    }

    /// MySQL and MariaDB: a server ends the statement of a client that is gone before it notices. While
    /// it does, nobody else may change the schema.
    fn idle(&self) -> String {
        match self.backend {
            Backend::Sqlite | Backend::Postgres => String::new(),
            Backend::Mysql => format!(
                " AND NOT EXISTS (SELECT 1 FROM information_schema.PROCESSLIST p \
                 WHERE p.COMMAND <> 'Sleep' AND holder LIKE \
                 CONCAT('%, server process ', p.ID, ' of ', {SERVER}))"
            ),
        }
    }

    /// Who this is, as SQL.
    fn own(&self) -> String {
        let process = std::process::id();
        match self.backend {
            Backend::Postgres => {
                format!("CONCAT('process {process}, server process ', pg_catalog.pg_backend_pid())")
            }
            Backend::Sqlite | Backend::Mysql => format!(
                "CONCAT('process {process}, server process ', CONNECTION_ID(), ' of ', {SERVER})"
            ),
        }
    }

    /// Runs it, and gives up early where the row is not free: false then.
    fn within_patience(&self, driver: &mut dyn Driver, sql: &str) -> QueryResult<bool> {
        let start = Instant::now();
        let result = match self.backend {
            Backend::Postgres => within_patience_of_postgres(driver, sql),
            Backend::Sqlite | Backend::Mysql => within_patience_of_mysql(driver, sql),
        };
        match result {
            Ok(()) => Ok(true),
            // Whatever the language of the server, that was a wait in vain.
            Err(_) if start.elapsed() >= PATIENCE.mul_f64(0.9) => {
                driver.texts("SELECT '1' AS v").map(|_| false)
            }
            Err(error) => Err(error),
        }
    }
}

/// A node of a cluster, too.
const SERVER: &str = "@@hostname, ':', @@port";

fn within_patience_of_postgres(driver: &mut dyn Driver, sql: &str) -> QueryResult<()> {
    let found = driver.texts("SELECT pg_catalog.current_setting('lock_timeout') AS v")?;
    let found = found.into_iter().flatten().next().unwrap_or_default();
    let (found, time) = (literal(Backend::Postgres, &found), PATIENCE.as_millis());
    driver.begin()?;
    // Put back in the end: the transaction may be a savepoint in the caller's.
    let result = driver
        .run_sql(&format!("SET LOCAL lock_timeout = {time}"))
        .and_then(|()| driver.run_sql(sql))
        .and_then(|()| driver.run_sql(&format!("SET LOCAL lock_timeout = {found}")));
    match result {
        Ok(()) => driver.commit(),
        Err(error) => driver.roll_back().and(Err(error)),
    }
}

fn within_patience_of_mysql(driver: &mut dyn Driver, sql: &str) -> QueryResult<()> {
    let variable = "@@SESSION.innodb_lock_wait_timeout";
    let found = driver.texts(&format!("SELECT CAST({variable} AS CHAR) AS v"))?;
    let found = found.into_iter().flatten().next().unwrap_or_default();
    driver.run_sql(&format!("SET {variable} = {}", PATIENCE.as_secs()))?;
    let result = driver.run_sql(sql);
    driver.run_sql(&format!("SET {variable} = {found}")).and(result)
}
