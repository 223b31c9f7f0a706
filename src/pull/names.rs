//! Rust names for SQL names, in the way of Diesel CLI: `type` is `type_`, `it's` is `it_s`.

use std::collections::{BTreeMap, BTreeSet};

use crate::backend::Refusal;
use crate::model::{QualifiedName, Schema, Table};
use crate::print_schema::names as diesel;

/// Names that `table!` gives to parts of its module, or that the text itself uses.
const RESERVED: &[&str] = &[
    "BoxedQuery",
    "SqlType",
    "all_columns",
    "columns",
    "diesel",
    "dsl",
    "gen",
    "glowplug",
    "is_nullable",
    "sql_types",
    "star",
    "table",
];

/// The Rust names of a schema's tables and columns.
#[derive(Debug)]
pub(super) struct Names {
    tables: BTreeMap<QualifiedName, TableNames>,
}

#[derive(Debug)]
struct TableNames {
    rust: String,
    /// By SQL name.
    columns: BTreeMap<String, String>,
}

impl Names {
    /// Finds a Rust name for every table and column.
    ///
    /// # Errors
    /// Every name that `table!` cannot carry.
    pub(super) fn of(schema: &Schema) -> Result<Self, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let mut tables = BTreeMap::new();
        let mut taken: BTreeSet<(Option<&str>, String)> = BTreeSet::new();
        // The modules of other schemas stand beside the tables of the default one.
        for name in schema.tables.keys().filter_map(|name| name.schema.as_deref()) {
            taken.insert((None, name.to_owned()));
        }
        for table in schema.tables.values() {
            refusals.extend(refused(table));
        }
        for table in plain_first(schema.tables.values(), |table| &table.name.name) {
            let space = table.name.schema.as_deref();
            let mut rust = rust_name(&table.name.name);
            while !taken.insert((space, rust.clone())) {
                rust.push('_');
            }
            let columns = column_names(table, &rust);
            tables.insert(table.name.clone(), TableNames { rust, columns });
        }
        if refusals.is_empty() { Ok(Self { tables }) } else { Err(refusals) }
    }

    /// The names that Diesel CLI's `print-schema` gives.
    pub(super) fn of_diesel_cli(schema: &Schema) -> Self {
        let names = |table: &Table| {
            let rust = diesel::rust_name(&table.name.name);
            let column = |sql: &String| (sql.clone(), diesel::rust_name_of_column(sql, &rust));
            let columns = table.columns.iter().map(|it| column(&it.name)).collect();
            (table.name.clone(), TableNames { rust, columns })
        };
        Self { tables: schema.tables.values().map(names).collect() }
    }

    /// The Rust name of a table, within its module.
    pub(super) fn table<'a>(&'a self, name: &'a QualifiedName) -> &'a str {
        self.tables.get(name).map_or(&name.name, |names| &names.rust)
    }

    /// The path of a table: `session`, `audit::event`.
    pub(super) fn path(&self, name: &QualifiedName) -> Option<String> {
        let rust = &self.tables.get(name)?.rust;
        Some(match &name.schema {
            Some(schema) => format!("{schema}::{rust}"),
            None => rust.clone(),
        })
    }

    /// The Rust name of a column, if the table has it.
    pub(super) fn column(&self, table: &QualifiedName, name: &str) -> Option<&str> {
        self.tables.get(table)?.columns.get(name).map(String::as_str)
    }

    /// The Rust names of columns, as a list; `None` if the table has not got all of them.
    pub(super) fn columns(&self, table: &QualifiedName, names: &[String]) -> Option<String> {
        let names: Option<Vec<_>> = names.iter().map(|name| self.column(table, name)).collect();
        names.map(|names| names.join(", "))
    }
}

fn column_names(table: &Table, table_name: &str) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::from([table_name.to_owned()]);
    let mut names = BTreeMap::new();
    for column in plain_first(&table.columns, |column| &column.name) {
        let mut rust = rust_name(&column.name);
        while !taken.insert(rust.clone()) {
            rust.push('_');
        }
        names.insert(column.name.clone(), rust);
    }
    names
}

/// Names that are Rust names go first, so that no other takes theirs.
fn plain_first<'a, T>(items: impl IntoIterator<Item = &'a T>, name: fn(&T) -> &str) -> Vec<&'a T> {
    let (mut plain, other): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|item| rust_name(name(item)) == name(item));
    plain.extend(other);
    plain
}

/// A Rust identifier that comes near the name.
fn rust_name(sql: &str) -> String {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut name = sql.to_owned();
    if !sql.chars().all(letter) {
        let words = sql.split(|c| !letter(c) || c == '_').filter(|word| !word.is_empty());
        name = words.collect::<Vec<_>>().join("_");
    }
    if !name.bytes().any(|b| b.is_ascii_alphanumeric()) {
        name = "unnamed".to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    // Diesel keeps names that begin with two underscores to itself.
    let reserved = name.starts_with("__")
        || RESERVED.contains(&name.as_str())
        || syn::parse_str::<syn::Ident>(&name).is_err();
    if reserved && !(name.starts_with("__") && name.ends_with('_')) {
        name.push('_');
    }
    name
}

/// The names of a table that `table!` has no place for.
pub(super) fn refused(table: &Table) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if let Some(schema) = &table.name.schema
        && syn::parse_str::<syn::Ident>(schema).is_err()
    {
        let reason = format!("its schema `{schema}` is no Rust identifier, and `table!` needs one");
        refusals.push(Refusal::new(format!("table `{}`", table.name), reason));
    }
    if let Some(reason) = refused_name(&table.name.name) {
        refusals.push(Refusal::new(format!("table `{}`", table.name), reason));
    }
    for column in &table.columns {
        if let Some(reason) = refused_name(&column.name) {
            refusals.push(Refusal::new(format!("column `{}.{}`", table.name, column.name), reason));
        }
    }
    if table.columns.is_empty() {
        refusals.push(Refusal::new(format!("table `{}`", table.name), "it has no column"));
    }
    refusals
}

fn refused_name(name: &str) -> Option<&'static str> {
    match name {
        "" => Some("its name is empty, and `#[sql_name]` needs one"),
        name if name.contains('\0') => Some("its name holds a NUL byte"),
        name if name.starts_with("r#") => Some("`#[sql_name]` drops the `r#` of its name"),
        _ => None,
    }
}
