//! A changed CREATE TABLE, spliced from the slices of the stored one: what does not change is kept
//! to the letter, comments and conflict clauses included.

mod column;
mod layout;

use std::ops::Range;

use self::layout::Layout;
pub(super) use self::layout::drop_takes_comments;
use super::key::{conflict_options, key_columns};
use super::normalize::is_descending;
use super::render::{
    check, column_definition, create_table, is_rowid_alias, options, stands_with_column, table_key,
    unique,
};
use super::stored::{
    ColumnConstraintKind, Element, ElementKind, StoredTable, TableConstraintKind, read_table,
};
use crate::backend::ident::quote;
use crate::backend::{Backend, Refusal, standard};
use crate::model::{CheckConstraint, Column, ConstraintOptions, Table, UniqueConstraint};

/// The text of `to`, made from the stored text of `from`.
pub(super) fn rebuilt_text(from: &Table, to: &Table) -> Result<String, Refusal> {
    let Some(text) = from.stored.as_deref() else { return Ok(create_table(to)) };
    let stored = read(text, &from.name.to_string())?;
    let kept: Vec<bool> = stored.elements.iter().map(|e| keeps(e, &stored, from, to)).collect();
    let keeps_column = stored
        .elements
        .iter()
        .zip(&kept)
        .any(|(element, kept)| *kept && matches!(element.kind, ElementKind::Column(_)));
    if !keeps_column {
        return Ok(create_table(to));
    }
    let mut edits = Edits::default();
    let layout = Layout::of(&stored);
    let added = Added::of(&stored, &kept, from, to);
    remove_elements(&layout, &kept, &added, &mut edits);
    for (element, kept) in stored.elements.iter().zip(&kept) {
        if let (ElementKind::Column(column), true) = (&element.kind, kept) {
            column::change(element, column, &stored, from, to, &mut edits);
        }
    }
    added.insert(&layout, &mut edits);
    if from.options != to.options {
        let tail = options(to);
        edits.replace(stored.body_close + 1..stored.text.len(), tail);
    }
    Ok(edits.apply(text))
}

/// The text of a table with another name for it.
pub(super) fn renamed(text: &str, table: &str, name: &str) -> Result<String, Refusal> {
    let stored = read(text, table)?;
    let mut edits = Edits::default();
    edits.replace(stored.name.clone(), quote(Backend::Sqlite, name));
    Ok(edits.apply(text))
}

fn read<'a>(text: &'a str, name: &str) -> Result<StoredTable<'a>, Refusal> {
    read_table(text).map_err(|error| {
        Refusal::new(format!("table `{name}`"), format!("it cannot be rebuilt safely: {error}"))
    })
}

/// Changes of a text, by byte range, each range at most once.
#[derive(Default)]
struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    fn apply(mut self, text: &str) -> String {
        // Stable: insertions at one place keep their order, and come before a removal there.
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut result = String::with_capacity(text.len());
        let mut at = 0;
        for (range, new) in self.0 {
            result.push_str(&text[at..range.start.max(at)]);
            result.push_str(&new);
            at = at.max(range.end);
        }
        result.push_str(&text[at..]);
        result
    }
}

/// Whether an element has a place in the new table. A column's own constraints are looked at
/// one by one later.
fn keeps(element: &Element, stored: &StoredTable<'_>, from: &Table, to: &Table) -> bool {
    let constraint = match &element.kind {
        ElementKind::Column(column) => {
            return to.columns.iter().any(|c| c.name.eq_ignore_ascii_case(&column.name));
        }
        ElementKind::Constraint(constraint) => constraint,
    };
    match &constraint.kind {
        TableConstraintKind::PrimaryKey { .. } => keeps_key(from, to),
        TableConstraintKind::Unique { columns } => {
            let (columns, options) = key_columns(columns, constraint.on_conflict.as_deref());
            keeps_unique(constraint.name.as_deref(), &columns, &options, to)
        }
        TableConstraintKind::Check { expr } => {
            let options = conflict_options(constraint.on_conflict.as_deref());
            keeps_check(constraint.name.as_deref(), stored.slice(expr), &options, to)
        }
        TableConstraintKind::ForeignKey { columns, references } => {
            let columns: Vec<_> = columns.iter().map(|c| c.name.clone()).collect();
            column::keeps_reference(constraint.name.as_deref(), &columns, references, from, to)
        }
    }
}

/// Whether the primary key, and who assigns it, stay what they are.
fn keeps_key(from: &Table, to: &Table) -> bool {
    let identity = |table: &Table| {
        table.sole_key().and_then(|name| table.column(name)).map(|column| column.identity)
    };
    from.primary_key == to.primary_key
        && identity(from) == identity(to)
        && (from.options.without_rowid == to.options.without_rowid || !is_integer_key(to))
}

/// Whether the same words make it the rowid or not: `WITHOUT ROWID` decides.
fn is_integer_key(table: &Table) -> bool {
    let column = table.sole_key().and_then(|name| table.column(name));
    let native = column.and_then(|column| column.sql_type.native.as_deref());
    native.is_some_and(|native| native.eq_ignore_ascii_case("INTEGER"))
}

fn keeps_unique(
    name: Option<&str>,
    columns: &[String],
    options: &ConstraintOptions,
    to: &Table,
) -> bool {
    to.uniques.iter().any(|unique| {
        unique.name.as_deref() == name
            && same_names(&unique.columns, columns)
            && unique.options == *options
    })
}

