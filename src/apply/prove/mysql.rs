//! The proof on MySQL and MariaDB, where nothing can be rolled back: in a scratch database with the
//! same tables, as the server itself writes them, and a sample of the rows.

mod rows;
mod scratch;

use std::collections::BTreeSet;

use diesel::MysqlConnection;
use diesel::connection::SimpleConnection as _;
use diesel::result::Error;

use self::scratch::Scratch;
use super::{Proof, ProveError, Request, Rows, Stage, compare, is_named, named};
use crate::backend::ident::quote_name;
use crate::backend::mysql::canonicalize;
use crate::backend::mysql::introspect::{catalog, introspect};
use crate::backend::{Backend, CatalogEntry, Scope};
use crate::diff::Operation;
use crate::model::Schema;

pub(super) fn prove(
    connection: &mut MysqlConnection,
    request: &Request<'_>,
    rows: Rows,
) -> Result<Proof, ProveError> {
    let live = introspect(connection, request.scope)?;
    request.tell("making the scratch database");
    Scratch::with(connection, |scratch| {
        scratch.tables(&live)?;
        // Without rows, up.sql ran on them before.
        let sampled = rows == Rows::All && scratch.rows(request, &live)?;
        scratch.objects(&live)?;
        let rows = stages(scratch.connection, request)?;
        let mut limits = std::mem::take(&mut scratch.limits);
        limits.extend(sampled.then(|| {
            format!("Of a large table the proof had the first {} rows.", scratch::SAMPLE)
        }));
        Ok(Proof { place: "a scratch database".to_owned(), rows, one_way: false, limits })
    })
}

/// What the schema would be after these statements.
pub(super) fn preview(
    connection: &mut MysqlConnection,
    statements: &[String],
    scope: &Scope,
) -> Result<Schema, ProveError> {
    let live = introspect(connection, scope)?;
    Scratch::with(connection, |scratch| {
        scratch.tables(&live)?;
        scratch.objects(&live)?;
        for statement in statements {
            let done = scratch.connection.batch_execute(statement);
            done.map_err(|error| failed(Stage::Up, &error))?;
        }
        Ok(introspect(scratch.connection, scope)?)
    })
}

fn failed(stage: Stage, error: &Error) -> ProveError {
    ProveError::Failed { stage, message: error.to_string() }
}

/// Up, down and up again. Gives the number of rows concerned.
fn stages(connection: &mut MysqlConnection, request: &Request<'_>) -> Result<i64, ProveError> {
    let names = named(request.operations);
    let renamed = renamed_catalog(connection, request)?;
    let before = catalog(connection)?;
    let working = working_views(connection, request.from);
    let rows = rows::Rows::of(connection, request)?;

    run(connection, Stage::Up, request)?;
    let found = introspect(connection, request.scope)?;
    let mut wanted = request.to.clone();
    canonicalize(connection, &found, &mut wanted)?;
    compare(Stage::Up, found, &wanted, request.dialect)?;
    let after = catalog(connection)?;
    untouched(renamed.as_ref().unwrap_or(&before), &after, &names)?;
    rows.compare(connection, Stage::Up)?;
    views_work(connection, Stage::Up, &working, request.to)?;

    run(connection, Stage::Down, request)?;
    same(Stage::Down, &before, &catalog(connection)?)?;
    rows.compare(connection, Stage::Down)?;
    views_work(connection, Stage::Down, &working, request.from)?;

    run(connection, Stage::UpAgain, request)?;
    same(Stage::UpAgain, &after, &catalog(connection)?)?;
    rows.compare(connection, Stage::UpAgain)?;
    Ok(rows.count)
}

fn run(
    connection: &mut MysqlConnection,
    stage: Stage,
    request: &Request<'_>,
) -> Result<(), ProveError> {
    request.tell(stage);
    let script = stage.script(request);
    connection.batch_execute(&script.sql).map_err(|error| failed(stage, &error))
}

/// The catalog with nothing but the renames done: the server rewrites the texts that mention the
/// old names. `None` where nothing is renamed.
fn renamed_catalog(
    connection: &mut MysqlConnection,
    request: &Request<'_>,
) -> Result<Option<Vec<CatalogEntry>>, ProveError> {
    let is_rename = |operation: &&Operation| {
        matches!(operation, Operation::RenameTable { .. } | Operation::RenameColumn { .. })
    };
    let renames: Vec<_> = request.operations.iter().filter(is_rename).cloned().collect();
    if renames.is_empty() {
        return Ok(None);
    }
    let back: Vec<_> = renames.iter().rev().cloned().map(Operation::invert).collect();
    let mut run = |operations: &[Operation]| {
        for rename in operations {
            let rendered = request
                .dialect
                .render(rename, request.from, request.to)
                .map_err(|refusal| ProveError::Unavailable { what: refusal.to_string() })?;
            for statement in rendered {
                let done = connection.batch_execute(&statement.sql);
                done.map_err(|error| failed(Stage::Up, &error))?;
            }
        }
        catalog(connection).map_err(ProveError::from)
    };
    let renamed = run(&renames)?;
    run(&back)?;
    Ok(Some(renamed))
}

/// The views that can be read: a view on a table or column that is gone stays, and fails.
fn working_views(connection: &mut MysqlConnection, schema: &Schema) -> BTreeSet<String> {
    let names = schema.views.keys().filter(|name| read_view(connection, &quote(name)).is_ok());
    names.map(ToString::to_string).collect()
}

fn quote(name: &crate::model::QualifiedName) -> String {
    quote_name(Backend::Mysql, name)
}

fn read_view(connection: &mut MysqlConnection, view: &str) -> Result<(), Error> {
    connection.batch_execute(&format!("SELECT 1 FROM {view} LIMIT 0"))
}

fn views_work(
    connection: &mut MysqlConnection,
    stage: Stage,
    working: &BTreeSet<String>,
    schema: &Schema,
) -> Result<(), ProveError> {
    for name in schema.views.keys() {
        // One that is new, or worked before.
        if let Err(error) = read_view(connection, &quote(name))
            && (working.contains(&name.to_string()) || stage == Stage::Up)
        {
            return Err(ProveError::Broken {
                stage,
                object: format!("view `{name}`"),
                message: error.to_string(),
            });
        }
    }
    Ok(())
}

/// For messages of this folder.
fn unavailable(what: &str, error: &Error) -> ProveError {
    ProveError::Unavailable { what: format!("{what}: {error}") }
}

/// What the plan does not name keeps its text to the letter.
fn untouched(
    before: &[CatalogEntry],
    after: &[CatalogEntry],
    names: &BTreeSet<String>,
) -> Result<(), ProveError> {
    let others = |entries: &[CatalogEntry]| -> BTreeSet<CatalogEntry> {
        entries.iter().filter(|entry| !is_named(entry, names)).cloned().collect()
    };
    match others(before).symmetric_difference(&others(after)).next() {
        Some(entry) => Err(ProveError::Touched { stage: Stage::Up, object: entry.to_string() }),
        None => Ok(()),
    }
}

/// The whole catalog is what it was.
fn same(stage: Stage, before: &[CatalogEntry], after: &[CatalogEntry]) -> Result<(), ProveError> {
    let (before, after): (BTreeSet<_>, BTreeSet<_>) =
        (before.iter().collect(), after.iter().collect());
    let gone = before.difference(&after).map(|e| format!("{e} was `{}`", e.text));
    let come = after.difference(&before).map(|e| format!("{e} is `{}`", e.text));
    let differences: Vec<_> = gone.chain(come).collect();
    if differences.is_empty() {
        return Ok(());
    }
    Err(ProveError::Differs { stage, differences })
}
