//! Which tables join, and which may stand in one query.

use std::collections::{BTreeMap, BTreeSet};

use super::Groups;
use super::table::{Catalog, ForeignKey, Table, TableName};

/// The foreign keys that `joinable!` can say: one column to the sole key column of another printed
/// table, and the only one between the two.
pub(super) fn joinables(catalog: &Catalog) -> Vec<&ForeignKey> {
    let printed: BTreeMap<&TableName, &Table> =
        catalog.tables.iter().map(|table| (&table.name, table)).collect();
    let pair = |key: &ForeignKey| {
        let (child, parent) = (key.child.clone(), key.parent.clone());
        if child <= parent { (child, parent) } else { (parent, child) }
    };
    let mut between: BTreeMap<_, usize> = BTreeMap::new();
    for key in &catalog.foreign_keys {
        *between.entry(pair(key)).or_default() += 1;
    }
    let says = |key: &&ForeignKey| {
        let to_key = printed.get(&key.parent).is_some_and(|parent| {
            parent.primary_key.len() == 1
                && parent.primary_key.first() == key.parent_columns.first()
        });
        key.parent != key.child
            && to_key
            && printed.contains_key(&key.child)
            && key.columns.len() == 1
            && between[&pair(key)] == 1
    };
    catalog.foreign_keys.iter().filter(says).collect()
}

/// The tables of each `allow_tables_to_appear_in_same_query!`.
pub(super) fn groups<'a>(
    catalog: &'a Catalog,
    joinables: &[&'a ForeignKey],
    groups: Groups,
) -> Vec<Vec<&'a TableName>> {
    let all = || catalog.tables.iter().map(|table| &table.name);
    let mut groups = match groups {
        Groups::None => Vec::new(),
        Groups::AllTables => vec![all().collect()],
        Groups::ForeignKeys => connected(all(), joinables),
    };
    groups.retain(|group| group.len() >= 2);
    groups
}

/// The tables that foreign keys connect, in either direction; both levels sorted.
fn connected<'a>(
    tables: impl Iterator<Item = &'a TableName>,
    keys: &[&'a ForeignKey],
) -> Vec<Vec<&'a TableName>> {
    let mut neighbours: BTreeMap<&TableName, Vec<&TableName>> = BTreeMap::new();
    for key in keys {
        neighbours.entry(&key.child).or_default().push(&key.parent);
        neighbours.entry(&key.parent).or_default().push(&key.child);
    }
    let mut seen = BTreeSet::new();
    let mut groups = Vec::new();
    for table in tables {
        let mut group = Vec::new();
        let mut todo = vec![table];
        while let Some(name) = todo.pop() {
            if seen.insert(name) {
                group.push(name);
                todo.extend(neighbours.get(name).into_iter().flatten());
            }
        }
        group.sort();
        if !group.is_empty() {
            groups.push(group);
        }
    }
    groups.sort();
    groups
}
