//! What a backend cannot do in place becomes one rebuild per table, however many changes.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::backend::{Dialect, EngineVersion, Refusal};
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema, Table};

/// What a plan is lowered for.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) dialect: &'a dyn Dialect,
    /// The oldest version that runs it; `None`: one that does in place what is done in place.
    pub(super) oldest: Option<EngineVersion>,
}

impl Target<'_> {
    fn alters_in_place(
        &self,
        operation: &Operation,
        table: &Table,
        to: &Schema,
        others: &[Operation],
    ) -> bool {
        let since = self.dialect.in_place_since(operation);
        since.is_none_or(|since| self.oldest.is_none_or(|oldest| since <= oldest))
            && self.dialect.alters_in_place(operation, table, to, others)
    }
}

/// Replaces the operations of each table that cannot be altered in place by one rebuild, at the
/// place of the first of them.
/// `forced` are tables that are rebuilt in any case: what a rebuild did, a rebuild undoes.
pub(super) fn lower(
    operations: Vec<Operation>,
    from: &Schema,
    to: &Schema,
    forced: &BTreeSet<QualifiedName>,
    target: Target<'_>,
) -> Result<Vec<Operation>, Vec<Refusal>> {
    let dialect = target.dialect;
    if !dialect.capabilities().rebuilds {
        return Ok(operations);
    }
    let mut changes: BTreeMap<QualifiedName, Vec<Operation>> = BTreeMap::new();
    for operation in &operations {
        if let Some(name) = changed_table(operation) {
            changes.entry(name.clone()).or_default().push(operation.clone());
        }
    }
    changes.retain(|name, operations| {
        let Some(table) = from.tables.get(name) else { return false };
        let in_place =
            |operation: &Operation| target.alters_in_place(operation, table, to, operations);
        forced.contains(name) || !operations.iter().all(in_place)
    });

    let mut lowered = Vec::with_capacity(operations.len());
    let mut refusals = Vec::new();
    for operation in operations {
        let name = changed_table(&operation)
            .filter(|name| from.tables.contains_key(*name) && to.tables.contains_key(*name));
        let Some(name) = name.cloned() else {
            lowered.push(operation);
            continue;
        };
        match changes.get_mut(&name) {
            None => lowered.push(operation),
            Some(taken) if taken.is_empty() => {}
            Some(changes) => {
                let changes = std::mem::take(changes);
                match rebuild(&from.tables[&name], &to.tables[&name], changes, dialect) {
                    Ok(operation) => lowered.push(operation),
                    Err(refusal) => refusals.push(refusal),
                }
            }
        }
    }
    if refusals.is_empty() { Ok(names::after_drops(lowered)) } else { Err(refusals) }
}

/// The table that an operation alters, as opposed to creating, dropping or renaming it.
fn changed_table(operation: &Operation) -> Option<&QualifiedName> {
    match operation {
        Operation::CreateTable { .. }
        | Operation::DropTable { .. }
        | Operation::RenameTable { .. } => None,
        other => other.table(),
    }
}

fn rebuild(
    from: &Table,
    to: &Table,
    changes: Vec<Operation>,
    dialect: &dyn Dialect,
) -> Result<Operation, Refusal> {
    let mut to = to.clone();
    if to.stored.is_none() {
        to.stored = dialect.rebuilt_text(from, &to)?;
    }
    Ok(Operation::RebuildTable { from: from.clone(), to, changes })
}

/// The tables that a lowered plan rebuilds.
pub(super) fn rebuilt(operations: &[Operation]) -> BTreeSet<QualifiedName> {
    let rebuilt = operations.iter().filter_map(|operation| match operation {
        Operation::RebuildTable { to, .. } => Some(to.name.clone()),
        _ => None,
    });
    rebuilt.collect()
}
