//! The proof on SQLite: a private copy of the real file.

mod copy;
mod places;
mod refuse;
mod rowids;
mod rows;
mod sample;
mod still;
mod texts;
mod works;

pub(super) use refuse::lacking;

use std::collections::{BTreeMap, BTreeSet};

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection as _;

use super::{Proof, ProveError, Request, Rows, Stage, compare, is_named, named};
use crate::backend::sqlite::{Sqlite, introspect};
use crate::backend::{CatalogEntry, Dialect as _, Scope};
use crate::diff::Operation;
use crate::model::{OtherObject, Schema};

pub(super) fn prove(
    mut connection: Option<&mut SqliteConnection>,
    request: &Request<'_>,
    rows: Rows,
) -> Result<Proof, ProveError> {
    let proof = proof(connection.as_deref_mut(), request, rows);
    proof.map_err(|error| refuse::explained(error, connection))
}

fn proof(
    connection: Option<&mut SqliteConnection>,
    request: &Request<'_>,
    rows: Rows,
) -> Result<Proof, ProveError> {
    let stages = match rows {
        Rows::All => with_rows,
        Rows::OfUp => without_rows,
    };
    let proof =
        |place: &str, rows, limits| Proof { place: place.to_owned(), rows, one_way: false, limits };
    let Some(connection) = connection else {
        return Ok(proof("an empty database", stages(None, request)?, Vec::new()));
    };
    match sample::of(connection, request)? {
        None => Ok(proof("a copy of the database", stages(Some(connection), request)?, Vec::new())),
        Some(mut sample) => {
            let rows = stages(Some(&mut sample), request)?;
            Ok(proof(
                "a copy of the schema and a sample of the rows",
                rows,
                vec![sample::limit(request)],
            ))
        }
    }
}

/// What is told while a copy is made.
const COPYING: &str = "copying the database";

/// Gives the number of rows concerned.
fn with_rows(
    mut connection: Option<&mut SqliteConnection>,
    request: &Request<'_>,
) -> Result<i64, ProveError> {
    request.tell(COPYING);
    let renamed = renamed_catalog(connection.as_deref_mut(), request)?;
    let mut original = copy::of(connection.as_deref_mut())?;
    let mut scratch = copy::of(connection)?;
    stages(&mut original, &mut scratch, renamed.as_deref(), request)
}

/// The proof where down.sql cannot run on the rows: up.sql on the rows, all of it without them.
fn without_rows(
    mut connection: Option<&mut SqliteConnection>,
    request: &Request<'_>,
) -> Result<i64, ProveError> {
    request.tell(COPYING);
    let renamed = renamed_catalog(connection.as_deref_mut(), request)?;
    let mut original = copy::of(connection.as_deref_mut())?;
    let mut scratch = copy::of(connection)?;
    // With foreign keys on it ran before down.sql failed.
    run(&mut scratch, Stage::Up, request, false)?;
    let rows = rows::count(&mut original, request)?;
    rows::compare(&mut original, &mut scratch, Stage::Up, request)?;

    let mut scratch = copy::without_rows(&mut original)?;
    let mut original = copy::without_rows(&mut original)?;
    stages(&mut original, &mut scratch, renamed.as_deref(), request)?;
    Ok(rows)
}

/// What SQLite would do without a word, as far as the texts tell before anything is run.
pub(super) fn foresee(
    operations: &[Operation],
    from: &Schema,
    to: &Schema,
) -> Result<(), ProveError> {
    reads_the_same(operations, from, to)?;
    rowids::kept(operations, from, to)?;
    places::shifted(Stage::Up, from, to)
}

fn reads_the_same(operations: &[Operation], from: &Schema, to: &Schema) -> Result<(), ProveError> {
    works::no_names_become_texts(Stage::Up, operations, to)?;
    works::no_trigger_goes_quiet(Stage::Up, operations, to)?;
    texts::captured(Stage::Up, from, to)
}

