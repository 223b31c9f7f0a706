//! Keys, uniques, checks and foreign keys: names and spellings are the database's where the two
//! mean the same.

use crate::backend::Dialect;
use crate::model::{CheckConstraint, ExclusionConstraint, ForeignKey, Table, UniqueConstraint};

/// Takes over the names and texts of equal constraints of the database.
pub(super) fn adopt(table: &mut Table, existing: Option<&Table>, dialect: &dyn Dialect) {
    let Some(existing) = existing else { return };
    if let (Some(key), Some(old)) = (&mut table.primary_key, &existing.primary_key)
        && key.name.is_none()
        && key.columns == old.columns
    {
        key.name.clone_from(&old.name);
    }
    pair(&mut table.exclusions, &existing.exclusions, |new: &ExclusionConstraint, old| {
        let text = |sql: &str| dialect.normalize_expression(sql);
        name_fits(&new.name, &old.name)
            && new.deferrable == old.deferrable
            && text(&new.definition) == text(&old.definition)
    });
    pair(&mut table.uniques, &existing.uniques, |new: &UniqueConstraint, old| {
        new.columns == old.columns && new.options == old.options && name_fits(&new.name, &old.name)
    });
    let key = |sql: &str| dialect.normalize_expression(sql);
    pair(&mut table.checks, &existing.checks, |new: &CheckConstraint, old| {
        name_fits(&new.name, &old.name)
            && new.options == old.options
            && key(&new.expression) == key(&old.expression)
    });
    pair(&mut table.foreign_keys, &existing.foreign_keys, |new: &ForeignKey, old| {
        name_fits(&new.name, &old.name)
            && ForeignKey { name: old.name.clone(), ..new.clone() } == *old
    });
}

/// A constraint that the models leave without a name may have any.
fn name_fits(new: &Option<String>, old: &Option<String>) -> bool {
    new.is_none() || new == old
}

/// Replaces each of `new` by the first of `old` that is the same and not yet taken.
fn pair<T: Clone>(new: &mut [T], old: &[T], same: impl Fn(&T, &T) -> bool) {
    let mut free: Vec<&T> = old.iter().collect();
    for item in new {
        if let Some(at) = free.iter().position(|old| same(item, old)) {
            *item = free.remove(at).clone();
        }
    }
}

/// In a table that is not described, a constraint goes with the column that it stands on.
pub(super) fn forget_dropped_columns(table: &mut Table, existing: &Table, dialect: &dyn Dialect) {
    let dropped = dropped_columns(table, existing);
    let touches = |columns: &[String]| columns.iter().any(|c| dropped.contains(c));
    table.uniques.retain(|unique| !touches(&unique.columns));
    table.foreign_keys.retain(|key| !touches(&key.columns));
    table.exclusions.retain(|it| !dropped.iter().any(|c| dialect.mentions(&it.definition, c)));
    table.checks.retain(|check| !dropped.iter().any(|c| dialect.mentions(&check.expression, c)));
}

/// The columns that the database has and the model has not.
pub(super) fn dropped_columns(table: &Table, existing: &Table) -> Vec<String> {
    existing
        .columns
        .iter()
        .filter(|column| table.column(&column.name).is_none())
        .map(|column| column.name.clone())
        .collect()
}
