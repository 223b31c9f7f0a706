//! The schema as SQL, in many styles, and its rows: all without glowplug.

use std::fmt::Write as _;

use fastrand::Rng;

use super::shape::{Check, Column, KeyForm, KeyOptions, Kind, Part, Shape, Table};
pub(crate) use crate::support::sqlite::{name, text};

/// How many rows each table holds.
pub(crate) const ROWS: usize = 4;

/// CREATE TABLE and CREATE INDEX of every table.
pub(crate) fn create(rng: &mut Rng, shape: &Shape) -> String {
    let mut sql = String::new();
    for table in &shape.tables {
        sql.push_str(&create_table(rng, table, shape));
        for index in &table.indexes {
            let parts: Vec<String> = index
                .parts
                .iter()
                .map(|part| match *part {
                    Part::Lower(id) => format!("lower({})", within(rng, &table.column(id).name)),
                    Part::Column { id, descending, nocase } => {
                        let collate = if nocase { " COLLATE NOCASE" } else { "" };
                        let order = if descending { " DESC" } else { "" };
                        format!("{}{collate}{order}", styled(rng, &table.column(id).name))
                    }
                })
                .collect();
            let predicate = index.predicate.map_or(String::new(), |id| {
                format!(" WHERE {} IS NOT NULL", within(rng, &table.column(id).name))
            });
            writeln!(
                sql,
                "CREATE {}INDEX {} ON {} ({}){predicate};",
                if index.unique { "UNIQUE " } else { "" },
                styled(rng, &index.name),
                styled(rng, &table.name),
                parts.join(", ")
            )
            .expect("a String takes all");
        }
    }
    sql
}

fn create_table(rng: &mut Rng, table: &Table, shape: &Shape) -> String {
    let mut elements: Vec<String> = Vec::new();
    let mut after: Vec<String> = Vec::new();
    let inline_key = table.key.len() == 1
        && (table.key_form != KeyForm::Plain || rng.bool())
        && key_may_stand_with_column(table);
    for column in &table.columns {
        let mut words = vec![styled(rng, &column.name), native(table, column).to_owned()];
        if inline_key && table.is_key(column.id) {
            words.push("PRIMARY KEY".to_owned());
            if table.key_options.part(0).0 {
                words.push("DESC".to_owned());
            }
            words.push(conflict(table.key_options.conflict));
            if table.key_form == KeyForm::Autoincrement {
                words.push("AUTOINCREMENT".to_owned());
            }
        }
        if !column.nullable && (table.key_form == KeyForm::Plain || !table.is_key(column.id)) {
            let (name, clause) = &column.not_null;
            words.push(constraint(rng, name.as_ref()));
            words.push(["NOT NULL", "not null"][usize::from(rng.bool())].to_owned());
            words.push(conflict(*clause));
        }
        if let Some(default) = &column.default {
            let name = constraint(rng, column.names[0].as_ref());
            words.push(format!("{name}DEFAULT {}", default_sql(default)));
        }
        if let Some(collation) = column.collation {
            let name = constraint(rng, column.names[1].as_ref());
            words.push(format!("{name}COLLATE {collation}"));
        }
        if let Some((source, stored)) = column.generated {
            let always = ["", "GENERATED ALWAYS "][usize::from(rng.bool())];
            let source = within(rng, &table.column(source).name);
            let storage = if stored { "STORED" } else { "VIRTUAL" };
            let name = constraint(rng, column.names[2].as_ref());
            words.push(format!("{name}{always}AS (length({source})) {storage}"));
        }
        words.retain(|word| !word.is_empty());
        elements.push(words.join(" ") + comment(rng));
    }
    if !inline_key && !table.key.is_empty() {
        let columns = key_list(rng, table, &table.key, &table.key_options);
        let counts = if table.key_form == KeyForm::Autoincrement { " AUTOINCREMENT" } else { "" };
        let clause = conflict(table.key_options.conflict);
        after.push(format!("PRIMARY KEY ({columns}{counts}) {clause}"));
    }
    for unique in &table.uniques {
        let columns = key_list(rng, table, &unique.columns, &unique.options);
        let clause = conflict(unique.options.conflict);
        after.push(format!("{}UNIQUE ({columns}) {clause}", constraint(rng, unique.name.as_ref())));
    }
    for check in &table.checks {
        let expression = check_sql(check, table);
        let clause = conflict(check.conflict);
        let name = constraint(rng, check.name.as_ref());
        after.push(format!("{name}CHECK ({expression}) {clause}"));
    }
    for reference in &table.references {
        let parent = shape.table(reference.table);
        after.push(format!(
            "{}FOREIGN KEY ({}) REFERENCES {} ({}){}{}{}",
            constraint(rng, reference.name.as_ref()),
            list(rng, table, &reference.columns),
            styled(rng, &parent.name),
            list(rng, parent, &parent.key),
            if reference.on_delete == "NO ACTION" {
                String::new()
            } else {
                format!(" ON DELETE {}", reference.on_delete)
            },
            if reference.on_update == "NO ACTION" {
                String::new()
            } else {
                format!(" ON UPDATE {}", reference.on_update)
            },
            ["", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"][reference.deferrable],
        ));
    }
    rng.shuffle(&mut after);
    elements.append(&mut after);
    let mut options = Vec::new();
    if table.strict {
        options.push("STRICT");
    }
    if table.without_rowid {
        options.push("WITHOUT ROWID");
    }
    let separator =
        [", ", ",\n    ", "\n, /* next, */ ", ", -- that, there (\n    "][rng.usize(0..4)];
    format!(
        "CREATE TABLE {} ({}) {};\n",
        styled(rng, &table.name),
        elements.join(separator),
        options.join(", ")
    )
}

/// With the column DESC would keep the rowid from being the key, and there is no place for a collation.
fn key_may_stand_with_column(table: &Table) -> bool {
    let (descending, collation) = table.key_options.part(0);
    collation.is_none() && !(descending && table.key_form != KeyForm::Plain)
}

fn conflict(word: Option<&str>) -> String {
    word.map_or(String::new(), |word| format!("ON CONFLICT {word}"))
}

fn key_list(rng: &mut Rng, table: &Table, ids: &[usize], options: &KeyOptions) -> String {
    let columns = ids.iter().enumerate().map(|(at, id)| {
        let (descending, collation) = options.part(at);
        let mut sql = styled(rng, &table.column(*id).name);
        if let Some(collation) = collation {
            sql += &format!(" COLLATE {collation}");
        }
        if descending {
            sql += " DESC";
        }
        sql
    });
    columns.collect::<Vec<_>>().join(", ")
}

/// The declared type; a key that is no rowid must not say INTEGER.
fn native(table: &Table, column: &Column) -> &'static str {
    let native = column.kind.native(table.strict);
    let plain = table.key_form == KeyForm::Plain && table.key == [column.id];
    if plain && native == "INTEGER" && !table.without_rowid { "INT" } else { native }
}

