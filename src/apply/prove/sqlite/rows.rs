//! Rows before and after: what a change does not drop or convert holds the same values.

use diesel::connection::DefaultLoadingMode;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl as _, SqliteConnection};
use sha2::{Digest as _, Sha256};

use super::super::{ProveError, Request, Stage, kept};
use crate::backend::ident::{quote, quote_name};
use crate::backend::{Backend, DatabaseError};
use crate::model::{Identity, QualifiedName, Table};

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
            let (before, after) = (then.count, now.count);
            return Err(ProveError::Rows { stage, table: name.to_string(), before, after });
        }
    }
    Ok(())
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
