//! Columns that come, go or change. Their order is no difference.

use super::Operation;
use crate::model::{Column, Table};

pub(super) fn diff(from: &Table, to: &Table, operations: &mut Vec<Operation>) {
    for old in &from.columns {
        match to.column(&old.name) {
            Some(new) if same(old, new) => {}
            Some(new) => operations.push(Operation::AlterColumn {
                table: from.name.clone(),
                from: old.clone(),
                to: new.clone(),
                fill: None,
            }),
            None => operations
                .push(Operation::DropColumn { table: from.name.clone(), column: old.clone() }),
        }
    }
    for new in &to.columns {
        if from.column(&new.name).is_none() {
            operations.push(Operation::AddColumn {
                table: from.name.clone(),
                column: new.clone(),
                fill: None,
            });
        }
    }
}

/// Whether two columns are the same to the database: Diesel's name of the type and the hints for
/// renames are not its business.
fn same(from: &Column, to: &Column) -> bool {
    from.sql_type.native == to.sql_type.native
        && from.nullable == to.nullable
        && from.default == to.default
        && from.generated == to.generated
        && from.identity == to.identity
        && from.collation == to.collation
        && from.comment == to.comment
        && from.storage == to.storage
        && from.compression == to.compression
        && from.options == to.options
}
