//! Hints in the models: `#[doc(alias = "plan")]` above `tier`.

use std::collections::BTreeMap;

use super::{Likeness, Rename, apply};
use crate::model::{QualifiedName, Schema, Table};

/// The renames that the models' `#[doc(alias = "…")]`s tell.
///
/// A hint counts while the old name is in `from`, the new one is not, and `to` has given the old
/// one up; afterwards it is silently without effect and may stay. Of several aliases the first that
/// counts is taken. An old name that two new ones claim is left to be asked about.
///
/// The tables come first; columns bear the new names of their tables.
#[must_use]
pub fn hinted(from: &Schema, to: &Schema, likeness: &(impl Likeness + ?Sized)) -> Vec<Rename> {
    let mut renames = tables(from, to, likeness);
    let mut schema = from.clone();
    renames.iter().for_each(|rename| apply(&mut schema, rename));
    renames.extend(columns(&schema, to, likeness));
    renames
}

/// The hinted renames of tables.
pub(super) fn tables(
    from: &Schema,
    to: &Schema,
    likeness: &(impl Likeness + ?Sized),
) -> Vec<Rename> {
    let mut claims = BTreeMap::new();
    for table in to.tables.values().filter(|table| find(from, &table.name, likeness).is_none()) {
        let mut aliases = table.renamed_from.iter().filter_map(|alias| {
            let old = find(from, &alias_of(table, alias), likeness)?;
            find(to, &old.name, likeness).is_none().then_some(old)
        });
        if let Some(old) = aliases.next() {
            claim(&mut claims, old.name.clone(), table.name.name.clone());
        }
    }
    claimed_once(claims).map(|(old, new)| Rename::table(old, new)).collect()
}

/// The hinted renames of columns. `from` has the tables under their new names already.
pub(super) fn columns(
    from: &Schema,
    to: &Schema,
    likeness: &(impl Likeness + ?Sized),
) -> Vec<Rename> {
    let pairs = to.tables.values().filter_map(|new| Some((find(from, &new.name, likeness)?, new)));
    pairs.flat_map(|(old, new)| columns_of(old, new, likeness)).collect()
}

fn columns_of(from: &Table, to: &Table, likeness: &(impl Likeness + ?Sized)) -> Vec<Rename> {
    let has = |table: &Table, name: &str| {
        let mut columns = table.columns.iter();
        columns.any(|column| likeness.same_name(&column.name, name))
    };
    let mut claims = BTreeMap::new();
    for column in to.columns.iter().filter(|column| !has(from, &column.name)) {
        let mut aliases = column.renamed_from.iter().filter_map(|alias| {
            let old = from.columns.iter().find(|old| likeness.same_name(&old.name, alias))?;
            (!has(to, &old.name)).then_some(old)
        });
        if let Some(old) = aliases.next() {
            claim(&mut claims, old.name.clone(), column.name.clone());
        }
    }
    let renamed = claimed_once(claims);
    renamed.map(|(old, new)| Rename::column(to.name.clone(), old, new)).collect()
}

fn claim<K: Ord>(claims: &mut BTreeMap<K, Vec<String>>, old: K, new: String) {
    claims.entry(old).or_default().push(new);
}

fn claimed_once<K>(claims: BTreeMap<K, Vec<String>>) -> impl Iterator<Item = (K, String)> {
    claims.into_iter().filter_map(|(old, mut new)| match new.len() {
        1 => new.pop().map(|new| (old, new)),
        _ => None,
    })
}

/// An alias is a name in the table's own schema, and may say so: `audit.event`.
fn alias_of(table: &Table, alias: &str) -> QualifiedName {
    let prefix = table.name.schema.as_ref().map(|schema| format!("{schema}."));
    table.name.sibling(prefix.and_then(|prefix| alias.strip_prefix(&prefix)).unwrap_or(alias))
}

fn find<'s>(
    schema: &'s Schema,
    name: &QualifiedName,
    likeness: &(impl Likeness + ?Sized),
) -> Option<&'s Table> {
    schema.tables.values().find(|table| {
        table.name.schema == name.schema && likeness.same_name(&table.name.name, &name.name)
    })
}
