//! What the macros have no words for.

use std::collections::BTreeSet;

use super::names;
use crate::backend::{Backend, Dialect, Refusal};
use crate::model::{OtherObject, QualifiedName, Schema, Table};

/// Takes the tables and types out of a schema that [`print()`](super::print()) would refuse, so that
/// it can go on with the rest, and says why. They become objects of a kind that is not modelled, which
/// the text names at its end.
pub fn leave_out(schema: &mut Schema, dialect: &dyn Dialect) -> Vec<Refusal> {
    let mut left_out = Vec::new();
    let mut unsaid = Vec::new();
    schema.tables.retain(|name, table| {
        let before = left_out.len();
        left_out.extend(names::refused(table));
        left_out.extend(twice(table, dialect));
        if left_out.len() > before {
            unsaid.push(other("table", name));
        }
        left_out.len() == before
    });
    schema.enums.retain(|name, enum_type| {
        if enum_type.values.is_empty() {
            left_out.push(Refusal::new(format!("type `{name}`"), "it has no value"));
            unsaid.push(other("type", name));
        }
        !enum_type.values.is_empty()
    });
    schema.others.extend(unsaid);
    left_out
}

fn other(kind: &str, name: &QualifiedName) -> OtherObject {
    OtherObject { kind: kind.to_owned(), name: name.clone(), table: None, sql: None }
}

/// Two constraints of one name, or two foreign keys from and to the same columns, are legal in
/// some databases and no model.
pub(super) fn twice(table: &Table, dialect: &dyn Dialect) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    // To SQLite a name is no more than a remark, and each of two foreign keys is heeded.
    if dialect.backend() == Backend::Sqlite {
        return refusals;
    }
    let named = (table.uniques.iter().filter_map(|unique| unique.name.as_ref()))
        .chain(table.checks.iter().filter_map(|check| check.name.as_ref()))
        .chain(table.foreign_keys.iter().filter_map(|key| key.name.as_ref()))
        .chain(table.indexes.iter().filter_map(|index| index.name.as_ref()));
    let mut seen = BTreeSet::new();
    for name in named.filter(|name| !seen.insert(*name)) {
        let reason = format!("two of its constraints and indexes are named `{name}`");
        refusals.push(Refusal::new(format!("table `{}`", table.name), reason));
    }
    for (at, key) in table.foreign_keys.iter().enumerate() {
        let same = table.foreign_keys[..at].iter().any(|other| {
            (&other.columns, &other.foreign_table, &other.foreign_columns)
                == (&key.columns, &key.foreign_table, &key.foreign_columns)
        });
        if same {
            let columns = key.columns.join(", ");
            let reason = format!(
                "two foreign keys lead from ({columns}) to the same columns of `{}`",
                key.foreign_table
            );
            refusals.push(Refusal::new(format!("table `{}`", table.name), reason));
        }
    }
    refusals
}
