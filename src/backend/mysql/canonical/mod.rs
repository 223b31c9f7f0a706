//! Expressions and options as the server itself would write them.
//!
//! `a in (1)` comes back as `` `a` = 1 ``. Rather than know how, we ask: expressions that differ in
//! text from their counterpart are given to a temporary table of the same columns and read back. A
//! view, which can be nothing temporary, is made in a database of its own that is dropped at once.

mod options;
mod scratch;
mod show;

use diesel::MysqlConnection;

use super::Flavor;
use super::introspect::server;
use super::normalize::expression;
use crate::backend::DatabaseError;
use crate::model::{Schema, Table};

/// After so many passes a text is taken as it is.
const PASSES: usize = 3;

/// Gives the expressions and options of `to` the text of their counterparts in `from` where the
/// server writes both the same. Costs no statement when nothing differs.
///
/// An expression that the server refuses here (it may use what only the migration brings) keeps its
/// text.
///
/// # Errors
/// When the connection fails.
pub fn canonicalize(
    connection: &mut MysqlConnection,
    from: &Schema,
    to: &mut Schema,
) -> Result<(), DatabaseError> {
    options::settle(connection, from, to)?;
    let differing: Vec<_> = to
        .tables
        .values()
        .filter(|table| from.tables.get(&table.name).is_some_and(|old| differs(old, table)))
        .map(|table| table.name.clone())
        .collect();
    if !differing.is_empty() {
        let flavor = server(connection)?.flavor;
        for name in differing {
            let (Some(old), Some(new)) = (from.tables.get(&name), to.tables.get_mut(&name)) else {
                continue;
            };
            settle(connection, old, new, flavor)?;
        }
    }
    views(connection, from, to)
}

/// Whether an expression of a table has a counterpart with another text.
fn differs(old: &Table, new: &Table) -> bool {
    let columns = new.columns.iter().any(|column| {
        old.column(&column.name).is_some_and(|old| {
            let defaults = (&old.default, &column.default);
            let generated = (&old.generated, &column.generated);
            matches!(defaults, (Some(a), Some(b)) if a != b)
                || matches!(generated, (Some(a), Some(b)) if a.expression != b.expression)
        })
    });
    columns || !old.checks.is_empty() && new.checks.iter().any(|check| !old.checks.contains(check))
}

/// One table: its expressions go through the server until none changes any more.
fn settle(
    connection: &mut MysqlConnection,
    old: &Table,
    new: &mut Table,
    flavor: Flavor,
) -> Result<(), DatabaseError> {
    let mut written = new.clone();
    for _ in 0..PASSES {
        let Some(read) = show::through_the_server(connection, &written, flavor)? else {
            return Ok(());
        };
        if read == written {
            break;
        }
        written = read;
    }
    adopt(old, &written, new);
    Ok(())
}

/// Takes over from `old` what the server wrote the same.
fn adopt(old: &Table, written: &Table, new: &mut Table) {
    for (column, written) in new.columns.iter_mut().zip(&written.columns) {
        let Some(old) = old.column(&column.name) else { continue };
        if let (Some(a), Some(b)) = (&old.default, &written.default)
            && expression(a) == expression(b)
        {
            column.default.clone_from(&old.default);
        }
        if let (Some(a), Some(b)) = (&old.generated, &written.generated)
            && expression(&a.expression) == expression(&b.expression)
            && a.storage == b.storage
        {
            column.generated.clone_from(&old.generated);
        }
    }
    let mut free: Vec<_> = old.checks.iter().filter(|check| !new.checks.contains(check)).collect();
    for (check, written) in new.checks.iter_mut().zip(&written.checks) {
        let same = |old: &&crate::model::CheckConstraint| {
            expression(&old.expression) == expression(&written.expression)
                && (old.name == check.name
                    || is_implied(old.name.as_deref()) && is_implied(check.name.as_deref()))
        };
        if let Some(at) = free.iter().position(same) {
            *check = free.remove(at).clone();
        }
    }
}

/// Whether a name is one that a server, or glowplug, gives by itself: then it says nothing.
fn is_implied(name: Option<&str>) -> bool {
    name.is_none_or(|name| {
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
        bare.ends_with("_check") || bare.ends_with("_chk_") || bare == "CONSTRAINT_"
    })
}

/// Views whose text differs from their counterpart's.
fn views(
    connection: &mut MysqlConnection,
    from: &Schema,
    to: &mut Schema,
) -> Result<(), DatabaseError> {
    for view in to.views.values_mut() {
        let Some(old) = from.views.get(&view.name) else { continue };
        if expression(&old.definition) == expression(&view.definition) {
            continue;
        }
        let written = scratch::view(connection, &view.definition)?;
        if written.is_some_and(|text| expression(&text) == expression(&old.definition)) {
            view.definition.clone_from(&old.definition);
            view.stored.clone_from(&old.stored);
        }
    }
    Ok(())
}
