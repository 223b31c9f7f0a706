//! Indexes and constraints that only get another name: what stands on them, and what was said of
//! them, stays where the server can rename them.

use super::Operation;
use crate::model::{
    CheckConstraint, Column, ExclusionConstraint, ForeignKey, Index, QualifiedName, Schema, Table,
    UniqueConstraint,
};

/// An index or a constraint without its name.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Index(Index),
    Unique(UniqueConstraint),
    Check(CheckConstraint),
    Exclusion(ExclusionConstraint),
    ForeignKey(ForeignKey),
}

/// A part and the name that it has.
type Named = (String, Part);

/// Puts a rename in the place of each drop and addition of the same index or constraint under
/// another name, unless that name is taken, or the plan makes anew what stands on the columns.
#[must_use]
pub fn rename_parts(mut operations: Vec<Operation>, from: &Schema) -> Vec<Operation> {
    let taken = names(from);
    let mut at = 0;
    while at < operations.len() {
        let renamed = dropped(&operations[at]).and_then(|(table, (old, part))| {
            let added = operations.iter().position(|operation| {
                added(operation).is_some_and(|(other, (_, same))| other == table && same == part)
            })?;
            let (_, (new, _)) = added_at(&operations, added)?;
            let free = !taken.contains(&new) && !operations.iter().any(|it| remakes(it, table));
            let index = matches!(part, Part::Index(_));
            let rename = Operation::RenamePart { table: table.clone(), index, from: old, to: new };
            free.then_some((added, rename))
        });
        if let Some((added, rename)) = renamed {
            operations[at] = rename;
            operations.remove(added);
            at -= usize::from(added < at);
        }
        at += 1;
    }
    operations
}

/// The name of what the operation drops, and the one under which it is there afterwards.
#[must_use]
pub fn comes_back_as(
    operation: &Operation,
    from: &Schema,
    to: &Schema,
) -> Option<(String, String)> {
    let (table, (name, part)) = dropped(operation)?;
    let before = parts(from.tables.get(table)?);
    let after = parts(to.tables.get(table)?);
    let new = after.into_iter().find(|(name, other)| {
        *other == part && !before.iter().any(|(old, same)| old == name && *same == part)
    });
    new.map(|(new, _)| (name, new))
}

fn added_at(operations: &[Operation], at: usize) -> Option<(&QualifiedName, Named)> {
    operations.get(at).and_then(added)
}

fn dropped(operation: &Operation) -> Option<(&QualifiedName, Named)> {
    let (table, part) = match operation {
        Operation::DropIndex { table, index } => (table, index_part(index)),
        Operation::DropUnique { table, unique } => (table, unique_part(unique)),
        Operation::DropCheck { table, check } => (table, check_part(check)),
        Operation::DropExclusion { table, exclusion } => (table, exclusion_part(exclusion)),
        Operation::DropForeignKey { table, foreign_key } => (table, reference_part(foreign_key)),
        _ => return None,
    };
    Some((table, part?))
}

fn added(operation: &Operation) -> Option<(&QualifiedName, Named)> {
    let (table, part) = match operation {
        Operation::CreateIndex { table, index } => (table, index_part(index)),
        Operation::AddUnique { table, unique } => (table, unique_part(unique)),
        Operation::AddCheck { table, check } => (table, check_part(check)),
        Operation::AddExclusion { table, exclusion } => (table, exclusion_part(exclusion)),
        Operation::AddForeignKey { table, foreign_key } => (table, reference_part(foreign_key)),
        _ => return None,
    };
    Some((table, part?))
}

fn index_part(index: &Index) -> Option<Named> {
    let part = Part::Index(Index { name: None, stored: None, ..index.clone() });
    Some((index.name.clone()?, part))
}

fn unique_part(unique: &UniqueConstraint) -> Option<Named> {
    let part = Part::Unique(UniqueConstraint { name: None, ..unique.clone() });
    Some((unique.name.clone()?, part))
}

fn check_part(check: &CheckConstraint) -> Option<Named> {
    Some((check.name.clone()?, Part::Check(CheckConstraint { name: None, ..check.clone() })))
}

fn exclusion_part(exclusion: &ExclusionConstraint) -> Option<Named> {
    let part = Part::Exclusion(ExclusionConstraint { name: None, ..exclusion.clone() });
    Some((exclusion.name.clone()?, part))
}

fn reference_part(key: &ForeignKey) -> Option<Named> {
    Some((key.name.clone()?, Part::ForeignKey(ForeignKey { name: None, ..key.clone() })))
}

fn parts(table: &Table) -> Vec<Named> {
    let indexes = table.indexes.iter().filter_map(index_part);
    let uniques = table.uniques.iter().filter_map(unique_part);
    let checks = table.checks.iter().filter_map(check_part);
    let exclusions = table.exclusions.iter().filter_map(exclusion_part);
    let keys = table.foreign_keys.iter().filter_map(reference_part);
    indexes.chain(uniques).chain(checks).chain(exclusions).chain(keys).collect()
}

/// The names that something bears: those of indexes share one space with tables.
fn names(schema: &Schema) -> Vec<String> {
    let of_tables = schema.tables.values().flat_map(|table| {
        let key = table.primary_key.iter().filter_map(|key| key.name.clone());
        parts(table).into_iter().map(|(name, _)| name).chain(key)
    });
    let of_views = schema.views.values().flat_map(|view| &view.indexes);
    let of_views = of_views.filter_map(|index| index.name.clone());
    let definitions = schema.definitions.iter().map(|definition| &definition.name);
    let own = schema.tables.keys().chain(schema.views.keys()).chain(definitions);
    own.map(|name| name.name.clone()).chain(of_tables).chain(of_views).collect()
}

/// Whether the operation may make what stands on columns of the table anew, by the name that it
/// has before or after the plan.
fn remakes(operation: &Operation, of: &QualifiedName) -> bool {
    match operation {
        Operation::AlterColumn { table, from, to, .. } => table == of && rewrites(from, to),
        Operation::AlterEnum { .. } => true,
        _ => false,
    }
}

fn rewrites(from: &Column, to: &Column) -> bool {
    from.sql_type != to.sql_type || from.collation != to.collation || from.generated != to.generated
}
