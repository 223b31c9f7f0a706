//! What a `CREATE INDEX CONCURRENTLY` that failed leaves behind: PostgreSQL keeps the index as invalid, and
//! then refuses its name, or takes it for done under `IF NOT EXISTS`. Every write goes on paying for it.

use super::ApplyError;
use super::driver::MigrateConnection;
use super::names::ConcurrentIndex;
use super::resume::Tried;
use super::run::Job;
use super::session::Session;
use super::sql::literal;
use crate::model::Backend;

/// An index that is in the database, its name with its schema.
struct Found {
    name: String,
    valid: bool,
}

impl<C: MigrateConnection> Session<'_, C> {
    /// True when the index of a try that did not come back is there and valid. An invalid one is
    /// dropped.
    pub(super) fn settle_creation(
        &mut self,
        index: &str,
        table: &str,
        tried: Tried,
    ) -> Result<bool, ApplyError> {
        let named = format!(
            "x.relname OPERATOR(pg_catalog.=) \
             (SELECT n[pg_catalog.array_upper(n, 1)] FROM pg_catalog.parse_ident({}) n)",
            literal(self.backend, index)
        );
        let found = self.indexes_of(table, &named);
        let found = found.map_err(ApplyError::database("look for the index of an earlier try"))?;
        match found.first() {
            Some(found) if !found.valid => {
                let dropped = self.drop_index(&found.name);
                dropped
                    .map_err(ApplyError::database("drop the invalid index of an earlier try"))?;
                Ok(false)
            }
            Some(_) => Ok(tried == Tried::Unknown),
            None => Ok(false),
        }
    }

    /// Whether there is an index of this name.
    pub(super) fn is_there(&mut self, index: &str) -> Result<bool, ApplyError> {
        let index = literal(self.backend, index);
        let sql = format!("SELECT pg_catalog.to_regclass({index})::pg_catalog.text AS v");
        let doing = "look for the index of an earlier try";
        let found = self.connection.texts(&sql).map_err(ApplyError::database(doing))?;
        Ok(found.into_iter().flatten().next().is_some())
    }

    /// The invalid indexes of the table of which the statement makes one, before it runs.
    pub(super) fn invalid_before(
        &mut self,
        job: &Job<'_>,
        position: usize,
    ) -> Result<Vec<String>, ApplyError> {
        let Some(table) = self.indexed_table(job, position) else { return Ok(Vec::new()) };
        let found = self.indexes_of(&table, INVALID);
        let found = found.map_err(ApplyError::database("look for invalid indexes"))?;
        Ok(found.into_iter().map(|index| index.name).collect())
    }

    /// Drops the invalid index that the failed statement made, and adds to the error what became of
    /// it. Nothing can be asked of a connection that is lost: then the next run drops it.
    pub(super) fn drop_what_failed(
        &mut self,
        job: &Job<'_>,
        position: usize,
        before: &[String],
        error: ApplyError,
    ) -> ApplyError {
        let (Some(table), ApplyError::Failed(_)) = (self.indexed_table(job, position), &error)
        else {
            return error;
        };
        let Ok(mut found) = self.indexes_of(&table, INVALID) else { return error };
        found.retain(|index| !before.contains(&index.name));
        let Some(Found { name, .. }) = found.first() else { return error };
        let left = match self.drop_index(name) {
            Ok(()) => format!("the invalid index {name} that it left behind was dropped"),
            Err(reason) => format!(
                "it left the invalid index {name} behind, which could not be dropped ({reason}): \
                 the next run drops it"
            ),
        };
        let ApplyError::Failed(mut failure) = error else { return error };
        failure.left = Some(left);
        ApplyError::Failed(failure)
    }

    fn indexed_table(&self, job: &Job<'_>, position: usize) -> Option<String> {
        if self.backend != Backend::Postgres {
            return None;
        }
        match job.statements[position].concurrent_index()? {
            ConcurrentIndex::Create { table, .. } => Some(table),
            ConcurrentIndex::Drop(_) => None,
        }
    }

    fn drop_index(&mut self, name: &str) -> diesel::QueryResult<()> {
        self.connection.run_sql(&format!("DROP INDEX CONCURRENTLY {name}"))
    }

    /// The indexes of a table that nobody is building right now. What the server does not show of
    /// another role's build (without `pg_monitor`) may be any index.
    fn indexes_of(&mut self, table: &str, which: &str) -> diesel::QueryResult<Vec<Found>> {
        let sql = format!(
            "SELECT pg_catalog.format('%s%I.%I', CASE WHEN i.indisvalid THEN '+' ELSE '-' END, \
               n.nspname, x.relname) AS v \
             FROM pg_catalog.pg_index i \
             JOIN pg_catalog.pg_class x ON x.oid OPERATOR(pg_catalog.=) i.indexrelid \
             JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) x.relnamespace \
             WHERE i.indrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass({}) AND {which} \
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p \
                 WHERE p.index_relid OPERATOR(pg_catalog.=) i.indexrelid \
                   OR p.relid IS NULL \
                   AND p.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())",
            literal(self.backend, table)
        );
        let found = self.connection.texts(&sql)?.into_iter().flatten();
        let index =
            |text: String| Found { valid: text.starts_with('+'), name: text[1..].to_owned() };
        Ok(found.map(index).collect())
    }
}

const INVALID: &str = "NOT i.indisvalid";
