//! The proof on PostgreSQL: everything in one transaction that is rolled back. It needs no right to
//! create a database, and no row of it is ever seen by anybody else.

mod rows;
mod scratch;
mod sequences;
mod touched;

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection as _;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{Bool, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query};

use super::{Place, Proof, ProveError, Request, Stage, compare};
use crate::backend::postgres::canonicalize;
use crate::backend::postgres::introspect::{catalog, introspect};
use crate::backend::{CatalogEntry, DatabaseError, Refusal, Scope};
use crate::diff::Operation;
use crate::model::Schema;

/// A proof holds strong locks: it gives up rather than make others wait.
const LIMITS: &str = "SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '5min';";

pub(super) fn prove(
    connection: &mut PgConnection,
    request: &Request<'_>,
) -> Result<Proof, ProveError> {
    if !request.up.run_in_transaction || !request.down.run_in_transaction {
        return Err(ProveError::Unavailable {
            what: "the migration brings its own transaction, and the proof is one".to_owned(),
        });
    }
    let live = match request.place {
        Place::Live => true,
        Place::Scratch => false,
        Place::Nearest => is_this_machine(connection)?,
    };
    let moved = sequences::Sequences::of(connection)?;
    let mut proof = rolled_back(connection, |connection| {
        if live {
            moved.hold(connection, &[&request.up.sql, &request.down.sql])?;
            let rows = stages(connection, request, None)?;
            let (place, one_way) = ("the database itself".to_owned(), request.one_way);
            return Ok(Proof { place, rows, one_way, limits: Vec::new() });
        }
        request.tell("making the scratch schema");
        let hidden = scratch::build(connection, request)?;
        stages(connection, request, Some(&hidden))?;
        Ok(Proof {
            place: "a scratch schema".to_owned(),
            rows: 0,
            one_way: request.one_way,
            limits: scratch::limits(request),
        })
    })?;
    proof.limits.extend(moved.told(connection)?);
    Ok(proof)
}

/// A preview that nobody has asked for in so many words keeps others waiting even less.
const LIMITS_OF_A_PREVIEW: &str =
    "SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '5s';";

/// What the schema would be after these statements.
pub(super) fn preview(
    connection: &mut PgConnection,
    statements: &[String],
    scope: &Scope,
) -> Result<Schema, ProveError> {
    let sequences = sequences::Sequences::of(connection)?;
    rolled_back(connection, |connection| {
        let limited = connection.batch_execute(LIMITS_OF_A_PREVIEW);
        limited.map_err(|error| failed(Stage::Up, &error))?;
        let texts: Vec<&str> = statements.iter().map(String::as_str).collect();
        sequences.hold(connection, &texts)?;
        for statement in statements {
            connection.batch_execute(statement).map_err(|error| failed(Stage::Up, &error))?;
        }
        Ok(introspect(connection, scope)?)
    })
}

/// Runs `work` in a transaction, or in a savepoint of the caller's, and takes all of it back.
fn rolled_back<T>(
    connection: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> Result<T, ProveError>,
) -> Result<T, ProveError> {
    let mut outcome = None;
    let ended: Result<(), Error> = connection.transaction(|connection| {
        connection.batch_execute(LIMITS)?;
        outcome = Some(work(connection));
        Err(Error::RollbackTransaction)
    });
    match (outcome, ended) {
        (Some(outcome), Err(Error::RollbackTransaction)) => outcome,
        (Some(Err(error)), _) => Err(error),
        (_, Err(error)) => Err(ProveError::Unavailable { what: error.to_string() }),
        (_, Ok(())) => unreachable!("the transaction always ends in an error"),
    }
}

fn failed(stage: Stage, error: &Error) -> ProveError {
    // A standby says nothing about the script.
    if let Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) = error {
        return ProveError::Unavailable { what: error.to_string() };
    }
    standing(stage, error)
        .unwrap_or_else(|| ProveError::Failed { stage, message: error.to_string() })
}

/// How PostgreSQL begins when something that no model says stands in the way.
const IN_THE_WAY: [&str; 4] =
    ["cannot drop ", "cannot alter ", "cannot change ", "could not change table "];

