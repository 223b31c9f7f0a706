//! Reads a live database, in a number of statements that does not grow with its tables.
//!
//! The stored text says everything about a table, so it is what is read; `pragma_table_xinfo`
//! says again which columns there are, and a text that disagrees with it is not believed. A table
//! or index whose text cannot be read is read by pragmas: without its checks and collations, and
//! with its text left as it is, so that a rebuild is refused by name.

mod index;
mod pragma;
mod rows;
mod table;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use diesel::sqlite::SqliteConnection;

use self::rows::MasterRow;
use super::normalize;
use crate::backend::{CatalogEntry, DatabaseError, Scope};
use crate::model::{OtherObject, QualifiedName, Schema, Table};

/// Everything that the `main` schema of a database holds.
///
/// The tables of Diesel and glowplug themselves, and SQLite's own, are left out.
///
/// # Errors
/// When the file is no database, is damaged, or is locked.
pub fn introspect(
    connection: &mut SqliteConnection,
    _scope: &Scope,
) -> Result<Schema, DatabaseError> {
    let objects = rows::master(connection)?;
    // The texts are read while SQLite answers: each is about a third of the work.
    let (kinds, names, mut tables) = std::thread::scope(|scope| {
        let tables = scope.spawn(|| read_tables(&objects));
        let kinds = rows::kinds(connection, &objects)?;
        let names = rows::column_names(connection)?;
        let tables = tables.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok::<_, DatabaseError>((kinds, names, tables))
    })?;
    tables.retain(|name, table| names.get(*name).is_some_and(|names| names_the_same(table, names)));
    let is_unread = |object: &MasterRow| {
        let kind = kinds.get(&object.name).map(|kind| kind.kind.as_str());
        object.kind == "table"
            && !is_own(&object.tbl_name)
            && !matches!(kind, Some("virtual" | "shadow"))
            && !tables.contains_key(object.name.as_str())
    };
    let unread: BTreeSet<_> =
        objects.iter().filter(|it| is_unread(it)).map(|it| it.name.clone()).collect();
    let columns = if unread.is_empty() { BTreeMap::new() } else { rows::columns(connection)? };
    let mut schema = Schema::default();
    // Its name is taken: a rebuild must not use it.
    let taken = objects.iter().filter(|it| it.kind == "table" && is_scratch(&it.name));
    schema.others.extend(taken.map(|object| other("table", object)));
    for object in objects.iter().filter(|object| !is_own(&object.tbl_name)) {
        match object.kind.as_str() {
            "table" => match kinds.get(&object.name).map(|kind| kind.kind.as_str()) {
                Some("virtual") => schema.others.push(other("virtual table", object)),
                Some("shadow") => schema.others.push(other("shadow table", object)),
                _ => match tables.remove(object.name.as_str()) {
                    Some(table) => schema.insert_table(table),
                    None => {
                        let columns = columns.get(&object.name).map_or(&[][..], Vec::as_slice);
                        schema.others.push(unread_part("checks and collations", object));
                        let kind = kinds.get(&object.name);
                        schema.insert_table(pragma::table(object, columns, kind));
                    }
                },
            },
            "view" => match view::read(object) {
                Some(view) => {
                    schema.views.insert(view.name.clone(), view);
                }
                None => schema.others.push(other("view", object)),
            },
            "trigger" => schema.others.push(other("trigger", object)),
            _ => {}
        }
    }
    if !unread.is_empty() {
        pragma::foreign_keys(connection, &unread, &mut schema)?;
    }
    indexes(connection, &objects, &unread, &mut schema)?;
    normalize::spell(&mut schema);
    implied_targets(&mut schema);
    for table in schema.tables.values_mut() {
        forget_repeats(&mut table.uniques);
        forget_repeats(&mut table.checks);
        forget_repeats(&mut table.foreign_keys);
    }
    Ok(schema)
}

/// The server's own text of every object, sorted. SQLite's own tables come and go by themselves
/// and are left out.
///
/// # Errors
/// As for [`introspect`].
pub fn catalog(connection: &mut SqliteConnection) -> Result<Vec<CatalogEntry>, DatabaseError> {
    let entry = |object: MasterRow| CatalogEntry {
        table: (object.kind != "table" && object.kind != "view").then_some(object.tbl_name),
        kind: object.kind,
        name: object.name,
        text: object.sql.unwrap_or_default(),
    };
    let objects = rows::master(connection)?;
    let mut entries: Vec<_> = objects
        .into_iter()
        .filter(|object| object.kind != "table" || !normalize::is_reserved(&object.name))
        .map(entry)
        .collect();
    entries.sort();
    Ok(entries)
}

