//! Rows before and after: what a change does not drop or convert holds the same values.

use std::collections::{BTreeMap, BTreeSet};

use diesel::sql_types::{BigInt, Text};
use diesel::{MysqlConnection, QueryableByName, RunQueryDsl as _, sql_query};

use super::super::{ProveError, Request, Stage, kept};
use crate::backend::ident::{quote, quote_name};
use crate::backend::{Backend, DatabaseError};
use crate::diff::Operation;
use crate::model::{QualifiedName, Table};

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
        connection: &mut MysqlConnection,
        name: &QualifiedName,
        columns: &[(String, bool)],
    ) -> Result<Self, DatabaseError> {
        let values = columns.iter().map(|(column, is_binary)| {
            let column = quote(Backend::Mysql, column);
            // A text is the same text in another character set.
            let value = match is_binary {
                true => format!("HEX({column})"),
                false => format!("CONVERT({column} USING utf8mb4)"),
            };
            format!("QUOTE({value})")
        });
        let values: Vec<_> = std::iter::once("''".to_owned()).chain(values).collect();
        let sql = format!(
            "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(CAST(CONV(LEFT(MD5(CONCAT_WS(',', {})), \
             12), 16, 10) AS UNSIGNED)), 0) AS CHAR) AS sum FROM {}",
            values.join(", "),
            quote_name(Backend::Mysql, name)
        );
        sql_query(sql).get_result(connection).map_err(DatabaseError::query("comparing rows"))
    }
}

/// Whether the values of a column are bytes rather than texts.
fn is_binary(table: &Table, column: &str) -> bool {
    let native = table.column(column).and_then(|column| column.sql_type.native.as_deref());
    let name = native.unwrap_or_default().split(['(', ' ']).next().unwrap_or_default();
    ["blob", "binary", "bit", "geometry", "point", "linestring", "polygon", "collection"]
        .iter()
        .any(|word| name.ends_with(word))
}

/// One table as it must be at some stages.
struct Expected {
    /// Its name after up.sql, for messages.
    name: QualifiedName,
    /// Its name and its kept columns when it is looked at.
    table: QualifiedName,
    columns: Vec<(String, bool)>,
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
        connection: &mut MysqlConnection,
        request: &Request<'_>,
    ) -> Result<Self, ProveError> {
        let originals = kept::Originals::of(request);
        let mut rows = Self { count: 0, up: Vec::new(), down: Vec::new() };
        let mut counts: BTreeMap<QualifiedName, i64> = BTreeMap::new();
        for name in kept::concerned(request) {
            let tables = (request.from.tables.get(&name), request.to.tables.get(&name));
            let (Some(before), Some(after)) = tables else { continue };
            let old_name = originals.table(&name).clone();
            for stage in [Stage::Up, Stage::Down] {
                let kept = kept::columns(stage, before, after, request);
                let with_kind = |column: &String| is_binary(before, column);
                let new: Vec<_> = kept.iter().map(|c| (c.clone(), with_kind(c))).collect();
                let old_column = |c: &String| originals.column(&name, c).to_owned();
                let old: Vec<_> = kept.iter().map(|c| (old_column(c), with_kind(c))).collect();
                let digest = Digest::of(connection, &old_name, &old)?;
                counts.insert(name.clone(), digest.count);
                let (expected, table, columns) = match stage {
                    Stage::Up | Stage::UpAgain => (&mut rows.up, name.clone(), new),
                    Stage::Down => (&mut rows.down, old_name.clone(), old),
                };
                expected.push(Expected { name: name.clone(), table, columns, digest });
            }
        }
        let changed: BTreeSet<_> = request.operations.iter().filter_map(Operation::table).collect();
        rows.count = changed.into_iter().filter_map(|name| counts.get(name)).sum();
        Ok(rows)
    }

    pub(super) fn compare(
        &self,
        connection: &mut MysqlConnection,
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
