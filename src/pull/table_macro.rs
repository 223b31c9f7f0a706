//! `diesel::table!`

use super::Pull;
use super::literal::literal;
use super::types::custom_names;
use super::writer::Writer;
use crate::model::{Column, DieselType, Table};

/// Diesel's own names of types, which a custom type must not take.
pub(super) const DIESEL_TYPES: &[&str] = &[
    "Array",
    "BigInt",
    "Binary",
    "Bit",
    "Blob",
    "Bool",
    "Char",
    "Cidr",
    "Citext",
    "Date",
    "Datetime",
    "Decimal",
    "Double",
    "Float",
    "Inet",
    "Integer",
    "Interval",
    "Json",
    "Jsonb",
    "MacAddr",
    "MacAddr8",
    "Money",
    "Multirange",
    "Nullable",
    "Numeric",
    "Oid",
    "PgLsn",
    "Range",
    "Record",
    "SmallInt",
    "SqlType",
    "Text",
    "Time",
    "Timestamp",
    "Timestamptz",
    "TinyInt",
    "Unsigned",
    "Uuid",
    "VarChar",
    "Varchar",
];

/// Writes the table as Diesel knows it.
pub(super) fn write(pull: &Pull<'_>, table: &Table, out: &mut Writer) {
    out.open("diesel::table! {");
    imports(pull, table, out);
    let rust = pull.names.table(&table.name);
    if rust != table.name.name {
        out.line(&format!("#[sql_name = {}]", literal(&table.name.name)));
    }
    let schema = table.name.schema.as_ref().map(|schema| format!("{schema}.")).unwrap_or_default();
    let key = pull.names.columns(&table.name, &key(table)).unwrap_or_default();
    out.open(&format!("{schema}{rust} ({key}) {{"));
    for column in &table.columns {
        write_column(pull, table, column, out);
    }
    out.close("}");
    out.close("}");
}

/// The `use` lines of a table with custom types. Without one Diesel imports its own types itself.
fn imports(pull: &Pull<'_>, table: &Table, out: &mut Writer) {
    let mut names = Vec::new();
    for column in &table.columns {
        custom_names(&pull.types.get(table, column).diesel, &mut names);
    }
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return;
    }
    let root = if table.name.schema.is_some() { "super::super" } else { "super" };
    out.line("use diesel::sql_types::*;");
    for name in names {
        out.line(&format!("use {root}::sql_types::{name};"));
    }
    out.blank();
}

/// Diesel needs a key: without one in the database it is a unique one that is never NULL, or all
/// columns, and `ddl!` says that it is none.
fn key(table: &Table) -> Vec<String> {
    if let Some(key) = &table.primary_key {
        return key.columns.clone();
    }
    let never_null = |columns: &[String]| {
        columns.iter().all(|name| table.column(name).is_some_and(|column| !column.nullable))
    };
    let unique = table.uniques.iter().find(|unique| never_null(&unique.columns));
    match unique {
        Some(unique) => unique.columns.clone(),
        None => table.columns.iter().map(|column| column.name.clone()).collect(),
    }
}

fn write_column(pull: &Pull<'_>, table: &Table, column: &Column, out: &mut Writer) {
    let rust = pull.names.column(&table.name, &column.name).unwrap_or(&column.name);
    let written = pull.types.get(table, column);
    if rust != column.name {
        out.line(&format!("#[sql_name = {}]", literal(&column.name)));
    }
    if let Some(length) = written.max_length {
        out.line(&format!("#[max_length = {length}]"));
    }
    let varchar = written.max_length.is_some() && written.diesel == DieselType::new("Text");
    let diesel = if varchar { "Varchar".to_owned() } else { written.diesel.to_string() };
    match column.nullable {
        true => out.line(&format!("{rust} -> Nullable<{diesel}>,")),
        false => out.line(&format!("{rust} -> {diesel},")),
    }
}
