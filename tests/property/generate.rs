//! A random schema from a seed.

use fastrand::Rng;

use super::shape::{
    Check, Column, Index, KeyForm, KeyOptions, Kind, Part, Reference, Shape, Table, Unique,
};
use super::sql::{name, text};

/// Names as people should not choose them.
const NAMES: [&str; 25] = [
    "a",
    "value",
    "order",
    "select",
    "Mixed Case",
    "quo\"te",
    "it's",
    "semi;colon",
    "new\nline",
    "émoji🔥",
    "tab\t",
    "back`tick",
    "[bracket]",
    "per%cent",
    "--dash",
    "/*c*/",
    "a.b",
    "1digit",
    "group",
    "table",
    "DEFAULT",
    "check",
    "ünïcode",
    "ÄÖÜ İ",
    "(paren, comma)",
];

/// A schema of one to four tables, with objects around them.
pub(crate) fn shape(rng: &mut Rng) -> Shape {
    let mut shape = Shape::default();
    for _ in 0..rng.usize(1..=4) {
        let table = table(rng, &mut shape);
        shape.tables.push(table);
    }
    for at in 0..shape.tables.len() {
        for _ in 0..rng.usize(0..=1) {
            let target = rng.usize(0..shape.tables.len());
            reference(rng, &mut shape, at, target);
        }
    }
    around(rng, &mut shape);
    shape
}

pub(crate) fn one_in(rng: &mut Rng, number: u8) -> bool {
    rng.u8(0..number) == 0
}

/// A name that is new; every other time an odd one.
pub(crate) fn fresh_name(rng: &mut Rng, shape: &mut Shape, plain: &str) -> String {
    let number = shape.fresh();
    if rng.bool() {
        format!("{plain}{number}")
    } else {
        format!("{}{number}", NAMES[rng.usize(0..NAMES.len())])
    }
}

pub(crate) fn table(rng: &mut Rng, shape: &mut Shape) -> Table {
    let mut table = Table {
        id: shape.fresh(),
        name: fresh_name(rng, shape, "t"),
        columns: Vec::new(),
        key: Vec::new(),
        key_form: KeyForm::Plain,
        key_options: KeyOptions::default(),
        uniques: Vec::new(),
        checks: Vec::new(),
        references: Vec::new(),
        indexes: Vec::new(),
        strict: one_in(rng, 6),
        without_rowid: false,
    };
    let mut keys = 1;
    if one_in(rng, 4) {
        keys = rng.usize(1..=2);
        table.without_rowid = one_in(rng, 3);
    } else {
        table.key_form = [KeyForm::Rowid, KeyForm::Autoincrement][usize::from(rng.bool())];
    }
    for at in 0..rng.usize(2..=6) {
        let mut column = column(rng, shape);
        if at < keys {
            column.nullable = false;
            column.default = None;
            column.collation = None;
            table.key.push(column.id);
            if table.key_form != KeyForm::Plain {
                column.kind = Kind::Integer;
            } else if !column.kind.is_distinct() {
                column.kind = Kind::Text;
            }
        }
        table.columns.push(column);
    }
    if rng.bool() {
        let source = table.columns[rng.usize(0..table.columns.len())].id;
        let stored = rng.bool();
        generated(rng, shape, &mut table, source, stored);
    }
    for _ in 0..rng.usize(0..=2) {
        let unique = unique(rng, shape, &table);
        table.uniques.push(unique);
    }
    for _ in 0..rng.usize(0..=2) {
        let check = check(rng, shape, &table);
        table.add_check(check);
    }
    for _ in 0..rng.usize(0..=2) {
        let index = index(rng, shape, &table);
        table.indexes.push(index);
    }
    dedup_uniques(&mut table);
    table
}

/// SQLite keeps one of two equal unique constraints.
pub(crate) fn dedup_uniques(table: &mut Table) {
    let mut seen = vec![table.key.clone()];
    table.uniques.retain(|unique| {
        let new = !seen.contains(&unique.columns);
        seen.push(unique.columns.clone());
        new
    });
}

pub(crate) fn column(rng: &mut Rng, shape: &mut Shape) -> Column {
    let kind = Kind::ALL[rng.usize(0..Kind::ALL.len())];
    Column {
        id: shape.fresh(),
        name: fresh_name(rng, shape, "c"),
        kind,
        nullable: rng.bool(),
        default: (one_in(rng, 3)).then(|| default(rng, kind)),
        generated: None,
        collation: (kind.is_text() && one_in(rng, 5))
            .then(|| ["NOCASE", "RTRIM", "BINARY"][rng.usize(0..3)]),
        not_null: (None, None),
        names: [None, None, None],
    }
}

pub(crate) fn generated(
    rng: &mut Rng,
    shape: &mut Shape,
    table: &mut Table,
    source: usize,
    stored: bool,
) {
    table.columns.push(Column {
        id: shape.fresh(),
        name: fresh_name(rng, shape, "g"),
        kind: Kind::Integer,
        nullable: true,
        default: None,
        generated: Some((source, stored)),
        collation: None,
        not_null: (None, None),
        names: [None, None, None],
    });
}

