//! Views and triggers that worked before must work after: SQLite looks at them only when used.

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection as _;

use super::super::{ProveError, Stage};
use super::rows::scalar;
use crate::apply::said::Said;
use crate::backend::ident::{literal, quote, quote_name};
use crate::backend::sqlite::{introspect, stored};
use crate::backend::{Backend, DatabaseError};
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema};

/// The views that can be read, and the tables with triggers that can be written.
pub(super) struct Working {
    views: Vec<QualifiedName>,
    tables: Vec<QualifiedName>,
}

pub(super) fn working(
    scratch: &mut SqliteConnection,
    schema: &Schema,
) -> Result<Working, ProveError> {
    let mut views = Vec::new();
    for view in schema.views.keys() {
        if scratch.batch_execute(&read(view)).is_ok() {
            views.push(view.clone());
        }
    }
    let mut tables: Vec<_> = schema
        .others
        .iter()
        .filter(|other| other.kind == "trigger")
        .filter_map(|trigger| trigger.table.clone())
        .collect();
    tables.sort();
    tables.dedup();
    tables.retain(|name| scratch.batch_execute(&write(name, schema)).is_ok());
    Ok(Working { views, tables })
}

/// Reads and writes again all that worked and is still there.
pub(super) fn still(
    scratch: &mut SqliteConnection,
    stage: Stage,
    working: &Working,
    to: &Schema,
) -> Result<(), ProveError> {
    let broken = |object: String, error: &diesel::result::Error| ProveError::Broken {
        stage,
        object,
        message: error.to_string(),
    };
    for view in working.views.iter().filter(|view| to.views.contains_key(*view)) {
        scratch
            .batch_execute(&read(view))
            .map_err(|error| broken(format!("view `{view}`"), &error))?;
    }
    for table in working.tables.iter().filter(|table| to.tables.contains_key(*table)) {
        if let Err(error) = scratch.batch_execute(&write(table, to)) {
            return Err(broken(culprit(scratch, table, to), &error));
        }
    }
    Ok(())
}

/// The trigger without which the table can be written again.
fn culprit(scratch: &mut SqliteConnection, table: &QualifiedName, schema: &Schema) -> String {
    let triggers = schema.others.iter().filter(|other| {
        other.kind == "trigger"
            && other.table.as_ref().is_some_and(|name| name.name.eq_ignore_ascii_case(&table.name))
    });
    for trigger in triggers {
        let without = format!(
            "SAVEPOINT without; DROP TRIGGER {}; {}",
            quote_name(Backend::Sqlite, &trigger.name),
            write(table, schema)
        );
        let works = scratch.batch_execute(&without).is_ok();
        // Fails only where there is no savepoint to go back to.
        let back = scratch.batch_execute("ROLLBACK TO without; RELEASE without;").is_ok();
        if works && back {
            return format!("trigger `{}` of `{table}`", trigger.name);
        }
    }
    format!("the triggers of `{table}`")
}

/// Where the foreign keys stand.
#[derive(Clone, Copy)]
pub(super) struct References {
    /// How many rows refer to rows that do not exist.
    broken: i64,
    /// How many tables have a foreign key that SQLite cannot check, whatever the rows.
    unchecked: usize,
}

