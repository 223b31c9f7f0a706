//! `joinable!` and `allow_tables_to_appear_in_same_query!`

use std::collections::BTreeMap;

use super::Pull;
use super::writer::Writer;
use crate::model::{ForeignKey, QualifiedName, Table};

/// Writes how the tables join.
pub(super) fn write(pull: &Pull<'_>, out: &mut Writer) {
    let joinables = joinables(pull);
    if !joinables.is_empty() {
        out.blank();
    }
    for (child, key) in joinables {
        let path = |name| pull.names.path(name).unwrap_or_default();
        let column = pull.names.columns(&child.name, &key.columns).unwrap_or_default();
        let (child, parent) = (path(&child.name), path(&key.foreign_table));
        out.line(&format!("diesel::joinable!({child} -> {parent} ({column}));"));
    }
    let paths: Vec<_> =
        pull.schema.tables.keys().filter_map(|name| pull.names.path(name)).collect();
    if paths.len() > 1 {
        out.blank();
        out.open("diesel::allow_tables_to_appear_in_same_query!(");
        for path in paths {
            out.line(&format!("{path},"));
        }
        out.close(");");
    }
}

/// The foreign keys that Diesel can join by: one column, to the sole key of another table, of the
/// same type, and the only one between the two tables in either direction.
fn joinables<'a>(pull: &'a Pull<'_>) -> Vec<(&'a Table, &'a ForeignKey)> {
    let mut pairs: BTreeMap<(&QualifiedName, &QualifiedName), usize> = BTreeMap::new();
    let keys = || {
        let tables = pull.schema.tables.values();
        tables.flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)))
    };
    for (table, key) in keys() {
        *pairs.entry(pair(table, key)).or_default() += 1;
    }
    keys().filter(|(table, key)| pairs[&pair(table, key)] == 1 && joins(pull, table, key)).collect()
}

fn pair<'a>(table: &'a Table, key: &'a ForeignKey) -> (&'a QualifiedName, &'a QualifiedName) {
    let (a, b) = (&table.name, &key.foreign_table);
    if a < b { (a, b) } else { (b, a) }
}

fn joins(pull: &Pull<'_>, table: &Table, key: &ForeignKey) -> bool {
    let Some(parent) = pull.schema.tables.get(&key.foreign_table) else { return false };
    let ([column], [target]) = (key.columns.as_slice(), key.foreign_columns.as_slice()) else {
        return false;
    };
    let (Some(column), Some(key)) = (table.column(column), parent.column(target)) else {
        return false;
    };
    let same_type = pull.types.get(table, column).diesel == pull.types.get(parent, key).diesel;
    parent.name != table.name && parent.sole_key() == Some(target) && same_type
}
