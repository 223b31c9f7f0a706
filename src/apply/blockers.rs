//! Who was in the way of a migration that waited in vain, for the error: those who hold locks of the
//! tables that its statement names, or who read the file.

use std::collections::BTreeSet;

use diesel::result::Error;

use super::ApplyError;
use super::driver::MigrateConnection;
use super::error::message;
use super::failure::{Failure, Outcome};
use super::history;
use super::lock::{holders, postgres, sqlite};
use super::names::{self, Relation};
use super::run::Job;
use super::session::Session;
use super::sql::literal;
use crate::model::Backend;

/// How PostgreSQL says 55P03 in English.
pub(super) const LOCK_TIMEOUT: &str = "canceling statement due to lock timeout";

/// How MySQL and MariaDB say 1205.
pub(super) const LOCK_TIMEOUT_ON_MYSQL: &str = "Lock wait timeout exceeded";

impl<C: MigrateConnection> Session<'_, C> {
    /// Adds to a wait for a lock that was in vain who holds locks of tables; on SQLite, who reads
    /// the file. `outcome` is what is left of the migration where the error does not say it.
    pub(super) fn with_holders(
        &mut self,
        error: ApplyError,
        job: &Job<'_>,
        outcome: Outcome,
    ) -> ApplyError {
        if self.backend == Backend::Sqlite {
            return self.with_readers(error, job, outcome);
        }
        let error = match error {
            // The tables of the bookkeeping are locked: that is the migration's failure, too.
            ApplyError::Database { doing, source }
                if message(&source).starts_with(LOCK_TIMEOUT) =>
            {
                let text = format!("cannot {doing}: {}", message(&source));
                job.failed(None, &Error::QueryBuilderError(text.into()), outcome)
            }
            other => other,
        };
        let ApplyError::Failed(mut failure) = error else { return error };
        let holders = match self.backend {
            Backend::Postgres if failure.message.contains(LOCK_TIMEOUT) => {
                self.holders_of_tables(&failure)
            }
            Backend::Mysql if failure.message.starts_with(LOCK_TIMEOUT_ON_MYSQL) => perhaps(
                self.connection.texts(OPEN_ON_MYSQL).unwrap_or_default().into_iter().flatten(),
            ),
            _ => None,
        };
        failure.hint = holders.or(failure.hint);
        ApplyError::Failed(failure)
    }

    /// PostgreSQL: those who hold locks of what the statement names; where nobody does, of anything.
    /// Who was waited for is asked after the wait: during it the connection was busy.
    fn holders_of_tables(&mut self, failure: &Failure) -> Option<String> {
        let named = match &failure.statement {
            Some(place) => names::relations(&place.sql),
            None => history::TABLES.map(Relation::of_any_schema).into(),
        };
        let path = "SELECT pg_catalog.current_schemas(true)::pg_catalog.text AS v";
        let path = self.connection.texts(path).ok()?.into_iter().flatten().next()?;
        let mode = failure.statement.as_ref().map_or("", |place| in_the_way(&place.sql));
        let of_these = format!("{mode} AND l.relation IN ({})", touched(&named, &path));
        let holders = postgres::aside(self.connection, &holders_sql(&of_these));
        if holders.is_empty() {
            return perhaps(postgres::aside(self.connection, &holders_sql("")).into_iter());
        }
        Some(holders.join("; "))
    }

    /// Within a transaction that has the write lock, only readers are in the way: at the commit, or
    /// where so much changed that some of it must be written before
    /// (<https://sqlite.org/lockingv3.html#writing>).
    fn with_readers(&mut self, error: ApplyError, job: &Job<'_>, outcome: Outcome) -> ApplyError {
        let outcome = match &error {
            ApplyError::Failed(failure) if failure.message == sqlite::BUSY => failure.outcome,
            ApplyError::Database { source, .. } if message(source) == sqlite::BUSY => outcome,
            _ => return error,
        };
        let (migration, waited) = (job.known.name.clone(), self.timeout);
        let holder = holders::of(self.connection);
        ApplyError::FileRead { migration, outcome, waited, holder }
    }
}

