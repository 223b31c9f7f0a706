//! The order in which operations can run: creation before use, drops last.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Freed;
use super::{definitions, views};
use crate::backend::{Dialect, Refusal};
use crate::diff::Operation;
use crate::model::{ForeignKey, OtherObject, QualifiedName, Schema, Table};

/// Orders operations; the reversed order suits their inverses. Foreign keys that close a cycle of
/// new or dropped tables are detached where the backend can add them later.
pub(super) fn order(
    operations: Vec<Operation>,
    from: &Schema,
    to: &Schema,
    dialect: &dyn Dialect,
) -> Vec<Operation> {
    let views = views::rank(&operations, [from, to]);
    let created = rank(operations.iter().filter_map(|operation| match operation {
        Operation::CreateTable { table } => Some(table),
        _ => None,
    }));
    let dropped = rank(operations.iter().filter_map(|operation| match operation {
        Operation::DropTable { table } => Some(table),
        _ => None,
    }));
    let definitions = definitions::Ranks::of([from, to]);
    let detach = dialect.capabilities().add_foreign_key;
    let keys: BTreeSet<QualifiedName> = operations
        .iter()
        .filter_map(|operation| match operation {
            Operation::AlterPrimaryKey { table, .. } => Some(table.clone()),
            _ => None,
        })
        .collect();
    let mut ordered = Vec::with_capacity(operations.len());
    for operation in operations {
        match operation {
            Operation::CreateTable { table } if detach => {
                let (table, keys) = split_cycle(table, &created);
                let name = table.name.clone();
                ordered.push(Operation::CreateTable { table });
                ordered.extend(keys.into_iter().map(|foreign_key| Operation::AddForeignKey {
                    table: name.clone(),
                    foreign_key,
                }));
            }
            Operation::DropTable { table } if detach => {
                let (table, keys) = split_cycle(table, &dropped);
                let name = table.name.clone();
                ordered.extend(keys.into_iter().map(|foreign_key| Operation::DropForeignKey {
                    table: name.clone(),
                    foreign_key,
                }));
                ordered.push(Operation::DropTable { table });
            }
            other => ordered.push(other),
        }
    }
    let freed = Freed::by(&ordered, from, to, dialect);
    // Stable: what shares a phase and a rank keeps the order of the names.
    ordered.sort_by_key(|operation| match operation {
        operation if freed.place(operation, &created).is_some() => {
            (DROPPED, freed.place(operation, &created).unwrap_or_default())
        }
        Operation::CreateTable { table } => (phase(operation), created[&table.name] as isize),
        Operation::DropTable { table } => (phase(operation), -(dropped[&table.name] as isize)),
        Operation::CreateView { view } => (phase(operation), views[&view.name] as isize),
        Operation::DropView { view } => (phase(operation), -(views[&view.name] as isize)),
        // What is built of others comes after them, and goes before them.
        Operation::CreateDefinition { definition }
        | Operation::AlterDefinition { to: definition, .. } => {
            (phase(operation), 1 + definitions.place(definition))
        }
        Operation::DropDefinition { definition } => {
            (phase(operation), -1 - definitions.place(definition))
        }
        // A column of a key holds no NULL: it may hold one when the key has gone.
        Operation::AlterColumn { table, from, to, .. }
            if !from.nullable && to.nullable && keys.contains(table) =>
        {
            (KEYED, 1)
        }
        // What is computed is dropped before a column that it stands on changes its type, and added after.
        Operation::CreateObject { object } => object_place(object),
        Operation::DropObject { object } => {
            let (phase, place) = object_place(object);
            if phase == LAST { (0, -MANY - place) } else { (phase, -place) }
        }
        Operation::DropColumn { column, .. } if column.generated.is_some() => (ALTERED, -1),
        Operation::AddColumn { column, .. } if column.generated.is_some() => (ALTERED, 1),
        _ => (phase(operation), 0),
    });
    ordered
}

/// The phase in which columns change.
const ALTERED: u8 = 8;

/// The phase in which tables go.
const DROPPED: u8 = 14;

/// The phase of what stands on all others.
const LAST: u8 = 17;

/// More than there are tables or views.
pub(super) const MANY: isize = isize::MAX / 2;

/// The phase and the place in which an object that is not modelled is created. A virtual table goes
/// and comes in one phase: what reads it must find one while columns are dropped.
fn object_place(object: &OtherObject) -> (u8, isize) {
    match object.kind.as_str() {
        "virtual table" => (DROPPED, MANY),
        "trigger" => (LAST, 2),
        _ => (LAST, 1),
    }
}
/// The phase in which primary keys change.
const KEYED: u8 = 9;

