//! What a `CREATE INDEX CONCURRENTLY` that failed leaves behind: PostgreSQL keeps the index as invalid, and
//! then refuses its name, or takes it for done under `IF NOT EXISTS`. Every write goes on paying for it.

use super::ApplyError;
use super::driver::MigrateConnection;
use super::names::{self, ConcurrentIndex};
use super::resume::{Progress, Tried};
use super::run::Job;
use super::session::Session;
use super::sql::literal;
use crate::model::Backend;

/// An index that is in the database.
struct Found {
    /// Its `oid`.
    number: String,
    /// With its schema, as SQL.
    name: String,
    valid: bool,
    /// Somebody builds it right now, or the server does not tell: another role's builds are hidden
    /// from one without `pg_monitor`.
    building: bool,
}

impl Found {
    /// Left behind by a statement that is over.
    fn is_left(&self) -> bool {
        !self.valid && !self.building
    }
}

/// What a search for the index of an earlier run does.
const LOOKING: &str = "look for the index of an earlier try";

/// What the drop of such an index does, and how the note begins when that fails.
const DROPPING: &str = "drop the invalid index of an earlier try";
const NOT_DROPPED: &str = "cannot drop the invalid index of an earlier try";

/// What is noted with a failure whose index could not be dropped.
pub(super) const LEFT: &str = "it left the invalid index ";

const INVALID: &str = "NOT i.indisvalid";

/// `REINDEX … CONCURRENTLY` leaves the new index, or the old one that it could not drop any more,
/// under a name of this end (PostgreSQL 15, REINDEX, "Rebuilding Indexes Concurrently").
const LEFT_BY_A_REBUILD: &str =
    "NOT i.indisvalid AND x.relname OPERATOR(pg_catalog.~) '_cc(new|old)[0-9]*$'";