/// The modes that are in the way of a statement (PostgreSQL 15, 13.3.1), as SQL; the others change the
/// schema, and every lock is.
fn in_the_way(sql: &str) -> &'static str {
    let upper = sql.trim_start().to_ascii_uppercase();
    let starts = |words: &[&str]| words.iter().any(|word| upper.starts_with(word));
    if starts(&["INSERT", "UPDATE", "DELETE", "COPY", "MERGE"]) {
        return "AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')";
    }
    if starts(&["CREATE INDEX", "CREATE UNIQUE INDEX", "CREATE TRIGGER"]) {
        return "AND l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'ShareLock')";
    }
    if starts(&["SELECT"]) {
        return "AND l.mode = 'AccessExclusiveLock'";
    }
    ""
}

fn perhaps(those: impl Iterator<Item = String>) -> Option<String> {
    let those: Vec<_> = those.collect();
    (!those.is_empty()).then(|| format!("one of these may be in the way: {}", those.join("; ")))
}

/// Other sessions with locks on relations of this database. When they began is hidden from a role
/// without `pg_monitor`.
fn holders_sql(of_these: &str) -> String {
    format!(
        "SELECT 'server process ' || l.pid \
         || coalesce(' (' || nullif(max(a.application_name), '') || ')', '') || ' has locks on ' \
         || string_agg(DISTINCT l.relation::regclass::text, ', ') \
         || coalesce(' since ' || max(a.xact_start)::timestamptz(0), '') \
         || ', SELECT pg_terminate_backend(' || l.pid || ') ends it' AS v \
         FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid \
         JOIN pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p', 'm', 'v', 'f', 'S') \
         WHERE l.granted AND l.pid <> pg_backend_pid() \
         AND c.relnamespace <> 'pg_catalog'::regnamespace {of_these} \
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         GROUP BY l.pid ORDER BY min(a.xact_start) LIMIT 3"
    )
}

/// What these names stand for under that `search_path`, and what a change of it locks along: the
/// tables of indexes, those at the other end of foreign keys, partitions and their parents.
fn touched(named: &BTreeSet<Relation>, path: &str) -> String {
    let quoted = |text: &str| literal(Backend::Postgres, text);
    let pairs = named.iter().map(|Relation { schema, name }| {
        let schema = schema.as_deref().map_or("NULL".to_owned(), quoted);
        format!("({schema}::name, {}::name)", quoted(name))
    });
    let pairs: Vec<_> = pairs.chain(["(NULL::name, NULL::name)".to_owned()]).collect();
    format!(
        "WITH named AS (SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
           JOIN (VALUES {}) AS v (schema, name) ON c.relname = v.name \
           AND (n.nspname = v.schema OR v.schema IS NULL AND n.nspname = ANY ({}::name[]))) \
         SELECT oid FROM named \
         UNION SELECT indrelid FROM pg_index JOIN named ON named.oid = indexrelid \
         UNION SELECT confrelid FROM pg_constraint JOIN named ON named.oid = conrelid \
         UNION SELECT conrelid FROM pg_constraint JOIN named ON named.oid = confrelid \
         UNION SELECT inhrelid FROM pg_inherits JOIN named ON named.oid = inhparent \
         UNION SELECT inhparent FROM pg_inherits JOIN named ON named.oid = inhrelid",
        pairs.join(", "),
        quoted(path)
    )
}

/// Other connections with an open transaction, which keeps the definition of each table that it has
/// used as it is. Which tables these are the server tells only with a plugin.
const OPEN_ON_MYSQL: &str = "SELECT v FROM (SELECT CONCAT('connection ', t.trx_mysql_thread_id, \
    ' (', SUBSTRING_INDEX(CONCAT(p.USER, '@', p.HOST), ':', 1), ') has a transaction open since ', \
    t.trx_started, ', KILL ', t.trx_mysql_thread_id, ' ends it') AS v \
    FROM information_schema.INNODB_TRX t \
    JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id \
    WHERE t.trx_mysql_thread_id <> CONNECTION_ID() AND p.DB <=> DATABASE() \
    ORDER BY t.trx_started LIMIT 3) AS open";