/// The phases, first to last.
fn phase(operation: &Operation) -> u8 {
    match operation {
        Operation::DropView { .. } => 0,
        Operation::DropForeignKey { .. } => 1,
        Operation::DropIndex { .. }
        | Operation::DropUnique { .. }
        | Operation::DropExclusion { .. }
        | Operation::DropCheck { .. } => 2,
        // A type that changes must find nothing on its columns that goes anyway.
        Operation::CreateEnum { .. }
        | Operation::AlterEnum { .. }
        | Operation::CreateDefinition { .. }
        | Operation::AlterDefinition { .. } => 3,
        Operation::RenameTable { .. } => 4,
        Operation::RenameColumn { .. } | Operation::RenamePart { .. } => 5,
        Operation::CreateTable { .. } => 6,
        Operation::AddColumn { .. } => 7,
        Operation::AlterTable { .. }
        | Operation::AlterColumn { .. }
        | Operation::RebuildTable { .. } => ALTERED,
        Operation::AlterPrimaryKey { .. } => KEYED,
        Operation::DropColumn { .. } => 10,
        Operation::AddUnique { .. }
        | Operation::AddCheck { .. }
        | Operation::AddExclusion { .. } => 11,
        Operation::CreateIndex { .. } => 12,
        Operation::AddForeignKey { .. } => 13,
        Operation::DropTable { .. } => DROPPED,
        Operation::CreateView { .. } => 15,
        Operation::DropEnum { .. } | Operation::DropDefinition { .. } => 16,
        Operation::CreateObject { .. } | Operation::DropObject { .. } => LAST,
    }
}

/// The place of each table when the tables that it refers to come first; ties by name. Tables of
/// a cycle follow in the order of their names.
fn rank<'a>(tables: impl Iterator<Item = &'a Table>) -> BTreeMap<QualifiedName, usize> {
    let tables: BTreeMap<_, _> = tables.map(|table| (&table.name, table)).collect();
    let mut waiting: BTreeMap<&QualifiedName, usize> = BTreeMap::new();
    let mut referrers: BTreeMap<&QualifiedName, Vec<&QualifiedName>> = BTreeMap::new();
    for table in tables.values() {
        let targets: BTreeSet<_> = table
            .foreign_keys
            .iter()
            .map(|key| &key.foreign_table)
            .filter(|target| **target != table.name && tables.contains_key(target))
            .collect();
        waiting.insert(&table.name, targets.len());
        for target in targets {
            referrers.entry(target).or_default().push(&table.name);
        }
    }
    let mut ready: BTreeSet<_> =
        waiting.iter().filter(|(_, n)| **n == 0).map(|(name, _)| *name).collect();
    let mut ranks = BTreeMap::new();
    while ranks.len() < tables.len() {
        let next = ready.pop_first().or_else(|| {
            // Only cycles are left: the first by name opens one.
            waiting.keys().find(|name| !ranks.contains_key(**name)).copied()
        });
        let Some(next) = next else { break };
        if ranks.contains_key(next) {
            continue;
        }
        ranks.insert(next.clone(), ranks.len());
        for referrer in referrers.get(next).into_iter().flatten() {
            if let Some(n) = waiting.get_mut(referrer) {
                *n = n.saturating_sub(1);
                if *n == 0 && !ranks.contains_key(*referrer) {
                    ready.insert(referrer);
                }
            }
        }
    }
    ranks
}

/// Takes from a table the foreign keys that point at a table of a later rank.
fn split_cycle(
    mut table: Table,
    ranks: &BTreeMap<QualifiedName, usize>,
) -> (Table, Vec<ForeignKey>) {
    let own = ranks[&table.name];
    let later = |key: &ForeignKey| ranks.get(&key.foreign_table).is_some_and(|rank| *rank > own);
    let (detached, kept) = table.foreign_keys.into_iter().partition(later);
    table.foreign_keys = kept;
    (table, detached)
}

/// A table that stays must not refer to one that goes.
pub(super) fn dangling_references(from: &Schema, to: &Schema) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for table in to.tables.values() {
        for key in &table.foreign_keys {
            let target = &key.foreign_table;
            if to.tables.contains_key(target) {
                continue;
            }
            if from.tables.contains_key(target) {
                refusals.push(
                    Refusal::new(
                        format!("table `{target}`"),
                        format!("it would be dropped, but `{}` refers to it", table.name),
                    )
                    .hint(format!(
                        "drop the foreign key of `{}` too, or keep the table",
                        table.name
                    )),
                );
                continue;
            }
            // Of a schema that nothing names, the tables are not known.
            let known = |schema: &Option<String>| {
                schema.is_none() || to.tables.keys().any(|name| name.schema == *schema)
            };
            let is_new = from
                .tables
                .get(&table.name)
                .is_none_or(|table| !table.foreign_keys.iter().any(|old| old == key));
            if is_new && known(&target.schema) {
                refusals.push(Refusal::new(
                    format!("table `{target}`"),
                    format!("`{}` would refer to it, but it does not exist", table.name),
                ));
            }
        }
    }
    refusals
}