/// What stands on the object, in the server's words: it knows all of it.
fn standing(stage: Stage, error: &Error) -> Option<ProveError> {
    let Error::DatabaseError(_, said) = error else { return None };
    let is_told = IN_THE_WAY.iter().any(|start| said.message().starts_with(start));
    if stage != Stage::Up || !is_told {
        return None;
    }
    let details = said.details().map(|details| format!(": {}", details.replace('\n', ", ")));
    let reason = format!("{}{}", said.message(), details.unwrap_or_default());
    Some(ProveError::Refused(
        Refusal::new("the change", reason)
            .hint("change or drop what stands on it in a migration of its own first"),
    ))
}

/// Up, down and up again, on whatever the names mean now. Gives the number of rows concerned.
///
/// `hidden` is the schema that a scratch schema stands for: its texts say `org` or `public.org` as
/// the scratch schema has an `org` or not, and no statement means them.
fn stages(
    connection: &mut PgConnection,
    request: &Request<'_>,
    hidden: Option<&str>,
) -> Result<i64, ProveError> {
    let catalog = |connection: &mut PgConnection| -> Result<Vec<CatalogEntry>, ProveError> {
        let mut entries = catalog(connection)?;
        entries.retain(|entry| !hidden.is_some_and(|schema| stands_in(entry, schema)));
        Ok(entries)
    };
    let renamed = renamed_catalog(connection, request)?;
    let before = catalog(connection)?;
    let rows = rows::Rows::of(connection, request)?;

    run(connection, Stage::Up, request)?;
    let found = introspect(connection, request.scope)?;
    let mut wanted = request.to.clone();
    canonicalize(connection, &found, &mut wanted)?;
    let read = found.clone();
    compare(Stage::Up, found, &wanted, request.dialect)?;
    let after = catalog(connection)?;
    untouched(renamed.as_ref().unwrap_or(&before), (&after, &read), request)?;
    rows.compare(connection, Stage::Up)?;
    if request.one_way {
        return Ok(rows.count);
    }

    run(connection, Stage::Down, request)?;
    same(Stage::Down, &before, &catalog(connection)?, request.from)?;
    rows.compare(connection, Stage::Down)?;

    run(connection, Stage::UpAgain, request)?;
    same(Stage::UpAgain, &after, &catalog(connection)?, request.from)?;
    rows.compare(connection, Stage::UpAgain)?;
    Ok(rows.count)
}

