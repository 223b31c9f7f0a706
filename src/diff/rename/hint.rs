//! Hints in the models: `#[doc(alias = "plan")]` above `tier`.

use std::collections::BTreeMap;

use super::{Likeness, Rename, apply, find};
use crate::model::{QualifiedName, Schema, Table};

/// The renames that the models' `#[doc(alias = "…")]`s tell.
///
/// A hint counts while the old name is in `from`, the new one is free, and `to` has given the old
/// one up or gives it to another; afterwards it is silently without effect and may stay. Of several aliases the first that
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
    let mut claims = Claims::default();
    for table in to.tables.values().filter(|table| !table.renamed_from.is_empty()) {
        let mut aliases = table.renamed_from.iter();
        if let Some(old) = aliases.find_map(|alias| find(from, &alias_of(table, alias), likeness)) {
            claims.add(old.name.clone(), table.name.clone());
        }
    }
    let in_from = |name: &QualifiedName| find(from, name, likeness).map(|table| table.name.clone());
    let in_to = |name: &QualifiedName| find(to, name, likeness).is_some();
    let renames = claims.chains(in_from, in_to).into_iter();
    renames.map(|(old, new)| Rename::table(old, new.name)).collect()
}

/// The hinted renames of columns. `from` has the tables under their new names already.
pub(super) fn columns(
    from: &Schema,
    to: &Schema,
    likeness: &(impl Likeness + ?Sized),
) -> Vec<Rename> {
    let hinted = to
        .tables
        .values()
        .filter(|table| table.columns.iter().any(|column| !column.renamed_from.is_empty()));
    let pairs = hinted.filter_map(|new| Some((find(from, &new.name, likeness)?, new)));
    pairs.flat_map(|(old, new)| columns_of(old, new, likeness)).collect()
}

fn columns_of(from: &Table, to: &Table, likeness: &(impl Likeness + ?Sized)) -> Vec<Rename> {
    let find = |table: &Table, name: &str| {
        let mut columns = table.columns.iter();
        columns.find(|column| likeness.same_name(&column.name, name)).map(|c| c.name.clone())
    };
    let mut claims = Claims::default();
    for column in &to.columns {
        let mut aliases = column.renamed_from.iter();
        if let Some(old) = aliases.find_map(|alias| find(from, alias)) {
            claims.add(old, column.name.clone());
        }
    }
    let renames = claims.chains(|name| find(from, name), |name| find(to, name).is_some());
    renames.into_iter().map(|(old, new)| Rename::column(to.name.clone(), old, new)).collect()
}

/// Which new names claim an old one.
struct Claims<K>(BTreeMap<K, Vec<K>>);

impl<K> Default for Claims<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Clone> Claims<K> {
    fn add(&mut self, old: K, new: K) {
        self.0.entry(old).or_default().push(new);
    }

    /// The claims that count, in the order in which they can run.
    ///
    /// They form chains: with `a` and `b` in the database and `b` (once `a`) and `c` (once `b`) in
    /// the models, `b` makes room first. A chain begins at a name that is given up and ends at one
    /// that is free; one that does not has been done already.
    fn chains(self, in_from: impl Fn(&K) -> Option<K>, in_to: impl Fn(&K) -> bool) -> Vec<(K, K)> {
        let mut claimed = BTreeMap::new();
        for (old, mut new) in self.0 {
            if new.len() == 1 {
                claimed.extend(new.pop().map(|new| (old, new)));
            }
        }
        let mut renames = Vec::new();
        for start in claimed.keys().filter(|old| !in_to(old)) {
            let mut chain = Vec::new();
            let mut next = Some(start.clone());
            while let Some((old, new)) = next.and_then(|old| claimed.get(&old).map(|n| (old, n))) {
                chain.push((old, new.clone()));
                next = in_from(new);
                if next.is_none() {
                    renames.extend(chain.drain(..).rev());
                }
            }
        }
        renames
    }
}

/// An alias is a name in the table's own schema, and may say so: `audit.event`.
fn alias_of(table: &Table, alias: &str) -> QualifiedName {
    let prefix = table.name.schema.as_ref().map(|schema| format!("{schema}."));
    table.name.sibling(prefix.and_then(|prefix| alias.strip_prefix(&prefix)).unwrap_or(alias))
}