fn keeps_check(
    name: Option<&str>,
    expression: &str,
    options: &ConstraintOptions,
    to: &Table,
) -> bool {
    to.checks.iter().any(|check| {
        check.name.as_deref() == name
            && check.expression.trim() == expression.trim()
            && check.options == *options
    })
}

fn same_names(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// Removes elements with what belongs to them.
fn remove_elements(layout: &Layout, kept: &[bool], added: &Added, edits: &mut Edits) {
    let last = kept.len() - 1;
    for n in (0..added.last_kept).filter(|n| !kept[*n]) {
        edits.replace(layout.starts[n]..layout.starts[n + 1], "");
    }
    if added.last_kept == last {
        return;
    }
    let end = layout.ends[last];
    match layout.commented[added.last_kept] {
        None => edits.replace(layout.ends[added.last_kept]..end, ""),
        Some((comma, _)) => {
            // What is added goes on behind the comma.
            if added.is_empty_at_the_end() {
                edits.replace(layout.ends[added.last_kept]..comma + 1, "");
            }
            edits.replace(layout.starts[added.last_kept + 1]..end, "");
        }
    }
}

/// What is new: columns behind the last column that is kept, constraints at the end of the body.
struct Added {
    last_column: usize,
    last_kept: usize,
    columns: Vec<String>,
    constraints: Vec<String>,
}

impl Added {
    fn of(stored: &StoredTable<'_>, kept: &[bool], from: &Table, to: &Table) -> Self {
        let last_kept = kept.iter().rposition(|kept| *kept).expect("a column is kept");
        let is_kept_column =
            |n: &usize| kept[*n] && matches!(stored.elements[*n].kind, ElementKind::Column(_));
        let last_column = (0..kept.len()).rfind(is_kept_column).expect("a column is kept");
        let is_new = |column: &&Column| from.column(&column.name).is_none();
        let columns = to.columns.iter().filter(is_new).map(|column| {
            let key = has_inline_key(to, column).then_some(to);
            column_definition(column, key)
        });
        let columns = columns.collect();
        let mut constraints = new_constraints(from, to);
        constraints.extend(checks_behind_what_goes(stored, kept, to));
        Self { last_column, last_kept, columns, constraints }
    }

    /// Whether nothing stands behind the last element that is kept.
    fn is_empty_at_the_end(&self) -> bool {
        self.constraints.is_empty()
            && (self.columns.is_empty() || self.last_column != self.last_kept)
    }

    fn insert(&self, layout: &Layout, edits: &mut Edits) {
        let mut insert = |at: usize, parts: &[&String]| match layout.commented[at] {
            // The comment behind the comma stays with its element.
            Some((_, behind)) => {
                let ends = at == self.last_kept && at + 1 < layout.ends.len();
                for (n, part) in parts.iter().enumerate() {
                    let comma = if ends && n + 1 == parts.len() { "" } else { "," };
                    edits.insert(behind, format!("\n    {part}{comma}"));
                }
            }
            None => parts.iter().for_each(|part| {
                edits.insert(layout.ends[at], format!(",\n    {part}"));
            }),
        };
        if self.last_column == self.last_kept {
            let parts: Vec<_> = self.columns.iter().chain(&self.constraints).collect();
            insert(self.last_kept, &parts);
        } else {
            insert(self.last_column, &self.columns.iter().collect::<Vec<_>>());
            insert(self.last_kept, &self.constraints.iter().collect::<Vec<_>>());
        }
    }
}

/// Whether the key stands with the column and nowhere else: as the rowid, or as INTEGER that is none.
fn has_inline_key(table: &Table, column: &Column) -> bool {
    let declared = column.sql_type.native.as_deref().unwrap_or_default();
    let descending = table.primary_key.as_ref().is_some_and(is_descending);
    stands_with_column(table, column)
        && (is_rowid_alias(table, column) || descending && declared.eq_ignore_ascii_case("INTEGER"))
}

/// A check stays where the column goes that it was written behind.
fn checks_behind_what_goes(stored: &StoredTable<'_>, kept: &[bool], to: &Table) -> Vec<String> {
    let gone = stored.elements.iter().zip(kept).filter(|(_, kept)| !**kept);
    let constraints = gone.flat_map(|(element, _)| match &element.kind {
        ElementKind::Column(column) => column.constraints.as_slice(),
        ElementKind::Constraint(_) => &[],
    });
    let stays = constraints.filter_map(|constraint| {
        let ColumnConstraintKind::Check { expr } = &constraint.kind else { return None };
        let options = conflict_options(constraint.on_conflict.as_deref());
        let stays = to.checks.iter().find(|check| {
            check.name == constraint.name
                && check.expression.trim() == stored.slice(expr).trim()
                && check.options == options
        });
        stays.map(check)
    });
    stays.collect()
}

fn new_constraints(from: &Table, to: &Table) -> Vec<String> {
    let mut clauses = Vec::new();
    let inline = to.columns.iter().any(|column| has_inline_key(to, column));
    if let (Some(key), false, false) = (&to.primary_key, inline, keeps_key(from, to)) {
        clauses.push(table_key(key, to));
    }
    let new_unique = |unique: &&UniqueConstraint| !from.uniques.contains(unique);
    clauses.extend(to.uniques.iter().filter(new_unique).map(unique));
    let new_check = |check: &&CheckConstraint| !from.checks.contains(check);
    clauses.extend(to.checks.iter().filter(new_check).map(check));
    let new_keys = to.foreign_keys.iter().filter(|key| !from.foreign_keys.contains(key));
    clauses.extend(new_keys.map(|key| standard::foreign_key(Backend::Sqlite, key)));
    clauses
}
