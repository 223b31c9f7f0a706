//! Views that make room: a view that stands on what changes is dropped first and made again as it
//! was, and so are the views that stand on that one. The order of views is theirs alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::backend::{Dialect, Refusal};
use crate::diff::Operation;
use crate::diff::rename::text;
use crate::model::{Dependency, QualifiedName, Schema, View};

/// The words of the server for views.
const VIEWS: &[&str] = &["view", "materialized view"];

/// Adds a drop and a creation for each view that must make room for the operations.
pub(super) fn make_room(
    operations: &mut Vec<Operation>,
    from: &Schema,
    to: &Schema,
    dialect: &dyn Dialect,
) -> Vec<Refusal> {
    let (moved, refusals) = in_the_way(operations, from, to, &from.dependencies, dialect);
    operations.retain(|operation| !is_on_one_of(&moved, operation));
    for name in moved {
        operations.push(Operation::DropView { view: from.views[&name].clone() });
        operations.push(Operation::CreateView { view: to.views[&name].clone() });
    }
    refusals
}

/// The same for the way down, which is in order already: a label that is added in place is taken
/// away by a type in the old one's place.
pub(super) fn make_room_on_the_way_down(
    down: &mut Vec<Operation>,
    from: &Schema,
    to: &Schema,
    dialect: &dyn Dialect,
) -> Vec<Refusal> {
    let (moved, refusals) = in_the_way(down, to, from, &from.dependencies, dialect);
    down.retain(|operation| !is_on_one_of(&moved, operation));
    let mut room: Vec<Operation> = Vec::new();
    for name in &moved {
        room.push(Operation::CreateView { view: from.views[name].clone() });
    }
    let ranks = rank(&room, [from, to]);
    room.sort_by_key(|operation| match operation {
        Operation::CreateView { view } => ranks[&view.name],
        _ => 0,
    });
    let drops: Vec<_> = room.iter().rev().cloned().map(Operation::invert).collect();
    down.splice(0..0, drops);
    down.extend(room);
    refusals
}

/// A view that makes room comes back with the indexes that it is to have.
fn is_on_one_of(moved: &BTreeSet<QualifiedName>, operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::CreateIndex { table, .. }
            | Operation::DropIndex { table, .. }
            | Operation::RenamePart { table, .. }
            if moved.contains(table)
    )
}

/// The views that stand in the way, and those that cannot be made again.
fn in_the_way(
    operations: &[Operation],
    from: &Schema,
    to: &Schema,
    dependencies: &[Dependency],
    dialect: &dyn Dialect,
) -> (BTreeSet<QualifiedName>, Vec<Refusal>) {
    let mut moved: BTreeSet<QualifiedName> = BTreeSet::new();
    let mut refusals = Vec::new();
    let dropped: BTreeSet<QualifiedName> = operations
        .iter()
        .filter_map(|operation| match operation {
            Operation::DropView { view } => Some(view.name.clone()),
            _ => None,
        })
        .collect();
    let mut open: Vec<(QualifiedName, Option<String>)> =
        dropped.iter().map(|name| (name.clone(), None)).collect();
    open.extend(operations.iter().flat_map(|operation| dialect.moves_views(operation, from, to)));
    while let Some((on, column)) = open.pop() {
        for dependency in dependencies {
            let hit = dependency.on == on && (column.is_none() || dependency.column == column);
            if !hit || !VIEWS.contains(&dependency.kind.as_str()) {
                continue;
            }
            let name = &dependency.name;
            if dropped.contains(name) || moved.contains(name) {
                continue;
            }
            if !from.views.contains_key(name) || !to.views.contains_key(name) {
                refusals.push(out_of_sight(dependency.kind.as_str(), name, &on));
                continue;
            }
            moved.insert(name.clone());
            open.push((name.clone(), None));
        }
    }
    (moved, refusals)
}

/// A view of a schema that no model names cannot be made again.
fn out_of_sight(kind: &str, name: &QualifiedName, on: &QualifiedName) -> Refusal {
    Refusal::new(
        format!("{kind} `{name}`"),
        format!("it stands on `{on}`, which changes, in a schema that no model names"),
    )
    .hint(format!(
        "drop the {kind} in a migration of its own first, and make it again in one after"
    ))
}

/// The place of each view when those that it stands on come first; ties by name.
pub(super) fn rank(
    operations: &[Operation],
    schemas: [&Schema; 2],
) -> BTreeMap<QualifiedName, usize> {
    let views: BTreeMap<&QualifiedName, Vec<&View>> =
        operations.iter().fold(BTreeMap::new(), |mut views, operation| {
            if let Operation::CreateView { view } | Operation::DropView { view } = operation {
                views.entry(&view.name).or_insert_with(Vec::new).push(view);
            }
            views
        });
    let stands_on = |name: &QualifiedName, other: &QualifiedName| {
        let said = schemas
            .iter()
            .any(|schema| schema.dependencies.iter().any(|d| d.name == *name && d.on == *other));
        said || views[name].iter().any(|view| text::mentions(&view.definition, &other.name))
    };
    let mut ranks = BTreeMap::new();
    let mut waiting: Vec<&QualifiedName> = views.keys().copied().collect();
    while !waiting.is_empty() {
        let ready = waiting
            .iter()
            .position(|name| !waiting.iter().any(|other| other != name && stands_on(name, other)));
        // Views that mention each other only seem to: a column may bear a view's name.
        let next = waiting.remove(ready.unwrap_or(0));
        ranks.insert(next.clone(), ranks.len());
    }
    ranks
}
