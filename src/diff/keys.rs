//! The primary key and the unique constraints.

use super::{Operation, difference};
use crate::model::Table;

pub(super) fn diff(from: &Table, to: &Table, operations: &mut Vec<Operation>) {
    let table = &from.name;
    if from.primary_key != to.primary_key {
        operations.push(Operation::AlterPrimaryKey {
            table: table.clone(),
            from: from.primary_key.clone(),
            to: to.primary_key.clone(),
        });
    }
    let (mut dropped, mut added) = (Vec::new(), Vec::new());
    difference(
        &from.uniques,
        &to.uniques,
        |unique| {
            dropped.push(Operation::DropUnique { table: table.clone(), unique: unique.clone() });
        },
        |unique| added.push(Operation::AddUnique { table: table.clone(), unique: unique.clone() }),
    );
    operations.append(&mut dropped);
    operations.append(&mut added);
}