/// Looks at all foreign keys at once; table by table where SQLite cannot check one of them.
pub(super) fn references(scratch: &mut SqliteConnection) -> Result<References, ProveError> {
    let all = "SELECT count(*) AS n FROM main.pragma_foreign_key_check";
    let error = match scalar(scratch, all) {
        Ok(broken) => return Ok(References { broken, unchecked: 0 }),
        Err(error) => error,
    };
    if mismatch(&error).is_none() {
        return Err(error.into());
    }
    let mut references = References { broken: 0, unchecked: 0 };
    for entry in introspect::catalog(scratch)?.iter().filter(|entry| entry.kind == "table") {
        let table = literal(Backend::Sqlite, &entry.name);
        let sql = format!("SELECT count(*) AS n FROM pragma_foreign_key_check({table}, 'main')");
        match scalar(scratch, &sql) {
            Ok(broken) => references.broken += broken,
            Err(error) if mismatch(&error).is_some() => references.unchecked += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(references)
}

/// The foreign key that SQLite cannot check.
fn mismatch(error: &DatabaseError) -> Option<String> {
    let message = std::error::Error::source(error)?.to_string();
    matches!(Said::of(&message), Some(Said::Mismatch { .. })).then_some(message)
}

/// A change must not add broken references, nor foreign keys that cannot be checked.
pub(super) fn no_worse(
    scratch: &mut SqliteConnection,
    stage: Stage,
    before: References,
) -> Result<(), ProveError> {
    let now = references(scratch)?;
    if now.unchecked > before.unchecked {
        scalar(scratch, "SELECT count(*) AS n FROM main.pragma_foreign_key_check")?;
    }
    if now.broken > before.broken && now.unchecked == before.unchecked {
        return Err(ProveError::Broken {
            stage,
            object: "foreign keys".to_owned(),
            message: format!("{} rows refer to rows that do not exist", now.broken - before.broken),
        });
    }
    Ok(())
}

/// Preparing is enough: EXPLAIN reads no row.
fn read(view: &QualifiedName) -> String {
    format!("EXPLAIN SELECT * FROM {};", quote_name(Backend::Sqlite, view))
}

/// Compiles every trigger of the table without running one.
fn write(table: &QualifiedName, schema: &Schema) -> String {
    let name = quote_name(Backend::Sqlite, table);
    let mut sql = format!("EXPLAIN DELETE FROM {name}; EXPLAIN INSERT INTO {name} DEFAULT VALUES;");
    let columns =
        schema.tables.get(table).map(|table| table.columns.as_slice()).unwrap_or_default();
    for column in columns.iter().filter(|column| column.generated.is_none()) {
        let column = quote(Backend::Sqlite, &column.name);
        sql.push_str(&format!(" EXPLAIN UPDATE {name} SET {column} = {column};"));
    }
    sql
}

/// A view or trigger that writes a dropped column in double quotes still compiles: SQLite takes the
/// name for a text then (<https://sqlite.org/quirks.html#dblquote>), and it says something else.
pub(super) fn no_names_become_texts(
    stage: Stage,
    operations: &[Operation],
    to: &Schema,
) -> Result<(), ProveError> {
    for (table, column) in operations.iter().flat_map(dropped) {
        let quoted = quote(Backend::Sqlite, column);
        let mentions = |text: &str| {
            text.contains(&quoted) && text.to_lowercase().contains(&table.name.to_lowercase())
        };
        let views = to.views.values().filter(|view| mentions(&view.definition));
        let views = views.map(|view| format!("view `{}`", view.name));
        let triggers = to.others.iter().filter(|o| o.sql.as_deref().is_some_and(mentions));
        let triggers = triggers.map(|other| format!("{} `{}`", other.kind, other.name));
        if let Some(object) = views.chain(triggers).next() {
            let message = format!(
                "it writes `{table}.{column}` in double quotes, which SQLite takes for a text once \
                 the column is gone"
            );
            return Err(ProveError::Broken { stage, object, message });
        }
    }
    Ok(())
}

/// A trigger on updates of a dropped column stays, and never fires again: SQLite looks at the names
/// behind `UPDATE OF` only when they are updated.
pub(super) fn no_trigger_goes_quiet(
    stage: Stage,
    operations: &[Operation],
    to: &Schema,
) -> Result<(), ProveError> {
    for (table, column) in operations.iter().flat_map(dropped) {
        let quiet = to.others.iter().find(|other| {
            other.kind == "trigger"
                && other.table.as_ref().is_some_and(|of| of.name.eq_ignore_ascii_case(&table.name))
                && other.sql.as_deref().is_some_and(|sql| {
                    updates(sql).iter().any(|name| name.eq_ignore_ascii_case(column))
                })
        });
        if let Some(trigger) = quiet {
            let object = format!("trigger `{}` of `{table}`", trigger.name);
            let message = format!("it is for updates of `{column}`, which is gone");
            return Err(ProveError::Broken { stage, object, message });
        }
    }
    Ok(())
}

/// The columns of `CREATE TRIGGER … UPDATE OF a, b ON …`.
fn updates(sql: &str) -> Vec<String> {
    let Ok(tokens) = stored::tokens(sql) else { return Vec::new() };
    let words: Vec<_> = tokens.into_iter().map(|token| &sql[token.range]).collect();
    let is = |text: &str, word: &str| text.eq_ignore_ascii_case(word);
    let Some(at) = words.windows(2).position(|two| is(two[0], "UPDATE") && is(two[1], "OF")) else {
        return Vec::new();
    };
    let names = words[at + 2..].iter().take_while(|text| !is(text, "ON"));
    names.filter(|text| **text != ",").map(|text| stored::unquote(text)).collect()
}

/// The columns that an operation drops.
fn dropped(operation: &Operation) -> Vec<(&QualifiedName, &str)> {
    match operation {
        Operation::DropColumn { table, column } => vec![(table, &column.name)],
        Operation::RebuildTable { changes, .. } => changes.iter().flat_map(dropped).collect(),
        _ => Vec::new(),
    }
}