impl<C: MigrateConnection> Session<'_, C> {
    /// True when the index of a try that did not come back is there and valid. An invalid one that a
    /// try has left is dropped.
    pub(super) fn settle_creation(
        &mut self,
        job: &Job<'_>,
        index: &str,
        table: &str,
        tried: Tried,
    ) -> Result<bool, ApplyError> {
        let found = self.indexes(&self.named(index, table));
        let found = found.map_err(ApplyError::database(LOOKING))?;
        let valid = found.first().is_some_and(|found| found.valid);
        // After a failure only one that could not be dropped at once is left.
        let ours = tried == Tried::Unknown || {
            let noted = self.tables.history(self.connection)?;
            let noted = noted.get(&job.known.version).and_then(|entry| entry.error.as_deref());
            noted.is_some_and(is_left)
        };
        if ours {
            self.drop_left(&found)?;
        }
        Ok(valid && tried == Tried::Unknown)
    }

    /// Drops what a failed try could not drop, where the server chose the name: of the indexes that
    /// there were not before.
    pub(super) fn drop_unnamed(&mut self, those: &str, before: &str) -> Result<(), ApplyError> {
        let mut found = self.indexes(those).map_err(ApplyError::database(LOOKING))?;
        found.retain(|index| !before.split(' ').any(|number| number == index.number));
        self.drop_left(&found)
    }

    /// The same where the server chose the name: these indexes were there before. `None` where one is
    /// there now that may be somebody else's.
    pub(super) fn settle_unnamed(
        &mut self,
        those: &str,
        before: &str,
        sql: &str,
    ) -> Result<Option<bool>, ApplyError> {
        let mut found = self.indexes(those).map_err(ApplyError::database(LOOKING))?;
        found.retain(|index| !before.split(' ').any(|number| number == index.number));
        self.drop_left(&found)?;
        if found.iter().any(Found::is_left) {
            return Ok(Some(false));
        }
        let valid: Vec<_> = found.iter().filter(|index| index.valid).collect();
        Ok(match valid[..] {
            [] => Some(false),
            [index] if names::may_be_called(sql, &index.name) => Some(true),
            _ => None,
        })
    }

    fn drop_left(&mut self, found: &[Found]) -> Result<(), ApplyError> {
        for index in found.iter().filter(|index| index.is_left()) {
            self.drop_index(&index.name).map_err(ApplyError::database(DROPPING))?;
        }
        Ok(())
    }

    /// The numbers of indexes.
    pub(super) fn numbers(&mut self, those: &str) -> Result<String, ApplyError> {
        let found = self.indexes(those);
        let found = found.map_err(ApplyError::database("look for indexes"))?;
        Ok(found.into_iter().map(|index| index.number).collect::<Vec<_>>().join(" "))
    }

    /// Whether there is an index of this name.
    pub(super) fn is_there(&mut self, index: &str) -> Result<bool, ApplyError> {
        let index = literal(self.backend, index);
        let sql = format!("SELECT pg_catalog.to_regclass({index})::pg_catalog.text AS v");
        let found = self.connection.texts(&sql).map_err(ApplyError::database(LOOKING))?;
        Ok(found.into_iter().flatten().next().is_some())
    }

    /// The invalid indexes among which the statement might leave one, before it runs.
    pub(super) fn invalid_before(
        &mut self,
        job: &Job<'_>,
        position: usize,
    ) -> Result<Vec<String>, ApplyError> {
        let Some(which) = self.left_by(job, position) else { return Ok(Vec::new()) };
        let found = self.indexes(&which).map_err(ApplyError::database("look for indexes"))?;
        Ok(found.into_iter().map(|index| index.number).collect())
    }

    /// Where the server chooses the names of what the statement makes, the indexes among which that is.
    pub(super) fn unnamed(&self, job: &Job<'_>, position: usize) -> Option<String> {
        match concurrent(job, position)? {
            _ if self.backend != Backend::Postgres => None,
            ConcurrentIndex::Create { index: None, table, .. } => Some(self.of_table(&table)),
            ConcurrentIndex::Rebuild => Some(LEFT_BY_A_REBUILD.to_owned()),
            ConcurrentIndex::Create { .. } | ConcurrentIndex::Drop(_) => None,
        }
    }

    /// Drops the invalid indexes that the failed statement made, and adds to the error what became of
    /// them. Nothing can be asked of a connection that is lost: then the next run drops them.
    pub(super) fn drop_what_failed(
        &mut self,
        job: &Job<'_>,
        position: usize,
        before: &[String],
        error: ApplyError,
    ) -> ApplyError {
        if let Some(ConcurrentIndex::Drop(index)) = concurrent(job, position) {
            return self.half_dropped(&index, error);
        }
        if job.statements[position].detaches() {
            return self.half_detached(error);
        }
        let Some(which) = self.left_by(job, position) else { return error };
        let Ok(mut found) = self.indexes(&which) else { return error };
        found.retain(|index| index.is_left() && !before.contains(&index.number));
        let made = matches!(concurrent(job, position), Some(ConcurrentIndex::Create { .. }));
        let (mut left, mut remains) = (Vec::new(), false);
        for Found { name, .. } in &found {
            left.push(match self.drop_index(name) {
                Ok(()) => format!("the invalid index {name} that it left behind was dropped"),
                Err(reason) => {
                    remains = true;
                    format!(
                        "{LEFT}{name} behind, which could not be dropped ({reason}): {}",
                        match made {
                            true => "the next run drops it".to_owned(),
                            false => format!("`DROP INDEX CONCURRENTLY {name}` does it"),
                        }
                    )
                }
            });
        }
        match error {
            ApplyError::Failed(mut failure) if !left.is_empty() => {
                failure.left = Some(left.join("; "));
                failure.remains = remains;
                ApplyError::Failed(failure)
            }
            error => error,
        }
    }

    /// A `DROP INDEX CONCURRENTLY` commits before it waits for those who use the index (PostgreSQL 15,
    /// `index_drop()`): after a failure it may be there, and be of no use.
    fn half_dropped(&mut self, index: &str, error: ApplyError) -> ApplyError {
        let which = format!(
            "i.indexrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass({})",
            literal(self.backend, index)
        );
        let found = self.indexes(&which).unwrap_or_default();
        let ApplyError::Failed(mut failure) = error else { return error };
        failure.left =
            found.into_iter().find(|found| !found.valid).map(|Found { name, .. }| {
                format!(
                    "the index {name} is there still, but no query uses it: the next run drops it"
                )
            });
        failure.remains = failure.left.is_some();
        ApplyError::Failed(failure)
    }

    /// So does a `DETACH PARTITION … CONCURRENTLY`: its rows are not seen through the parent any more.
    fn half_detached(&mut self, error: ApplyError) -> ApplyError {
        let pending = "SELECT inhrelid::pg_catalog.regclass::pg_catalog.text AS v \
            FROM pg_catalog.pg_inherits WHERE inhdetachpending LIMIT 1";
        let found = self.connection.texts(pending).unwrap_or_default();
        let ApplyError::Failed(mut failure) = error else { return error };
        failure.left = found.into_iter().flatten().next().map(|partition| {
            format!(
                "the partition {partition} is half detached, its rows are not seen through its table: \
                 `ALTER TABLE … DETACH PARTITION {partition} FINALIZE` in its place goes on"
            )
        });
        failure.remains = failure.left.is_some();
        ApplyError::Failed(failure)
    }

    /// `IF NOT EXISTS` is satisfied by an invalid index, which no query uses: nothing was made.
    pub(super) fn skipped_over_invalid(
        &mut self,
        job: &Job<'_>,
        position: usize,
        progress: &Progress,
    ) -> Result<Option<ApplyError>, ApplyError> {
        let Some(ConcurrentIndex::Create { index: Some(index), table, if_absent: true }) =
            concurrent(job, position).filter(|_| self.backend == Backend::Postgres)
        else {
            return Ok(None);
        };
        let found = self.indexes(&self.named(&index, &table));
        let found = found.map_err(ApplyError::database("look for indexes"))?;
        let invalid = found.into_iter().find(|found| !found.valid);
        Ok(invalid.map(|Found { name, .. }| {
            let message = format!("the index {name} was there before, and is invalid");
            let error = diesel::result::Error::QueryBuilderError(message.into());
            match job.failed_at(position, &error, progress.outcome(job)) {
                ApplyError::Failed(mut failure) => {
                    failure.hint =
                        Some(format!("`DROP INDEX CONCURRENTLY {name}` makes room for it"));
                    ApplyError::Failed(failure)
                }
                error => error,
            }
        }))
    }

    /// Which indexes the statement might leave behind, as SQL.
    fn left_by(&self, job: &Job<'_>, position: usize) -> Option<String> {
        if self.backend != Backend::Postgres {
            return None;
        }
        match concurrent(job, position)? {
            ConcurrentIndex::Create { index: Some(index), table, .. } => {
                Some(format!("{} AND {INVALID}", self.named(&index, &table)))
            }
            ConcurrentIndex::Create { index: None, table, .. } => {
                Some(format!("{} AND {INVALID}", self.of_table(&table)))
            }
            ConcurrentIndex::Rebuild => Some(LEFT_BY_A_REBUILD.to_owned()),
            ConcurrentIndex::Drop(_) => None,
        }
    }

    fn of_table(&self, table: &str) -> String {
        format!(
            "i.indrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass({})",
            literal(self.backend, table)
        )
    }

    fn named(&self, index: &str, table: &str) -> String {
        format!(
            "{} AND x.relname OPERATOR(pg_catalog.=) \
             (SELECT n[pg_catalog.array_upper(n, 1)] FROM pg_catalog.parse_ident({}) n)",
            self.of_table(table),
            literal(self.backend, index)
        )
    }

    /// Waits for those who use the table no longer than a migration waits for its lock.
    fn drop_index(&mut self, name: &str) -> diesel::QueryResult<()> {
        let found = self.connection.texts("SELECT pg_catalog.current_setting('lock_timeout') AS v");
        let unlimited = found?.into_iter().flatten().next().as_deref() == Some("0");
        let bounded = unlimited && !self.table_lock_timeout.is_zero();
        if bounded {
            let time = self.table_lock_timeout.as_millis().clamp(1, i32::MAX as u128);
            self.connection.run_sql(&format!("SET lock_timeout = '{time}ms'"))?;
        }
        let dropped = self.connection.run_sql(&format!("DROP INDEX CONCURRENTLY {name}"));
        if bounded {
            self.connection.run_sql("SET lock_timeout = 0")?;
        }
        dropped
    }

    fn indexes(&mut self, which: &str) -> diesel::QueryResult<Vec<Found>> {
        let sql = format!(
            "SELECT pg_catalog.format('%s%s%s %I.%I', CASE WHEN i.indisvalid THEN '+' ELSE '-' END, \
               CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p \
                 WHERE p.index_relid OPERATOR(pg_catalog.=) i.indexrelid \
                   OR p.relid IS NULL \
                   AND p.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()) \
                 THEN '+' ELSE '-' END, x.oid, n.nspname, x.relname) AS v \
             FROM pg_catalog.pg_index i \
             JOIN pg_catalog.pg_class x ON x.oid OPERATOR(pg_catalog.=) i.indexrelid \
             JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) x.relnamespace \
             WHERE {which}"
        );
        let found = self.connection.texts(&sql)?.into_iter().flatten();
        Ok(found
            .filter_map(|text| {
                let (number, name) = text.get(2..)?.split_once(' ')?;
                let (number, name) = (number.to_owned(), name.to_owned());
                let (valid, building) = (text.starts_with('+'), text[1..].starts_with('+'));
                Some(Found { number, name, valid, building })
            })
            .collect())
    }
}

/// Whether the note of a failure tells of an index that is left.
pub(super) fn is_left(note: &str) -> bool {
    note.contains(LEFT) || note.contains(NOT_DROPPED)
}

fn concurrent(job: &Job<'_>, position: usize) -> Option<ConcurrentIndex> {
    job.statements[position].concurrent_index()
}
