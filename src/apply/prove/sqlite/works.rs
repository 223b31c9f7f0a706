//! What SQLite would do without a word: references that break, names that become texts, triggers that
//! never fire again.

use diesel::SqliteConnection;

use super::super::{ProveError, Stage};
use super::rows::scalar;
use crate::apply::said::Said;
use crate::backend::ident::{literal, quote};
use crate::backend::sqlite::{introspect, stored};
use crate::backend::{Backend, DatabaseError};
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema};

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