/// A condition that all values fulfil, as the models write it too.
pub(crate) fn check_sql(check: &Check, table: &Table) -> String {
    let column = name(&table.column(check.column).name);
    match check.form {
        0 => format!("{column} IS NULL OR length({column}) < 1000"),
        1 => format!("{column} <> 'zz''z, (nope'"),
        _ => format!("typeof({column}) IN ('integer', 'text', 'real', 'blob', 'null')"),
    }
}

/// A default: an expression stands in parentheses.
fn default_sql(default: &str) -> String {
    let plain = !default.contains('(') && !default.contains(" + ") || default.starts_with('\'');
    if plain { default.to_owned() } else { format!("({default})") }
}

fn constraint(rng: &mut Rng, called: Option<&String>) -> String {
    called.map_or(String::new(), |called| format!("CONSTRAINT {} ", styled(rng, called)))
}

fn list(rng: &mut Rng, table: &Table, ids: &[usize]) -> String {
    let names: Vec<String> = ids.iter().map(|id| styled(rng, &table.column(*id).name)).collect();
    names.join(", ")
}

/// A name in any of the quotes that can hold it.
fn styled(rng: &mut Rng, said: &str) -> String {
    match rng.u8(..) % 4 {
        0 if !said.contains([']', '[']) => format!("[{said}]"),
        1 => format!("`{}`", said.replace('`', "``")),
        2 if is_plain(said) => said.to_owned(),
        _ => name(said),
    }
}

/// The same inside an expression. `"Abc"` may be a text there, so that glowplug does not take `[Abc]`
/// for the same.
fn within(rng: &mut Rng, said: &str) -> String {
    if said.to_ascii_lowercase() == said { styled(rng, said) } else { name(said) }
}

/// Whether the name needs no quotes: `t1`, `c17`.
pub(crate) fn is_plain(said: &str) -> bool {
    let word = said.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(word, "t" | "c" | "g" | "ref" | "unique" | "check" | "fk" | "index" | "a" | "value")
        && word.len() < said.len()
}

fn comment(rng: &mut Rng) -> &'static str {
    ["", "", "", " /* a, comment ( */", " -- one, more )\n"][rng.usize(0..5)]
}

/// The rows of every table: four each, no two alike.
pub(crate) fn rows(shape: &Shape) -> String {
    let mut sql = String::new();
    for table in &shape.tables {
        let columns: Vec<&Column> =
            table.columns.iter().filter(|c| c.generated.is_none()).collect();
        let names: Vec<String> = columns.iter().map(|c| name(&c.name)).collect();
        for row in 0..ROWS {
            let values: Vec<String> = columns.iter().map(|c| value(shape, table, c, row)).collect();
            writeln!(
                sql,
                "INSERT INTO {} ({}) VALUES ({});",
                name(&table.name),
                names.join(", "),
                values.join(", ")
            )
            .expect("a String takes all");
        }
    }
    sql
}

fn value(shape: &Shape, table: &Table, column: &Column, row: usize) -> String {
    if column.nullable && !table.is_key(column.id) && (row + column.id).is_multiple_of(4) {
        return "NULL".to_owned();
    }
    if let Some((reference, place)) = table.reference_of(column.id) {
        let parent = shape.table(reference.table);
        return value(shape, parent, parent.column(parent.key[place]), row);
    }
    let number = row * 10 + column.id % 10 + 1;
    match column.kind {
        Kind::Integer | Kind::Small | Kind::Big => number.to_string(),
        Kind::Bool => (row % 2).to_string(),
        Kind::Text => text(&format!("v{row} 'of' {}, (\n--;", column.id)),
        Kind::Varchar => format!("'w{row}'"),
        Kind::Digits => format!("'{number}'"),
        Kind::Real => format!("{number}.25"),
        Kind::Blob => format!("x'{number:04}ff'"),
    }
}
