//! What only SQLite has, over a plain schema: conflict clauses, order and collation within keys, names
//! of every constraint, deferrable references, tables without a key, virtual tables.

use fastrand::Rng;

use super::generate::{self, fresh_name, one_in, some_name};
use super::mutate::Change;
use super::shape::{KeyForm, KeyOptions, Shape, Table};
use super::sql::name;

const CONFLICTS: [&str; 5] = ["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"];
const ACTIONS: [&str; 3] = ["NO ACTION", "CASCADE", "RESTRICT"];

/// Adds to a schema what only SQLite has.
pub(crate) fn decorate(rng: &mut Rng, shape: &mut Shape) {
    if one_in(rng, 4) {
        let table = without_key(rng, shape);
        shape.tables.push(table);
    }
    for at in 0..shape.tables.len() {
        let mut table = shape.tables[at].clone();
        let needed = shape.is_needed(table.id);
        key_options(rng, &mut table, needed);
        for at in 0..table.uniques.len() {
            let columns = table.uniques[at].columns.len();
            table.uniques[at].options = options(rng, columns, true);
        }
        for check in &mut table.checks {
            check.conflict = conflict(rng);
        }
        for column in &mut table.columns {
            column.not_null = (some_name(rng, shape, "there"), conflict(rng));
            column.names = ["usual", "order", "computed"].map(|plain| some_name(rng, shape, plain));
        }
        for reference in &mut table.references {
            reference.on_update = ACTIONS[rng.usize(0..3)];
            reference.deferrable = rng.usize(0..3);
        }
        shape.tables[at] = table;
    }
    shape.tables.iter_mut().for_each(plain_integer_key);
    around(rng, shape);
}

/// A few changes of the same, to a schema that is changed already.
pub(crate) fn refine(rng: &mut Rng, to: &mut Shape, change: &mut Change) {
    for _ in 0..rng.usize(0..=3) {
        if to.tables.is_empty() {
            break;
        }
        let at = rng.usize(0..to.tables.len());
        let mut table = to.tables[at].clone();
        let needed = to.is_needed(table.id);
        let place = rng.usize(0..table.columns.len());
        let said = match rng.usize(0..6) {
            0 => {
                key_options(rng, &mut table, needed);
                "the options of the key"
            }
            1 => {
                let Some(unique) = table.uniques.last_mut() else { continue };
                // A collation may make rows alike that were not.
                let columns = unique.columns.len();
                unique.options = options(rng, columns, false);
                "the options of a unique"
            }
            2 => {
                let Some(check) = table.checks.last_mut() else { continue };
                check.conflict = conflict(rng);
                "the conflict clause of a check"
            }
            3 => {
                table.columns[place].not_null = (some_name(rng, to, "there"), conflict(rng));
                "what NOT NULL says"
            }
            4 => {
                table.columns[place].names =
                    ["usual", "order", "computed"].map(|plain| some_name(rng, to, plain));
                "the names of a column"
            }
            _ => {
                let Some(reference) = table.references.last_mut() else { continue };
                reference.on_update = ACTIONS[rng.usize(0..3)];
                reference.deferrable = rng.usize(0..3);
                "when a reference is checked"
            }
        };
        change.log.push(format!("{said} of {:?}", table.name));
        to.tables[at] = table;
    }
    // A reference finds its rows by the collation of the column, and by no other.
    for at in 0..to.tables.len() {
        if to.is_needed(to.tables[at].id) {
            for part in &mut to.tables[at].key_options.parts {
                part.1 = None;
            }
        }
    }
    to.tables.iter_mut().for_each(plain_integer_key);
}

/// SQLite forgets the collation of an INTEGER that is all of a key.
fn plain_integer_key(table: &mut Table) {
    if let [only] = table.key[..]
        && table.column(only).kind.is_integer()
    {
        table.key_options.parts.iter_mut().for_each(|part| part.1 = None);
    }
}

fn conflict(rng: &mut Rng) -> Option<&'static str> {
    one_in(rng, 4).then(|| CONFLICTS[rng.usize(0..CONFLICTS.len())])
}

fn options(rng: &mut Rng, columns: usize, collations: bool) -> KeyOptions {
    let mut parts = Vec::new();
    for _ in 0..columns {
        let collation =
            (collations && one_in(rng, 5)).then(|| ["NOCASE", "RTRIM", "BINARY"][rng.usize(0..3)]);
        parts.push((one_in(rng, 3), collation));
    }
    KeyOptions { conflict: conflict(rng), parts }
}

fn key_options(rng: &mut Rng, table: &mut Table, needed: bool) {
    // The collation of a rowid says nothing, and is not for every day.
    let collations = !needed && table.key_form == KeyForm::Plain;
    table.key_options = options(rng, table.key.len(), collations);
}

fn without_key(rng: &mut Rng, shape: &mut Shape) -> Table {
    let mut table = generate::table(rng, shape);
    table.key.clear();
    table.key_form = KeyForm::None;
    table.without_rowid = false;
    table
}

/// A view with a list of columns that rows can be inserted into, and virtual tables.
fn around(rng: &mut Rng, shape: &mut Shape) {
    let table = shape.tables[rng.usize(0..shape.tables.len())].clone();
    let (t, c) = (name(&table.name), name(&table.columns[0].name));
    if one_in(rng, 3) {
        let view = name(&fresh_name(rng, shape, "listed"));
        shape.around.push(format!("CREATE VIEW {view} (\"the one\") AS SELECT {c} FROM {t};"));
        let label = name(&fresh_name(rng, shape, "instead"));
        shape.around.push(format!(
            "CREATE TRIGGER {label} INSTEAD OF INSERT ON {view} BEGIN DELETE FROM {t}; END;"
        ));
        shape.mentioned.push(table.id);
    }
    if one_in(rng, 4) {
        shape.around.push(format!(
            "CREATE VIRTUAL TABLE search USING fts5(body); INSERT INTO search (body) SELECT {c} FROM {t};"
        ));
        let label = name(&fresh_name(rng, shape, "sought"));
        shape.around.push(format!(
            "CREATE TRIGGER {label} AFTER DELETE ON {t} BEGIN DELETE FROM search; END;"
        ));
        shape.mentioned.push(table.id);
    }
    if one_in(rng, 8) {
        shape.around.push(
            "CREATE VIRTUAL TABLE box USING rtree(id, low, high); INSERT INTO box VALUES (1, 0, 1);"
                .to_owned(),
        );
    }
}
