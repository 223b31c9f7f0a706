//! A changed CREATE TABLE, spliced from the slices of the stored one: what does not change is kept
//! to the letter, comments and conflict clauses included.

mod column;

use std::ops::Range;

use super::key::{conflict_options, key_columns};
use super::normalize::is_descending;
use super::render::{
    check, column_definition, create_table, is_rowid_alias, options, stands_with_column, table_key,
    unique,
};
use super::stored::{Element, ElementKind, StoredTable, TableConstraintKind, read_table};
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
    remove_elements(&stored, &kept, &mut edits);
    for (element, kept) in stored.elements.iter().zip(&kept) {
        if let (ElementKind::Column(column), true) = (&element.kind, kept) {
            column::change(element, column, &stored, from, to, &mut edits);
        }
    }
    add_columns(&stored, &kept, from, to, &mut edits);
    add_constraints(&stored, &kept, from, to, &mut edits);
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
        && from.options.without_rowid == to.options.without_rowid
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

/// Removes elements with the comma and the space that belong to them.
fn remove_elements(stored: &StoredTable<'_>, kept: &[bool], edits: &mut Edits) {
    let elements = &stored.elements;
    let last_kept = kept.iter().rposition(|kept| *kept).expect("a column is kept");
    for (n, element) in elements.iter().enumerate().take(last_kept) {
        if !kept[n] {
            edits.replace(element.range.start..elements[n + 1].range.start, "");
        }
    }
    if let (Some(last), true) = (elements.last(), last_kept + 1 < elements.len()) {
        edits.replace(elements[last_kept].range.end..last.range.end, "");
    }
}

/// New columns stand behind the last column that is kept.
fn add_columns(
    stored: &StoredTable<'_>,
    kept: &[bool],
    from: &Table,
    to: &Table,
    edits: &mut Edits,
) {
    let last = stored
        .elements
        .iter()
        .zip(kept)
        .rfind(|(element, kept)| **kept && matches!(element.kind, ElementKind::Column(_)))
        .map(|(element, _)| element.range.end)
        .expect("a column is kept");
    for column in &to.columns {
        if from.column(&column.name).is_none() {
            let key = has_inline_key(to, column).then_some(to);
            edits.insert(last, format!(",\n    {}", column_definition(column, key)));
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

/// New constraints stand at the end of the body.
fn add_constraints(
    stored: &StoredTable<'_>,
    kept: &[bool],
    from: &Table,
    to: &Table,
    edits: &mut Edits,
) {
    let at = kept
        .iter()
        .rposition(|kept| *kept)
        .map(|last| stored.elements[last].range.end)
        .expect("a column is kept");
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
    for clause in clauses {
        edits.insert(at, format!(",\n    {clause}"));
    }
}
