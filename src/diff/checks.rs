//! Check constraints.

use super::{Operation, difference};
use crate::model::Table;

pub(super) fn diff(from: &Table, to: &Table, operations: &mut Vec<Operation>) {
    let table = &from.name;
    let (mut dropped, mut added) = (Vec::new(), Vec::new());
    difference(
        &from.checks,
        &to.checks,
        |check| dropped.push(Operation::DropCheck { table: table.clone(), check: check.clone() }),
        |check| added.push(Operation::AddCheck { table: table.clone(), check: check.clone() }),
    );
    operations.append(&mut dropped);
    operations.append(&mut added);
}