/// Up, down and up again. Gives the number of rows concerned.
fn stages(
    original: &mut SqliteConnection,
    scratch: &mut SqliteConnection,
    renamed: Option<&[CatalogEntry]>,
    request: &Request<'_>,
) -> Result<i64, ProveError> {
    foresee(request.operations, request.from, request.to)?;
    let names = with_objects(named(request.operations), request);
    let before = introspect::catalog(scratch)?;
    let working = still::working(scratch)?;
    let rows = rows::count(original, request)?;
    let references = works::references(scratch)?;

    // Once with foreign keys on, where a rebuild could delete the rows of children, …
    run(scratch, Stage::Up, request, true)?;
    let after = introspect::catalog(scratch)?;
    let expected = renamed.unwrap_or(&before);
    let found = introspect::introspect(scratch, request.scope)?;
    compare(Stage::Up, found, request.to, request.dialect)
        .or_else(|error| refuse::texts_were_requoted(expected, &after).and(Err(error)))?;
    untouched(Stage::Up, expected, &after, &names)?;
    still::still(scratch, Stage::Up, &working)?;
    texts::same(original, scratch, Stage::Up)?;
    works::no_worse(scratch, Stage::Up, references)?;
    rows::compare(original, scratch, Stage::Up, request)?;

    run(scratch, Stage::Down, request, true)?;
    same(Stage::Down, &before, &introspect::catalog(scratch)?)?;
    rows::compare(original, scratch, Stage::Down, request)?;

    run(scratch, Stage::UpAgain, request, true)?;
    same(Stage::UpAgain, &after, &introspect::catalog(scratch)?)?;

    // … and once with foreign keys off.
    run(scratch, Stage::Down, request, false)?;
    same(Stage::Down, &before, &introspect::catalog(scratch)?)?;
    run(scratch, Stage::UpAgain, request, false)?;
    same(Stage::UpAgain, &after, &introspect::catalog(scratch)?)?;
    rows::compare(original, scratch, Stage::UpAgain, request)?;
    Ok(rows)
}

/// Objects that are not modelled and are in the plan all the same. The tables of a virtual table come
/// and go with it.
fn with_objects(mut names: BTreeSet<String>, request: &Request<'_>) -> BTreeSet<String> {
    let lower = |object: &OtherObject| object.name.name.to_lowercase();
    let shadows = request.from.others.iter().chain(&request.to.others);
    let shadows: Vec<_> = shadows.filter(|it| it.kind == "shadow table").map(lower).collect();
    for operation in request.operations {
        let (Operation::CreateObject { object } | Operation::DropObject { object }) = operation
        else {
            continue;
        };
        if object.kind == "trigger" {
            names.insert(trigger(&object.name.name));
            continue;
        }
        let start = format!("{}_", lower(object));
        names.insert(lower(object));
        names.extend(shadows.iter().filter(|shadow| shadow.starts_with(&start)).cloned());
    }
    names
}

/// A trigger may have the name of a table.
fn trigger(name: &str) -> String {
    format!("trigger\0{}", name.to_lowercase())
}

pub(super) fn preview(
    connection: &mut SqliteConnection,
    statements: &[String],
    scope: &Scope,
) -> Result<Schema, ProveError> {
    let preview = previewed(connection, statements, scope);
    preview.map_err(|error| refuse::explained(error, Some(connection)))
}

fn previewed(
    connection: &mut SqliteConnection,
    statements: &[String],
    scope: &Scope,
) -> Result<Schema, ProveError> {
    let mut scratch = copy::of_catalog(Some(connection))?;
    let before = introspect::catalog(&mut scratch)?;
    for statement in statements {
        scratch.batch_execute(statement).map_err(|error| failed(Stage::Up, &error))?;
    }
    refuse::texts_were_requoted(&before, &introspect::catalog(&mut scratch)?)?;
    Ok(introspect::introspect(&mut scratch, scope)?)
}

/// Runs a script as Diesel's runner would, with foreign keys as a connection may have them.
fn run(
    scratch: &mut SqliteConnection,
    stage: Stage,
    request: &Request<'_>,
    foreign_keys: bool,
) -> Result<(), ProveError> {
    request.tell(stage);
    let script = stage.script(request);
    let setting = if foreign_keys { "ON" } else { "OFF" };
    let sql = if script.run_in_transaction {
        format!("BEGIN;\n{}\nCOMMIT;", script.sql)
    } else {
        script.sql.clone()
    };
    scratch
        .batch_execute(&format!("PRAGMA foreign_keys = {setting};"))
        .and_then(|()| scratch.batch_execute(&sql))
        .map_err(|error| failed(stage, &error))
}

fn failed(stage: Stage, error: &diesel::result::Error) -> ProveError {
    ProveError::Failed { stage, message: error.to_string() }
}

