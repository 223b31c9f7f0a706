//! Indexes.

use super::{Operation, difference};
use crate::model::{Index, Table};

pub(super) fn diff(from: &Table, to: &Table, operations: &mut Vec<Operation>) {
    let (old, new) = (bare(&from.indexes), bare(&to.indexes));
    let (mut dropped, mut added) = (Vec::new(), Vec::new());
    difference(&old, &new, |gone| dropped.push(gone.clone()), |come| added.push(come.clone()));
    // With the stored text, so that an undone drop gives back the very same text.
    let with_text = |index: Index, indexes: &[Index]| {
        indexes.iter().find(|i| i.name == index.name).cloned().unwrap_or(index)
    };
    for index in dropped {
        let index = with_text(index, &from.indexes);
        operations.push(Operation::DropIndex { table: from.name.clone(), index });
    }
    for index in added {
        let index = with_text(index, &to.indexes);
        operations.push(Operation::CreateIndex { table: from.name.clone(), index });
    }
}

/// The indexes without the server's text, which is no difference.
fn bare(indexes: &[Index]) -> Vec<Index> {
    indexes.iter().cloned().map(|index| Index { stored: None, ..index }).collect()
}