pub(crate) fn default(rng: &mut Rng, kind: Kind) -> String {
    let choices: &[&str] = match kind {
        Kind::Integer | Kind::Small | Kind::Big => &["7", "-3", "1 + 2"],
        Kind::Bool => &["0", "1"],
        Kind::Text | Kind::Varchar => {
            &["'x'", "'it''s'", "'a, (b'", "CURRENT_TIMESTAMP", "lower('Q')", "'--'"]
        }
        Kind::Digits => &["'5'", "'12'"],
        Kind::Real => &["1.5", "-0.25"],
        Kind::Blob => &["x'00ff'", "zeroblob(3)"],
    };
    choices[rng.usize(0..choices.len())].to_owned()
}

pub(crate) fn some_name(rng: &mut Rng, shape: &mut Shape, plain: &str) -> Option<String> {
    rng.bool().then(|| fresh_name(rng, shape, plain))
}

pub(crate) fn unique(rng: &mut Rng, shape: &mut Shape, table: &Table) -> Unique {
    let mut columns = table.distinct();
    rng.shuffle(&mut columns);
    columns.truncate(rng.usize(1..=2));
    Unique { name: some_name(rng, shape, "unique"), columns, options: KeyOptions::default() }
}

pub(crate) fn check(rng: &mut Rng, shape: &mut Shape, table: &Table) -> Check {
    let column = table.columns[rng.usize(0..table.columns.len())].id;
    Check { name: some_name(rng, shape, "check"), column, form: rng.usize(0..3), conflict: None }
}

pub(crate) fn index(rng: &mut Rng, shape: &mut Shape, table: &Table) -> Index {
    let unique = one_in(rng, 4);
    let mut columns =
        if unique { table.distinct() } else { table.columns.iter().map(|c| c.id).collect() };
    rng.shuffle(&mut columns);
    columns.truncate(rng.usize(1..=3));
    let parts = columns
        .into_iter()
        .map(|id| {
            let is_text = table.column(id).kind.is_text();
            if is_text && one_in(rng, 4) {
                Part::Lower(id)
            } else {
                Part::Column { id, descending: rng.bool(), nocase: is_text && one_in(rng, 4) }
            }
        })
        .collect();
    let predicate = (one_in(rng, 4)).then(|| table.columns[rng.usize(0..table.columns.len())].id);
    Index { name: fresh_name(rng, shape, "index"), unique, parts, predicate }
}

/// New columns in the table at `at` that refer to the key of the one at `target`.
pub(crate) fn reference(rng: &mut Rng, shape: &mut Shape, at: usize, target: usize) {
    let parent = shape.tables[target].clone();
    if parent.key.is_empty() {
        return;
    }
    let nullable = rng.bool();
    let mut columns = Vec::new();
    for key in &parent.key {
        let column = Column {
            id: shape.fresh(),
            name: fresh_name(rng, shape, "ref"),
            nullable,
            default: None,
            collation: None,
            ..parent.column(*key).clone()
        };
        columns.push(column.id);
        shape.tables[at].columns.push(column);
    }
    let on_delete = ["NO ACTION", "CASCADE", "RESTRICT"][rng.usize(0..3)];
    let name = some_name(rng, shape, "fk");
    let reference = Reference {
        name,
        columns,
        table: parent.id,
        on_delete,
        on_update: "NO ACTION",
        deferrable: 0,
    };
    shape.tables[at].references.push(reference);
}

/// Triggers, views and cascading children that no model names.
fn around(rng: &mut Rng, shape: &mut Shape) {
    let table = shape.tables[rng.usize(0..shape.tables.len())].clone();
    let other = shape.tables[rng.usize(0..shape.tables.len())].clone();
    let (t, o) = (name(&table.name), name(&other.name));
    let c = name(&table.columns[rng.usize(0..table.columns.len())].name);
    if rng.bool() {
        shape
            .around
            .push("CREATE TABLE audit (at INTEGER PRIMARY KEY, what TEXT); -- nobody's".to_owned());
        let event = ["INSERT", "DELETE", "UPDATE"][rng.usize(0..3)];
        let label = name(&fresh_name(rng, shape, "trigger"));
        shape.around.push(format!(
            "CREATE TRIGGER {label} AFTER {event} ON {t}\nBEGIN\n  -- in {}; between\n  INSERT INTO audit (what) SELECT {c} FROM {t};\nEND;",
            t.replace('\n', " ")
        ));
        let label = name(&fresh_name(rng, shape, "trigger"));
        shape.around.push(format!(
            "CREATE TRIGGER {label} BEFORE DELETE ON audit WHEN OLD.at > 3 BEGIN DELETE FROM {o}; END;"
        ));
        shape.mentioned.extend([table.id, other.id]);
    }
    if rng.bool() {
        let view = name(&fresh_name(rng, shape, "view"));
        shape.around.push(format!("CREATE VIEW {view} AS SELECT {c} AS c FROM {t} WHERE 1;"));
        shape.around.push(format!("CREATE VIEW view_of_view AS SELECT max(c) FROM {view};"));
        shape.mentioned.push(table.id);
    }
    if rng.bool()
        && let [key] = table.key[..]
    {
        let key = name(&table.column(key).name);
        let child = name(&fresh_name(rng, shape, "child"));
        shape.around.push(format!(
            "CREATE TABLE {child} (id INTEGER PRIMARY KEY, p REFERENCES {t} ({key}) ON DELETE CASCADE, note TEXT DEFAULT {});",
            text("child")
        ));
        shape.around.push(format!("INSERT INTO {child} (p) SELECT {key} FROM {t};"));
        shape.mentioned.push(table.id);
    }
}
