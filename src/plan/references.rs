//! Foreign keys that make room: while one end has its new type and the other one its old, no operator
//! may compare them.

use crate::backend::Dialect;
use crate::diff::Operation;
use crate::model::{Column, QualifiedName, Schema};

/// Adds a drop and a creation for each foreign key whose ends change to a type that the old one cannot
/// be compared with.
pub(super) fn make_room(
    operations: &mut Vec<Operation>,
    from: &Schema,
    to: &Schema,
    dialect: &dyn Dialect,
) {
    let mut room = Vec::new();
    for (name, table) in &from.tables {
        let Some(after) = to.tables.get(name) else { continue };
        for key in table.foreign_keys.iter().filter(|key| after.foreign_keys.contains(key)) {
            let apart = key.columns.iter().zip(&key.foreign_columns).any(|(own, other)| {
                let own = retyped(operations, name, own);
                let other = retyped(operations, &key.foreign_table, other);
                own.is_some() && other.is_some_and(|(from, to)| dialect.keeps_apart(from, to))
            });
            if apart {
                let (table, foreign_key) = (name.clone(), key.clone());
                room.push(Operation::DropForeignKey { table, foreign_key });
            }
        }
    }
    let again: Vec<_> = room.iter().cloned().map(Operation::invert).collect();
    operations.extend(room.into_iter().chain(again));
}

/// The column before and after, where its type changes.
fn retyped<'a>(
    operations: &'a [Operation],
    of: &QualifiedName,
    column: &str,
) -> Option<(&'a Column, &'a Column)> {
    operations.iter().find_map(|operation| match operation {
        Operation::AlterColumn { table, from, to, .. }
            if table == of && to.name == column && from.sql_type != to.sql_type =>
        {
            Some((from, to))
        }
        _ => None,
    })
}
