//! One column of the stored text, changed in place.

use std::ops::Range;

use super::{Edits, has_inline_key, keeps_check, keeps_key, keeps_unique, same_names};
use crate::backend::sqlite::key::conflict_options;
use crate::backend::sqlite::render::{
    collation_clause, column_key, default_clause, generated_clause, is_rowid_alias, not_null_clause,
};
use crate::backend::sqlite::stored::{
    ColumnConstraint, ColumnConstraintKind, Element, References, StoredColumn, StoredTable,
};
use crate::model::{Column, Table};

pub(super) fn change(
    element: &Element,
    column: &StoredColumn,
    stored: &StoredTable<'_>,
    from: &Table,
    to: &Table,
    edits: &mut Edits,
) {
    let find = |table: &'_ Table| {
        table.columns.iter().find(|c| c.name.eq_ignore_ascii_case(&column.name)).cloned()
    };
    let (Some(old), Some(new)) = (find(from), find(to)) else { return };
    change_type(column, &old, &new, edits);

    let mut additions = Vec::new();
    let mut references_kept = true;
    for constraint in &column.constraints {
        let keep = match &constraint.kind {
            ColumnConstraintKind::Deferrable(_) => references_kept,
            _ => keeps(constraint, stored, &old, &new, from, to),
        };
        if matches!(constraint.kind, ColumnConstraintKind::References(_)) {
            references_kept = keep;
        }
        if !keep {
            edits.replace(with_space_before(stored.text, &constraint.range), "");
        }
    }
    add_missing(column, &old, &new, from, to, &mut additions);
    let end = element.range.end;
    for addition in additions {
        edits.insert(end, format!(" {addition}"));
    }
}

fn change_type(column: &StoredColumn, old: &Column, new: &Column, edits: &mut Edits) {
    if old.sql_type.native == new.sql_type.native {
        return;
    }
    let native = new.sql_type.native.clone().unwrap_or_default();
    match &column.type_range {
        Some(range) => edits.replace(range.clone(), native),
        None => edits.insert(column.name_range.end, format!(" {native}")),
    }
}

/// Whether a constraint of the column has a place in the new table.
fn keeps(
    constraint: &ColumnConstraint,
    stored: &StoredTable<'_>,
    old: &Column,
    new: &Column,
    from: &Table,
    to: &Table,
) -> bool {
    let own = [old.name.clone()];
    let name = constraint.name.as_deref();
    let options = conflict_options(constraint.on_conflict.as_deref());
    match &constraint.kind {
        ColumnConstraintKind::NotNull => !new.nullable && same_not_null(old, new),
        ColumnConstraintKind::Null => new.nullable,
        ColumnConstraintKind::PrimaryKey { .. } => keeps_key(from, to),
        ColumnConstraintKind::Unique => keeps_unique(name, &own, &options, to),
        ColumnConstraintKind::Check { expr } => keeps_check(name, stored.slice(expr), &options, to),
        ColumnConstraintKind::Default { .. } => same_default(old, new),
        ColumnConstraintKind::Collate { .. } => same_collation(old, new),
        ColumnConstraintKind::References(references) => {
            keeps_reference(name, &own, references, from, to)
        }
        ColumnConstraintKind::Generated { .. } => same_generated(old, new),
        ColumnConstraintKind::Deferrable(_) => true,
    }
}

fn same_not_null(old: &Column, new: &Column) -> bool {
    let (old, new) = (&old.options, &new.options);
    old.not_null == new.not_null && old.on_conflict == new.on_conflict
}

fn same_default(old: &Column, new: &Column) -> bool {
    old.default == new.default && old.options.default == new.options.default
}

fn same_collation(old: &Column, new: &Column) -> bool {
    old.collation == new.collation && old.options.collation == new.options.collation
}

fn same_generated(old: &Column, new: &Column) -> bool {
    old.generated == new.generated && old.options.generated == new.options.generated
}

/// Whether the foreign key that a text spells is one of the new table too.
pub(super) fn keeps_reference(
    name: Option<&str>,
    columns: &[String],
    references: &References,
    from: &Table,
    to: &Table,
) -> bool {
    from.foreign_keys
        .iter()
        .filter(|key| {
            key.name.as_deref() == name
                && same_names(&key.columns, columns)
                && key.foreign_table.name.eq_ignore_ascii_case(&references.table)
                && key.on_delete == references.on_delete
                && key.on_update == references.on_update
        })
        .any(|key| to.foreign_keys.contains(key))
}

/// What the new column says and the text does not.
fn add_missing(
    column: &StoredColumn,
    old: &Column,
    new: &Column,
    from: &Table,
    to: &Table,
    additions: &mut Vec<String>,
) {
    let says_not_null =
        column.constraints.iter().any(|c| matches!(c.kind, ColumnConstraintKind::NotNull));
    let was_implied = is_rowid_alias(from, old);
    let missing = !says_not_null && (old.nullable || was_implied && !is_rowid_alias(to, new));
    if !new.nullable && (missing || !same_not_null(old, new)) {
        additions.push(not_null_clause(new));
    }
    if let (Some(key), true, false) =
        (&to.primary_key, has_inline_key(to, new), keeps_key(from, to))
    {
        additions.push(column_key(key, new.identity));
    }
    let clauses = [
        (collation_clause(new), same_collation(old, new)),
        (default_clause(new), same_default(old, new)),
        (generated_clause(new), same_generated(old, new)),
    ];
    additions.extend(clauses.into_iter().filter(|(_, same)| !same).map(|(clause, _)| clause));
    additions.retain(|clause| !clause.is_empty());
}

/// The range with the spaces before it; a line break may end a comment, and stays.
fn with_space_before(text: &str, range: &Range<usize>) -> Range<usize> {
    text[..range.start].trim_end_matches([' ', '\t']).len()..range.end
}
