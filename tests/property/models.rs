//! The schema as Rust: `table!` and `ddl!`.

use std::fmt::Write as _;

use super::mutate::Change;
use super::shape::{Column, KeyForm, KeyOptions, Kind, Part, Shape, Table};
use super::sql::check_sql;

/// The models of a shape; `change` knows the former names.
pub(crate) fn models(shape: &Shape, change: &Change) -> String {
    let mut text = String::new();
    for table in &shape.tables {
        table_macro(&mut text, table, change).expect("a String takes all");
    }
    text.push_str("glowplug::ddl! {\n");
    for table in &shape.tables {
        block(&mut text, table, shape).expect("a String takes all");
    }
    text.push_str("}\n");
    text
}

fn table_macro(text: &mut String, table: &Table, change: &Change) -> std::fmt::Result {
    writeln!(text, "diesel::table! {{")?;
    attributes(text, &format!("t{}", table.id), &table.name, change.alias(table.id))?;
    let all = table.columns.iter().map(|column| column.id).collect::<Vec<_>>();
    let key = if table.key.is_empty() { &all } else { &table.key };
    let key: Vec<String> = key.iter().map(|id| format!("c{id}")).collect();
    writeln!(text, "    t{} ({}) {{", table.id, key.join(", "))?;
    for column in &table.columns {
        attributes(text, &format!("c{}", column.id), &column.name, change.alias(column.id))?;
        if column.kind == Kind::Varchar {
            writeln!(text, "        #[max_length = 40]")?;
        }
        let diesel = column.kind.diesel();
        let diesel =
            if column.nullable { format!("Nullable<{diesel}>") } else { diesel.to_owned() };
        writeln!(text, "        c{} -> {diesel},", column.id)?;
    }
    writeln!(text, "    }}\n}}\n")
}

fn attributes(text: &mut String, rust: &str, sql: &str, alias: Option<&str>) -> std::fmt::Result {
    if rust != sql {
        writeln!(text, "        #[sql_name = {sql:?}]")?;
    }
    if let Some(alias) = alias {
        writeln!(text, "        #[doc(alias = {alias:?})]")?;
    }
    Ok(())
}

fn block(text: &mut String, table: &Table, shape: &Shape) -> std::fmt::Result {
    writeln!(text, "    table t{} {{", table.id)?;
    for column in &table.columns {
        let attributes = column_attributes(table, column);
        if !attributes.is_empty() {
            writeln!(text, "        c{}: {};", column.id, attributes.join(", "))?;
        }
    }
    if table.key.is_empty() {
        writeln!(text, "        no primary key;")?;
    } else if table.key_options != KeyOptions::default() {
        let columns = key_idents(&table.key, &table.key_options);
        if columns != idents(&table.key) || table.key_options.conflict.is_some() {
            let clause = conflict(table.key_options.conflict);
            writeln!(text, "        primary key ({columns}){clause};")?;
        }
    }
    for unique in &table.uniques {
        let name = called(unique.name.as_ref());
        let columns = key_idents(&unique.columns, &unique.options);
        let clause = conflict(unique.options.conflict);
        writeln!(text, "        unique{name} ({columns}){clause};")?;
    }
    for check in &table.checks {
        let name = called(check.name.as_ref());
        let clause = conflict(check.conflict);
        writeln!(text, "        check{name} {:?}{clause};", check_sql(check, table))?;
    }
    for reference in &table.references {
        let parent = shape.table(reference.table);
        let action = if reference.on_delete == "NO ACTION" {
            String::new()
        } else {
            format!(" on delete {}", reference.on_delete.to_lowercase())
        };
        let update = if reference.on_update == "NO ACTION" {
            String::new()
        } else {
            format!(" on update {}", reference.on_update.to_lowercase())
        };
        writeln!(
            text,
            "        foreign key{} ({}) references t{} ({}){action}{update}{};",
            called(reference.name.as_ref()),
            idents(&reference.columns),
            parent.id,
            idents(&parent.key),
            ["", " deferrable", " deferrable initially deferred"][reference.deferrable],
        )?;
    }
    for index in &table.indexes {
        let parts: Vec<String> = index
            .parts
            .iter()
            .map(|part| match *part {
                Part::Lower(id) => {
                    format!("{:?}", format!("lower({})", super::sql::name(&table.column(id).name)))
                }
                Part::Column { id, descending, nocase } => {
                    let collate = if nocase { " collate \"NOCASE\"" } else { "" };
                    let order = if descending { " desc" } else { "" };
                    format!("c{id}{collate}{order}")
                }
            })
            .collect();
        let predicate = index.predicate.map_or(String::new(), |id| {
            let sql = format!("{} IS NOT NULL", super::sql::name(&table.column(id).name));
            format!(" where {sql:?}")
        });
        let unique = if index.unique { "unique " } else { "" };
        writeln!(
            text,
            "        {unique}index {:?} ({}){predicate};",
            index.name,
            parts.join(", ")
        )?;
    }
    if table.strict {
        writeln!(text, "        strict;")?;
    }
    if table.without_rowid {
        writeln!(text, "        without rowid;")?;
    }
    writeln!(text, "    }}")
}

fn column_attributes(table: &Table, column: &Column) -> Vec<String> {
    let mut attributes = Vec::new();
    if table.key == [column.id] && column.kind.is_integer() {
        match table.key_form {
            KeyForm::Rowid => attributes.push("rowid".to_owned()),
            KeyForm::Autoincrement => attributes.push("identity".to_owned()),
            KeyForm::Plain | KeyForm::None => attributes.push("unassigned".to_owned()),
        }
    }
    let (name, clause) = &column.not_null;
    let written = table.key_form == KeyForm::Plain || !table.is_key(column.id);
    if !column.nullable && written && (name.is_some() || clause.is_some()) {
        attributes.push(format!("not null{}{}", named(name.as_ref()), conflict(*clause)));
    }
    if let Some(default) = &column.default {
        attributes.push(format!("default {default:?}{}", named(column.names[0].as_ref())));
    }
    if let Some((source, stored)) = column.generated {
        let sql = format!("length({})", super::sql::name(&table.column(source).name));
        let storage = if stored { "stored" } else { "virtual" };
        let name = named(column.names[2].as_ref());
        attributes.push(format!("generated {sql:?} {storage}{name}"));
    }
    if let Some(collation) = column.collation {
        attributes.push(format!("collate {collation:?}{}", named(column.names[1].as_ref())));
    }
    attributes
}

fn named(name: Option<&String>) -> String {
    name.map_or(String::new(), |name| format!(" named {name:?}"))
}

fn conflict(word: Option<&str>) -> String {
    word.map_or(String::new(), |word| format!(" on conflict {}", word.to_lowercase()))
}

fn key_idents(ids: &[usize], options: &KeyOptions) -> String {
    let columns = ids.iter().enumerate().map(|(at, id)| {
        let (descending, collation) = options.part(at);
        let collation = collation.map_or(String::new(), |name| format!(" collate {name:?}"));
        format!("c{id}{collation}{}", if descending { " desc" } else { "" })
    });
    columns.collect::<Vec<_>>().join(", ")
}

fn called(name: Option<&String>) -> String {
    name.map_or(String::new(), |name| format!(" {name:?}"))
}

fn idents(ids: &[usize]) -> String {
    let names: Vec<String> = ids.iter().map(|id| format!("c{id}")).collect();
    names.join(", ")
}
