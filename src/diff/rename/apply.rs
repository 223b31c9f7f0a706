//! A rename, done in the model as the server would do it.

use super::text::{mentions, replace_column, replace_qualifier};
use super::{Rename, RenameKind};
use crate::model::{IndexKey, QualifiedName, Schema, Table};

/// Renames in the model: keys, foreign keys of other tables, indexes, and the names inside checks,
/// predicates and generated columns.
///
/// Names of constraints and indexes stay, as they do on a server. Definitions of views stay as
/// well: a view over what is renamed has to be dropped before and created after. The server's own
/// texts of what is touched are forgotten (`stored`, and the text of triggers), since the server
/// rewrites them. A name that is not there is no change.
pub fn apply(schema: &mut Schema, rename: &Rename) {
    match rename.kind {
        RenameKind::Table => rename_table(schema, &rename.table, &rename.to),
        RenameKind::Column => rename_column(schema, &rename.table, &rename.from, &rename.to),
    }
}

fn rename_table(schema: &mut Schema, old: &QualifiedName, to: &str) {
    let Some(mut table) = schema.tables.remove(old) else { return };
    let new = old.sibling(to);
    table.name = new.clone();
    forget_texts(&mut table);
    for_each_expression(&mut table, |sql| replace_qualifier(sql, &old.name, to));
    schema.insert_table(table);
    for table in schema.tables.values_mut() {
        for key in table.foreign_keys.iter_mut().filter(|key| key.foreign_table == *old) {
            key.foreign_table = new.clone();
            table.stored = None;
        }
    }
    for joinable in &mut schema.joinables {
        for side in [&mut joinable.child, &mut joinable.parent] {
            if side == old {
                *side = new.clone();
            }
        }
    }
    forget_other_texts(schema, old, &old.name);
    for other in schema.others.iter_mut().filter(|other| other.table.as_ref() == Some(old)) {
        other.table = Some(new.clone());
    }
}

fn rename_column(schema: &mut Schema, name: &QualifiedName, from: &str, to: &str) {
    let Some(table) = schema.tables.get_mut(name) else { return };
    let Some(column) = table.columns.iter_mut().find(|column| column.name == from) else { return };
    to.clone_into(&mut column.name);
    forget_texts(table);
    let keys = table.primary_key.iter_mut().map(|key| &mut key.columns);
    let uniques = table.uniques.iter_mut().map(|unique| &mut unique.columns);
    let foreign = table.foreign_keys.iter_mut().map(|key| &mut key.columns);
    let included = table.indexes.iter_mut().map(|index| &mut index.include);
    keys.chain(uniques).chain(foreign).chain(included).for_each(|names| swap(names, from, to));
    for options in table.primary_key.iter_mut().map(|key| &mut key.options) {
        swap(&mut options.include, from, to);
    }
    for options in table.uniques.iter_mut().map(|unique| &mut unique.options) {
        swap(&mut options.include, from, to);
    }
    for options in table.foreign_keys.iter_mut().map(|key| &mut key.options) {
        swap(&mut options.set_columns, from, to);
    }
    for part in table.indexes.iter_mut().flat_map(|index| &mut index.parts) {
        if let IndexKey::Column(column) = &mut part.key
            && column == from
        {
            to.clone_into(column);
        }
    }
    for_each_expression(table, |sql| replace_column(sql, from, to));
    for table in schema.tables.values_mut() {
        let keys = table.foreign_keys.iter_mut().filter(|key| key.foreign_table == *name);
        for key in keys.filter(|key| key.foreign_columns.iter().any(|column| column == from)) {
            swap(&mut key.foreign_columns, from, to);
            table.stored = None;
        }
    }
    for joinable in schema.joinables.iter_mut().filter(|joinable| joinable.child == *name) {
        if joinable.column == from {
            to.clone_into(&mut joinable.column);
        }
    }
    forget_other_texts(schema, name, from);
}

fn swap(names: &mut [String], from: &str, to: &str) {
    names.iter_mut().filter(|name| *name == from).for_each(|name| to.clone_into(name));
}

fn for_each_expression(table: &mut Table, replace: impl Fn(&str) -> String) {
    let checks = table.checks.iter_mut().map(|check| &mut check.expression);
    let generated = table.columns.iter_mut().filter_map(|column| column.generated.as_mut());
    let generated = generated.map(|generated| &mut generated.expression);
    let exclusions = table.exclusions.iter_mut().map(|exclusion| &mut exclusion.definition);
    checks.chain(generated).chain(exclusions).for_each(|sql| *sql = replace(sql));
    for index in &mut table.indexes {
        index.predicate.iter_mut().for_each(|sql| *sql = replace(sql));
        for part in &mut index.parts {
            if let IndexKey::Expression(sql) = &mut part.key {
                *sql = replace(sql);
            }
        }
    }
}

fn forget_texts(table: &mut Table) {
    table.stored = None;
    table.indexes.iter_mut().for_each(|index| index.stored = None);
}

/// The texts of triggers and the like that stand on the table, or that name it and `word`.
fn forget_other_texts(schema: &mut Schema, table: &QualifiedName, word: &str) {
    for other in &mut schema.others {
        let names = |sql: &String| mentions(sql, &table.name) && mentions(sql, word);
        if other.table.as_ref() == Some(table) || other.sql.as_ref().is_some_and(names) {
            other.sql = None;
        }
    }
}
