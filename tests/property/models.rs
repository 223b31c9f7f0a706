//! The schema as Rust: `table!` and `ddl!`.

use std::fmt::Write as _;

use super::mutate::Change;
use super::shape::{Column, KeyForm, Kind, Part, Shape, Table};
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
    let key: Vec<String> = table.key.iter().map(|id| format!("c{id}")).collect();
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
    for unique in &table.uniques {
        let name = called(unique.name.as_ref());
        writeln!(text, "        unique{name} ({});", idents(&unique.columns))?;
    }
    for check in &table.checks {
        let name = called(check.name.as_ref());
        writeln!(text, "        check{name} {:?};", check_sql(check, table))?;
    }
    for reference in &table.references {
        let parent = shape.table(reference.table);
        let action = if reference.on_delete == "NO ACTION" {
            String::new()
        } else {
            format!(" on delete {}", reference.on_delete.to_lowercase())
        };
        writeln!(
            text,
            "        foreign key{} ({}) references t{} ({}){action};",
            called(reference.name.as_ref()),
            idents(&reference.columns),
            parent.id,
            idents(&parent.key)
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
            KeyForm::Plain => attributes.push("unassigned".to_owned()),
        }
    }
    if let Some(default) = &column.default {
        attributes.push(format!("default {default:?}"));
    }
    if let Some((source, stored)) = column.generated {
        let sql = format!("length({})", super::sql::name(&table.column(source).name));
        attributes.push(format!("generated {sql:?} {}", if stored { "stored" } else { "virtual" }));
    }
    if let Some(collation) = column.collation {
        attributes.push(format!("collate {collation:?}"));
    }
    attributes
}

fn called(name: Option<&String>) -> String {
    name.map_or(String::new(), |name| format!(" {name:?}"))
}

fn idents(ids: &[usize]) -> String {
    let names: Vec<String> = ids.iter().map(|id| format!("c{id}")).collect();
    names.join(", ")
}