/// Whether the object is no part of the application's schema.
fn is_own(table: &str) -> bool {
    table == "__diesel_schema_migrations"
        || table.starts_with("__glowplug")
        || normalize::is_reserved(table)
}

/// Whether the name is one that a rebuild gives its new table.
fn is_scratch(table: &str) -> bool {
    table.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("__glowplug_new_"))
}

fn other(kind: &str, object: &MasterRow) -> OtherObject {
    let own = object.kind == "table" || object.kind == "view";
    OtherObject {
        kind: kind.to_owned(),
        name: QualifiedName::new(&object.name),
        table: (!own).then(|| QualifiedName::new(&object.tbl_name)),
        sql: object.sql.clone(),
    }
}

/// What the pragmas do not say of an object whose text cannot be read.
fn unread_part(what: &str, object: &MasterRow) -> OtherObject {
    OtherObject {
        kind: format!("unread {what}"),
        name: QualifiedName::new(&object.name),
        table: Some(QualifiedName::new(&object.tbl_name)),
        sql: object.sql.clone(),
    }
}

/// The tables by their texts, where these can be read.
fn read_tables(objects: &[MasterRow]) -> BTreeMap<&str, Table> {
    let tables = objects.iter().filter(|it| it.kind == "table" && !is_own(&it.tbl_name));
    tables
        .filter_map(|it| Some((it.name.as_str(), table::read(&it.name, it.sql.as_deref()?).ok()?)))
        .collect()
}

/// Whether the text names the columns that SQLite has.
fn names_the_same(table: &Table, names: &str) -> bool {
    let counted: String = table.columns.iter().map(|it| rows::counted(&it.name)).collect();
    counted == names
}

/// Adds the indexes that were created by name: those without a text stand behind constraints.
fn indexes(
    connection: &mut SqliteConnection,
    objects: &[MasterRow],
    unread: &BTreeSet<String>,
    schema: &mut Schema,
) -> Result<(), DatabaseError> {
    let mut by_pragma: BTreeMap<String, String> = BTreeMap::new();
    for object in objects.iter().filter(|object| object.kind == "index") {
        let Some(sql) = &object.sql else { continue };
        let name = QualifiedName::new(&object.tbl_name);
        let Some(table) = schema.tables.get_mut(&name) else { continue };
        match index::read(&object.name, sql, table) {
            Ok(index) => table.indexes.push(index),
            Err(_) => {
                by_pragma.insert(object.name.clone(), sql.clone());
                schema.others.push(unread_part("expressions of the index", object));
            }
        }
    }
    if !unread.is_empty() || !by_pragma.is_empty() {
        pragma::indexes(connection, unread, &by_pragma, schema)?;
    }
    for table in schema.tables.values_mut() {
        table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(())
}

/// `REFERENCES session` means the primary key of `session`. Where there is none the foreign key
/// cannot be used, and the names of its own columns stand for what is missing.
fn implied_targets(schema: &mut Schema) {
    let keys: BTreeMap<QualifiedName, Vec<String>> = schema
        .tables
        .values()
        .filter_map(|table| Some((table.name.clone(), table.primary_key.as_ref()?.columns.clone())))
        .collect();
    let foreign_keys = schema.tables.values_mut().flat_map(|table| &mut table.foreign_keys);
    for key in foreign_keys.filter(|key| key.foreign_columns.is_empty()) {
        let implied = keys.get(&key.foreign_table).filter(|k| k.len() == key.columns.len());
        key.foreign_columns = implied.unwrap_or(&key.columns).clone();
    }
}

/// `UNIQUE` behind a column and again for the table is one constraint, said twice.
fn forget_repeats<T: PartialEq>(constraints: &mut Vec<T>) {
    let mut once: Vec<T> = Vec::new();
    for constraint in std::mem::take(constraints) {
        if !once.contains(&constraint) {
            once.push(constraint);
        }
    }
    *constraints = once;
}
