//! Rows before and after: what a change does not drop or convert holds the same values.

use std::collections::BTreeMap;

use diesel::connection::{DefaultLoadingMode, SimpleConnection as _};
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl as _, SqliteConnection};
use sha2::{Digest as _, Sha256};

use super::super::{ProveError, Request, Stage, kept};
use crate::apply::probe::printable;
use crate::backend::ident::{quote, quote_name};
use crate::backend::{Backend, DatabaseError, Refusal};
use crate::model::{Column, Identity, QualifiedName, Table};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    v: String,
}

pub(super) fn scalar(scratch: &mut SqliteConnection, sql: &str) -> Result<i64, DatabaseError> {
    let rows: Vec<Count> = diesel::sql_query(sql)
        .load(scratch)
        .map_err(DatabaseError::query("counting rows of the copy"))?;
    Ok(rows.first().map_or(0, |row| row.n))
}

/// The rows of the tables that the plan changes.
pub(super) fn count(
    original: &mut SqliteConnection,
    request: &Request<'_>,
) -> Result<i64, ProveError> {
    let originals = kept::Originals::of(request);
    let mut rows = 0;
    for name in kept::changed(request).iter().filter(|it| request.from.tables.contains_key(*it)) {
        let table = quote_name(Backend::Sqlite, originals.table(name));
        rows += scalar(original, &format!("SELECT count(*) AS n FROM {table}"))?;
    }
    Ok(rows)
}

/// Compares every kept column of the changed tables and of the tables that refer to them.
pub(super) fn compare(
    original: &mut SqliteConnection,
    scratch: &mut SqliteConnection,
    stage: Stage,
    request: &Request<'_>,
) -> Result<(), ProveError> {
    request.tell("comparing rows");
    let originals = kept::Originals::of(request);
    for name in kept::concerned(request) {
        let Some(after) = request.to.tables.get(&name) else { continue };
        let Some(before) = request.from.tables.get(&name) else { continue };
        let new = kept_columns(stage, before, after, request);
        let old: Vec<_> =
            new.iter().map(|column| originals.column(&name, column).to_owned()).collect();
        let old_name = originals.table(&name);
        let then = Digest::of(original, old_name, &old)?;
        let now = match stage {
            Stage::Down => Digest::of(scratch, old_name, &old)?,
            Stage::Up | Stage::UpAgain => Digest::of(scratch, &name, &new)?,
        };
        if then != now {
            for column in &before.columns {
                let there = Place { stage, before, after, column, originals: &originals };
                there.explain(original, scratch)?;
            }
            let (before, after) = (then.count, now.count);
            return Err(ProveError::Rows { stage, table: name.to_string(), before, after });
        }
    }
    Ok(())
}

/// A column of a table whose rows are not what they were.
struct Place<'a> {
    stage: Stage,
    before: &'a Table,
    after: &'a Table,
    column: &'a Column,
    originals: &'a kept::Originals,
}

impl Place<'_> {
    /// Refuses by name what SQLite makes of the values in the column.
    fn explain(
        &self,
        original: &mut SqliteConnection,
        scratch: &mut SqliteConnection,
    ) -> Result<(), ProveError> {
        let Self { stage, before, after, column, originals } = self;
        let Some(new) = after.column(&column.name).filter(|new| new.generated.is_none()) else {
            return Ok(());
        };
        let table = originals.table(&before.name);
        let name = originals.column(&before.name, &column.name);
        let then = values(original, table, name)?;
        let now = match stage {
            Stage::Down => values(scratch, table, name)?,
            Stage::Up | Stage::UpAgain => values(scratch, &before.name, &column.name)?,
        };
        if then == now {
            return Ok(());
        }
        let of = |column: &Column| (column.sql_type.native.clone(), column.identity);
        let what = match *stage == Stage::Down && of(new) != of(column) {
            true => "down.sql would not bring back",
            // Not one of ours if a table of this one column does the same.
            false if self.written_anew(original)? == now => {
                "SQLite makes others, where a table is built anew, of"
            }
            false => return Ok(()),
        };
        let lost = then.into_iter().filter_map(|(value, count)| {
            let lost = count - now.get(&value).copied().unwrap_or_default();
            (lost > 0).then_some((value, lost))
        });
        let lost: Vec<_> = lost.collect();
        let number: i64 = lost.iter().map(|(_, count)| count).sum();
        let shown: Vec<_> = lost.iter().take(SHOWN).map(|(value, _)| shown(value)).collect();
        let reason = format!("{what} {number} of its values: {}", shown.join(", "));
        let object = format!("column `{}.{}`", before.name, column.name);
        let hint = "write other values in their place first, which are kept as they are";
        Err(ProveError::Refused(Refusal::new(object, reason).hint(hint)))
    }

    /// The values once they are written to a column of the same type.
    fn written_anew(
        &self,
        original: &mut SqliteConnection,
    ) -> Result<BTreeMap<String, i64>, DatabaseError> {
        const ANEW: &str = "__glowplug_anew";
        let table = self.originals.table(&self.before.name);
        let name = self.originals.column(&self.before.name, &self.column.name);
        let native = self.column.sql_type.native.as_deref().unwrap_or_default();
        let sql = format!(
            "CREATE TEMP TABLE {ANEW} (v {native}); INSERT INTO {ANEW} SELECT {} FROM main.{};",
            quote(Backend::Sqlite, name),
            quote_name(Backend::Sqlite, table)
        );
        let failed = || DatabaseError::query("writing values of the copy anew");
        original.batch_execute(&sql).map_err(failed())?;
        let values = values(original, &QualifiedName::new(ANEW), "v");
        original.batch_execute(&format!("DROP TABLE temp.{ANEW}")).map_err(failed())?;
        values
    }
}

