//! What knows the rows of a table by their rowids, where a column becomes the rowid: every row gets
//! another one then, and SQLite says nothing.

use super::super::ProveError;
use crate::backend::Refusal;
use crate::backend::sqlite::stored::{TokenKind, tokens, unquote};
use crate::diff::Operation;
use crate::model::{Column, Identity, QualifiedName, Schema, Table};

/// The names of a rowid (<https://sqlite.org/lang_createtable.html#rowid>).
const ROWID: [&str; 3] = ["rowid", "oid", "_rowid_"];

/// Refuses new rowids for the rows of a table that something else knows by them.
pub(super) fn kept(operations: &[Operation], from: &Schema, to: &Schema) -> Result<(), ProveError> {
    for (name, new) in &to.tables {
        let before = old_name(operations, name);
        let Some(old) = from.tables.get(before) else { continue };
        let Some(column) = renumbered(operations, old, new) else { continue };
        for (kind, object, on, text) in others(from, to) {
            let is_own = on.is_some_and(|on| on.eq_ignore_ascii_case(&before.name));
            if !knows_rowids(kind, text, &before.name, is_own) {
                continue;
            }
            let reason = format!(
                "it knows the rows of `{name}` by their rowids, and `{name}.{column}` becomes the \
                 rowid: every row would get another one"
            );
            let hint = format!("drop {kind} `{object}` first, and create it again afterwards");
            let refusal = Refusal::new(format!("{kind} `{object}`"), reason).hint(hint);
            return Err(ProveError::Refused(refusal));
        }
    }
    Ok(())
}

/// What a table was called.
fn old_name<'a>(operations: &'a [Operation], name: &'a QualifiedName) -> &'a QualifiedName {
    let renamed = operations.iter().find_map(|operation| match operation {
        Operation::RenameTable { from, to } if to == name => Some(from),
        _ => None,
    });
    renamed.unwrap_or(name)
}

/// The column that becomes the rowid of a table that had another one.
fn renumbered<'a>(operations: &[Operation], old: &Table, new: &'a Table) -> Option<&'a str> {
    let (before, after) = (alias(old), alias(new)?);
    let renamed = operations.iter().any(|operation| match operation {
        Operation::RenameColumn { from, to, .. } => before == Some(from) && to == after,
        _ => false,
    });
    let same = renamed || before.is_some_and(|before| before.eq_ignore_ascii_case(after));
    (!same && !old.options.without_rowid).then_some(after)
}

/// The column that is the rowid.
fn alias(table: &Table) -> Option<&str> {
    let is = |it: &&Column| matches!(it.identity, Identity::Rowid | Identity::ByDefault);
    table.columns.iter().find(is).map(|column| column.name.as_str())
}

/// The views, triggers and virtual tables that stay: kind, name, what a trigger is on, and the text.
fn others<'a>(
    from: &'a Schema,
    to: &'a Schema,
) -> impl Iterator<Item = (&'a str, &'a str, Option<&'a str>, &'a str)> {
    let views = from.views.iter().filter_map(|(name, view)| {
        to.views.get(name).filter(|other| other.is_same(view))?;
        Some(("view", name.name.as_str(), None, view.stored.as_deref()?))
    });
    let others = to.others.iter().filter(|it| from.others.contains(it)).filter_map(|it| {
        let on = it.table.as_ref().map(|table| table.name.as_str());
        Some((it.kind.as_str(), it.name.name.as_str(), on, it.sql.as_deref()?))
    });
    views.chain(others)
}

/// Whether a text speaks of the rowids of a table.
fn knows_rowids(kind: &str, text: &str, table: &str, is_own: bool) -> bool {
    let words = tokens(text).unwrap_or_default();
    let words: Vec<_> = words.into_iter().map(|it| (it.kind, unquote(&text[it.range]))).collect();
    let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
    let is_rowid = |word: &str| ROWID.iter().any(|name| is(word, name));
    if kind == "virtual table" {
        let argument = |name: &str| {
            let mut three = words.windows(3).filter(|it| is(&it[0].1, name) && it[1].1 == "=");
            three.next().map(|it| it[2].1.as_str())
        };
        let by = argument("content_rowid").unwrap_or(ROWID[0]);
        return argument("content").is_some_and(|it| is(it, table)) && is_rowid(by);
    }
    let mut names = words.iter().filter(|(kind, _)| *kind != TokenKind::Text);
    let mentioned = is_own || names.clone().any(|(_, word)| is(word, table));
    mentioned && names.any(|(_, word)| is_rowid(word))
}
