//! Tables that come, go or change.

use super::{Operation, TableForm, checks, columns, exclusions, foreign_keys, indexes, keys};
use crate::model::{Schema, Table};

pub(super) fn diff(from: &Schema, to: &Schema, operations: &mut Vec<Operation>) {
    for (name, old) in &from.tables {
        match to.tables.get(name) {
            Some(new) => table(old, new, operations),
            None => operations.push(Operation::DropTable { table: old.clone() }),
        }
    }
    for (name, new) in &to.tables {
        if !from.tables.contains_key(name) {
            operations.push(Operation::CreateTable { table: new.clone() });
        }
    }
}

fn table(from: &Table, to: &Table, operations: &mut Vec<Operation>) {
    let (old, new) = (TableForm::of(from), TableForm::of(to));
    if old != new {
        operations.push(Operation::AlterTable { table: from.name.clone(), from: old, to: new });
    }
    columns::diff(from, to, operations);
    keys::diff(from, to, operations);
    checks::diff(from, to, operations);
    exclusions::diff(from, to, operations);
    foreign_keys::diff(from, to, operations);
    indexes::diff(from, to, operations);
}
