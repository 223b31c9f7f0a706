//! Views. A changed view is dropped and created anew.

use super::Operation;
use crate::model::{Schema, View};

pub(super) fn diff(from: &Schema, to: &Schema, operations: &mut Vec<Operation>) {
    for (name, old) in &from.views {
        match to.views.get(name) {
            Some(new) if same(old, new) => {}
            Some(new) => {
                operations.push(Operation::DropView { view: old.clone() });
                operations.push(Operation::CreateView { view: new.clone() });
            }
            None => operations.push(Operation::DropView { view: old.clone() }),
        }
    }
    for (name, new) in &to.views {
        if !from.views.contains_key(name) {
            operations.push(Operation::CreateView { view: new.clone() });
        }
    }
}

fn same(from: &View, to: &View) -> bool {
    from.definition == to.definition && from.materialized == to.materialized
}