/// How many lost values are shown.
const SHOWN: usize = 3;

/// The values of a column, each with its number. quote() ends a text at a NUL.
fn values(
    connection: &mut SqliteConnection,
    table: &QualifiedName,
    column: &str,
) -> Result<BTreeMap<String, i64>, DatabaseError> {
    let (table, column) = (quote_name(Backend::Sqlite, table), quote(Backend::Sqlite, column));
    let sql = format!(
        "SELECT hex(quote({column})) || ',' || coalesce(hex(CAST({column} AS BLOB)), '') AS v FROM {table}"
    );
    let rows: Vec<Line> = diesel::sql_query(sql)
        .load(connection)
        .map_err(DatabaseError::query("comparing rows of the copy"))?;
    let mut values = BTreeMap::new();
    for row in rows {
        *values.entry(row.v).or_insert(0) += 1;
    }
    Ok(values)
}

/// What a key of [`values`] says.
fn shown(key: &str) -> String {
    let (quoted, bytes) = key.split_once(',').unwrap_or((key, ""));
    let quoted = printable(&unhex(quoted));
    match quoted.starts_with('\'') {
        true => format!("'{}'", printable(&unhex(bytes))),
        false => quoted,
    }
}

fn unhex(hex: &str) -> Vec<u8> {
    let digit = |at: usize| hex.get(at..at + 2).and_then(|it| u8::from_str_radix(it, 16).ok());
    (0..hex.len()).step_by(2).filter_map(digit).collect()
}

/// The rows of a table without regard to their order.
#[derive(PartialEq, Eq)]
struct Digest {
    count: i64,
    sum: u128,
}

impl Digest {
    fn of(
        connection: &mut SqliteConnection,
        table: &QualifiedName,
        columns: &[String],
    ) -> Result<Self, DatabaseError> {
        // quote() tells 1 from '1', and is free of collations.
        let values = columns.iter().map(|c| format!("quote({})", quote(Backend::Sqlite, c)));
        let values = values.chain(["''".to_owned()]).collect::<Vec<_>>().join(" || ',' || ");
        // hex(), since a text may be no UTF-8.
        let sql = format!("SELECT hex({values}) AS v FROM {}", quote_name(Backend::Sqlite, table));
        let failed = DatabaseError::query("comparing rows of the copy");
        let mut digest = Self { count: 0, sum: 0 };
        let rows = match diesel::sql_query(sql).load_iter::<Line, DefaultLoadingMode>(connection) {
            Ok(rows) => rows,
            Err(error) => return Err(failed(error)),
        };
        for row in rows {
            let row = row.map_err(DatabaseError::query("comparing rows of the copy"))?;
            let hash = Sha256::digest(row.v.as_bytes());
            let half: [u8; 16] = hash[..16].try_into().expect("a SHA-256 has 32 bytes");
            digest.count += 1;
            digest.sum = digest.sum.wrapping_add(u128::from_be_bytes(half));
        }
        Ok(digest)
    }
}

/// The columns whose values must be the same at this stage. The rowid is one of them where the
/// table has one that no column shows.
fn kept_columns(stage: Stage, before: &Table, after: &Table, request: &Request<'_>) -> Vec<String> {
    let mut columns = kept::columns(stage, before, after, request);
    let hidden_rowid = |table: &Table| {
        !table.options.without_rowid
            && !table.columns.iter().any(|column| {
                matches!(column.identity, Identity::Rowid | Identity::ByDefault)
                    || column.name.eq_ignore_ascii_case("rowid")
            })
    };
    if hidden_rowid(before) && hidden_rowid(after) {
        columns.push("rowid".to_owned());
    }
    columns
}