/// The catalog with nothing but the renames done: SQLite rewrites the texts that mention the old
/// names. `None` where nothing is renamed.
fn renamed_catalog(
    connection: Option<&mut SqliteConnection>,
    request: &Request<'_>,
) -> Result<Option<Vec<CatalogEntry>>, ProveError> {
    let is_rename = |operation: &&Operation| {
        matches!(operation, Operation::RenameTable { .. } | Operation::RenameColumn { .. })
    };
    let renames: Vec<_> = request.operations.iter().filter(is_rename).collect();
    if renames.is_empty() {
        return Ok(None);
    }
    let mut copy = copy::of_catalog(connection)?;
    for rename in renames {
        let statements = request
            .dialect
            .render(rename, request.from, request.to)
            .map_err(|refusal| ProveError::Unavailable { what: refusal.to_string() })?;
        for statement in statements {
            copy.batch_execute(&statement.sql).map_err(|error| failed(Stage::Up, &error))?;
        }
    }
    Ok(Some(introspect::catalog(&mut copy)?))
}

/// What the plan does not name keeps its text to the letter, and so do the triggers of what it
/// names and keeps.
fn untouched(
    stage: Stage,
    before: &[CatalogEntry],
    after: &[CatalogEntry],
    names: &BTreeSet<String>,
) -> Result<(), ProveError> {
    let owners = |entries: &[CatalogEntry]| -> BTreeSet<(String, String)> {
        let owners = entries.iter().filter(|entry| entry.table.is_none());
        owners.map(|entry| (entry.name.to_lowercase(), entry.kind.clone())).collect()
    };
    // A table in whose place a view stands is not there any more.
    let there = owners(before).intersection(&owners(after)).cloned().collect::<Vec<_>>();
    let there: BTreeSet<String> = there.into_iter().map(|(name, _)| name).collect();
    let is_kept_trigger = |entry: &CatalogEntry| {
        entry.kind == "trigger"
            && entry.table.as_ref().is_some_and(|table| there.contains(&table.to_lowercase()))
    };
    let others = |entries: &[CatalogEntry]| -> Vec<CatalogEntry> {
        entries
            .iter()
            .filter(|entry| !is_internal(entry))
            .filter(|entry| entry.kind != "trigger" || !names.contains(&trigger(&entry.name)))
            .filter(|entry| !is_named(entry, names) || is_kept_trigger(entry))
            .cloned()
            .collect()
    };
    match first_difference(&others(before), &others(after), |entry| entry.text.clone()) {
        Some(object) => Err(ProveError::Touched { stage, object }),
        None => Ok(()),
    }
}

/// The whole catalog is what it was, the order of columns and the quotes of names apart.
fn same(stage: Stage, before: &[CatalogEntry], after: &[CatalogEntry]) -> Result<(), ProveError> {
    let visible = |entries: &[CatalogEntry]| -> Vec<CatalogEntry> {
        entries.iter().filter(|entry| !is_internal(entry)).cloned().collect()
    };
    match first_difference(&visible(before), &visible(after), |entry| Sqlite.catalog_key(entry)) {
        Some(object) => {
            refuse::texts_were_requoted(before, after)?;
            let differences = vec![format!("{object} has another text")];
            Err(ProveError::Differs { stage, differences })
        }
        None => Ok(()),
    }
}

/// `sqlite_sequence` comes with the first AUTOINCREMENT and never goes.
fn is_internal(entry: &CatalogEntry) -> bool {
    entry.name.starts_with("sqlite_")
}

/// The first entry that is on one side only, or whose text differs.
fn first_difference(
    before: &[CatalogEntry],
    after: &[CatalogEntry],
    key: impl Fn(&CatalogEntry) -> String,
) -> Option<String> {
    let index = |entries: &'_ [CatalogEntry]| -> BTreeMap<(String, String), usize> {
        let keys = entries.iter().map(|e| (e.kind.clone(), e.name.to_lowercase()));
        keys.enumerate().map(|(at, key)| (key, at)).collect()
    };
    let (old, new) = (index(before), index(after));
    let differs = |name: &&(String, String)| match (old.get(name), new.get(name)) {
        (Some(old), Some(new)) => {
            let (old, new) = (&before[*old], &after[*new]);
            // Nearly all are the same to the letter, and a key costs a parse.
            old.text != new.text && key(old) != key(new)
        }
        _ => true,
    };
    let (kind, name) = old.keys().chain(new.keys()).find(differs)?;
    Some(format!("{kind} `{name}`"))
}
