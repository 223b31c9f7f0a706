//! Exclusion constraints.

use super::{Operation, difference};
use crate::model::Table;

pub(super) fn diff(from: &Table, to: &Table, operations: &mut Vec<Operation>) {
    let table = &from.name;
    let (mut dropped, mut added) = (Vec::new(), Vec::new());
    difference(
        &from.exclusions,
        &to.exclusions,
        |gone| {
            let exclusion = gone.clone();
            dropped.push(Operation::DropExclusion { table: table.clone(), exclusion });
        },
        |come| {
            let exclusion = come.clone();
            added.push(Operation::AddExclusion { table: table.clone(), exclusion });
        },
    );
    operations.append(&mut dropped);
    operations.append(&mut added);
}
