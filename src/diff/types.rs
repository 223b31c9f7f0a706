//! Enumerated types, and the definitions: domains, composite and range types, sequences.

use super::Operation;
use crate::model::Schema;

pub(super) fn diff(from: &Schema, to: &Schema, operations: &mut Vec<Operation>) {
    for (name, old) in &from.enums {
        match to.enums.get(name) {
            Some(new) if new == old => {}
            Some(new) => {
                operations.push(Operation::AlterEnum { from: old.clone(), to: new.clone() });
            }
            None => operations.push(Operation::DropEnum { enum_type: old.clone() }),
        }
    }
    for (name, new) in &to.enums {
        if !from.enums.contains_key(name) {
            operations.push(Operation::CreateEnum { enum_type: new.clone() });
        }
    }
    for old in &from.definitions {
        match to.definition(old) {
            Some(new) if new == old => {}
            Some(new) => {
                operations.push(Operation::AlterDefinition { from: old.clone(), to: new.clone() });
            }
            None => operations.push(Operation::DropDefinition { definition: old.clone() }),
        }
    }
    for new in &to.definitions {
        if from.definition(new).is_none() {
            operations.push(Operation::CreateDefinition { definition: new.clone() });
        }
    }
}
