//! Views. A changed view is dropped and created anew, with its indexes.

use super::{Operation, indexes};
use crate::model::Schema;

pub(super) fn diff(from: &Schema, to: &Schema, operations: &mut Vec<Operation>) {
    for (name, old) in &from.views {
        match to.views.get(name) {
            Some(new) if old.is_same(new) => {
                indexes::diff(&old.as_table(), &new.as_table(), operations);
            }
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