/// Runs a script, then what a COMMIT would run: the checks that were put off.
fn run(
    connection: &mut PgConnection,
    stage: Stage,
    request: &Request<'_>,
) -> Result<(), ProveError> {
    request.tell(stage);
    connection
        .batch_execute(&stage.script(request).sql)
        .and_then(|()| connection.batch_execute("SET CONSTRAINTS ALL IMMEDIATE"))
        .map_err(|error| failed(stage, &error))?;
    defer_again(connection)
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The next script must find constraints as a transaction of its own would: those that are
/// initially deferred are deferred again, so that it fails here if it would fail there.
fn defer_again(connection: &mut PgConnection) -> Result<(), ProveError> {
    let names: Vec<Name> = sql_query(
        "SELECT DISTINCT pg_catalog.quote_ident(n.nspname) || '.' || \
           pg_catalog.quote_ident(k.conname) AS name \
         FROM pg_catalog.pg_constraint k \
         JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace \
         WHERE k.condeferred ORDER BY 1",
    )
    .load(connection)
    .map_err(DatabaseError::query("reading deferred constraints"))?;
    if names.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = names.into_iter().map(|row| row.name).collect();
    connection
        .batch_execute(&format!("SET CONSTRAINTS {} DEFERRED", names.join(", ")))
        .map_err(DatabaseError::query("deferring constraints"))?;
    Ok(())
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    yes: bool,
}

/// Whether the server runs on this machine: over a socket file, or from an address to the same.
fn is_this_machine(connection: &mut PgConnection) -> Result<bool, ProveError> {
    let answers: Vec<Answer> = sql_query(
        "SELECT pg_catalog.inet_server_addr() IS NULL \
           OR pg_catalog.inet_server_addr() = pg_catalog.inet_client_addr() AS yes",
    )
    .load(connection)
    .map_err(DatabaseError::query("asking for the server's address"))?;
    Ok(answers.first().is_some_and(|answer| answer.yes))
}

/// The catalog with nothing but the renames done: the server rewrites the texts that mention the
/// old names. `None` where nothing is renamed.
fn renamed_catalog(
    connection: &mut PgConnection,
    request: &Request<'_>,
) -> Result<Option<Vec<CatalogEntry>>, ProveError> {
    let is_rename = |operation: &&Operation| {
        matches!(
            operation,
            Operation::RenameTable { .. }
                | Operation::RenameColumn { .. }
                | Operation::RenamePart { .. }
        )
    };
    let mut statements = Vec::new();
    for rename in request.operations.iter().filter(is_rename) {
        let rendered = request
            .dialect
            .render(rename, request.from, request.to)
            .map_err(|refusal| ProveError::Unavailable { what: refusal.to_string() })?;
        statements.extend(rendered.into_iter().map(|statement| statement.sql));
    }
    if statements.is_empty() {
        return Ok(None);
    }
    rolled_back(connection, |connection| {
        connection.batch_execute(&statements.join("\n")).map_err(|e| failed(Stage::Up, &e))?;
        Ok(Some(catalog(connection)?))
    })
}

/// What the plan does not name keeps its text to the letter.
fn untouched(
    before: &[CatalogEntry],
    (after, found): (&[CatalogEntry], &Schema),
    request: &Request<'_>,
) -> Result<(), ProveError> {
    let operations = request.operations;
    let others = |entries: &[CatalogEntry], side: &Schema| -> BTreeSet<CatalogEntry> {
        let kept = entries.iter().filter(|entry| {
            entry.kind != SCHEMA && !touched::may_change(entry, operations, request.from)
        });
        kept.map(|entry| touched::settled(entry, operations, side)).collect()
    };
    let (before, after) = (others(before, request.from), others(after, found));
    match before.symmetric_difference(&after).next() {
        Some(entry) if touched::is_of_partition(entry, request.from) => Err(of_partition(entry)),
        Some(entry) => Err(ProveError::Touched { stage: Stage::Up, object: entry.to_string() }),
        None => Ok(()),
    }
}

/// What a partition has besides what it has from its parent is in no model.
fn of_partition(entry: &CatalogEntry) -> ProveError {
    ProveError::Refused(
        Refusal::new(
            entry.to_string(),
            "it is a partition's own, and would go or come back otherwise with what changes",
        )
        .hint("write the migration for the partitions by hand"),
    )
}

/// A schema that was made for a new object stays.
const SCHEMA: &str = "schema";

/// The whole catalog is what it was.
fn same(
    stage: Stage,
    before: &[CatalogEntry],
    after: &[CatalogEntry],
    from: &Schema,
) -> Result<(), ProveError> {
    let (before, after): (BTreeSet<_>, BTreeSet<_>) =
        (before.iter().collect(), after.iter().collect());
    if let Some(entry) = before.difference(&after).find(|it| touched::is_of_partition(it, from)) {
        return Err(of_partition(entry));
    }
    let gone = before.difference(&after).map(|e| format!("{e} was `{}`", e.text));
    let come = after.difference(&before).filter(|e| stage == Stage::UpAgain || e.kind != SCHEMA);
    let come = come.map(|e| format!("{e} is `{}`", e.text));
    let differences: Vec<_> = gone.chain(come).collect();
    if differences.is_empty() {
        return Ok(());
    }
    Err(ProveError::Differs { stage, differences })
}

/// Whether it is an object of the schema, which is not the default one.
fn stands_in(entry: &CatalogEntry, schema: &str) -> bool {
    let relation = entry.table.as_ref().unwrap_or(&entry.name);
    relation.strip_prefix(schema).is_some_and(|rest| rest.starts_with('.'))
}
