//! Foreign keys.

use super::{Operation, difference};
use crate::model::Table;

pub(super) fn diff(from: &Table, to: &Table, operations: &mut Vec<Operation>) {
    let table = &from.name;
    let (mut dropped, mut added) = (Vec::new(), Vec::new());
    difference(
        &from.foreign_keys,
        &to.foreign_keys,
        |key| {
            dropped
                .push(Operation::DropForeignKey { table: table.clone(), foreign_key: key.clone() });
        },
        |key| {
            added.push(Operation::AddForeignKey { table: table.clone(), foreign_key: key.clone() });
        },
    );
    operations.append(&mut dropped);
    operations.append(&mut added);
}
