//! Rows before and after: what a change does not drop or convert holds the same values.

use std::collections::BTreeMap;

use diesel::sql_types::{BigInt, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl as _, sql_query};

use super::super::{ProveError, Request, Stage, kept};
use crate::backend::ident::{quote_list, quote_name};
use crate::backend::{Backend, DatabaseError};
use crate::model::QualifiedName;

/// The rows of a table without regard to their order: how many, and the sum of their hashes.
#[derive(PartialEq, Eq, QueryableByName)]
struct Digest {
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Text)]
    sum: String,
}

impl Digest {
    fn of(
        connection: &mut PgConnection,
        table: &QualifiedName,
        columns: &[String],
    ) -> Result<Self, DatabaseError> {
        let table = quote_name(Backend::Postgres, table);
        let columns = quote_list(Backend::Postgres, columns);
        let sql = format!(
            "SELECT pg_catalog.count(*) AS count, COALESCE(pg_catalog.sum(\
             pg_catalog.hashtextextended(ROW({columns})::pg_catalog.text, 0)), 0)::text AS sum \
             FROM {table}"
        );
        sql_query(sql).get_result(connection).map_err(DatabaseError::query("comparing rows"))
    }
}

/// One table as it must be at some stages.
struct Expected {
    /// Its name after up.sql, for messages.
    name: QualifiedName,
    /// Its name and its kept columns when it is looked at.
    table: QualifiedName,
    columns: Vec<String>,
    digest: Digest,
}

/// What the rows were before the first script.
pub(super) struct Rows {
    /// How many rows the changed tables held.
    pub(super) count: i64,
    up: Vec<Expected>,
    down: Vec<Expected>,
}

impl Rows {
    pub(super) fn of(
        connection: &mut PgConnection,
        request: &Request<'_>,
    ) -> Result<Self, ProveError> {
        let originals = kept::Originals::of(request);
        let mut rows = Self { count: 0, up: Vec::new(), down: Vec::new() };
        let mut counts: BTreeMap<QualifiedName, i64> = BTreeMap::new();
        for name in kept::concerned(request) {
            let (Some(before), Some(after)) =
                (request.from.tables.get(&name), request.to.tables.get(&name))
            else {
                continue;
            };
            let old_name = originals.table(&name).clone();
            for stage in [Stage::Up, Stage::Down] {
                let new = kept::columns(stage, before, after, request);
                let old: Vec<String> =
                    new.iter().map(|c| originals.column(&name, c).to_owned()).collect();
                let digest = Digest::of(connection, &old_name, &old)?;
                counts.insert(name.clone(), digest.count);
                let name = name.clone();
                let expected = match stage {
                    Stage::Up | Stage::UpAgain => &mut rows.up,
                    Stage::Down => &mut rows.down,
                };
                let (table, columns) = match stage {
                    Stage::Up | Stage::UpAgain => (name.clone(), new),
                    Stage::Down => (old_name.clone(), old),
                };
                expected.push(Expected { name, table, columns, digest });
            }
        }
        rows.count = kept::changed(request).iter().filter_map(|name| counts.get(name)).sum();
        Ok(rows)
    }

    pub(super) fn compare(
        &self,
        connection: &mut PgConnection,
        stage: Stage,
    ) -> Result<(), ProveError> {
        let expected = match stage {
            Stage::Up | Stage::UpAgain => &self.up,
            Stage::Down => &self.down,
        };
        for table in expected {
            let found = Digest::of(connection, &table.table, &table.columns)?;
            if found != table.digest {
                return Err(ProveError::Rows {
                    stage,
                    table: table.name.to_string(),
                    before: table.digest.count,
                    after: found.count,
                });
            }
        }
        Ok(())
    }
}
