//! The Diesel types of the columns, and what `type "…"` has to say besides.

use std::collections::BTreeMap;

use super::Pull;
use super::literal::literal;
use super::writer::Writer;
use crate::backend::ident::quote_name;
use crate::backend::{Backend, Dialect};
use crate::model::{Column, DieselType, QualifiedName, Schema, SqlType, Table};

/// How a column's type is written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) diesel: DieselType,
    pub(super) max_length: Option<u32>,
    /// What `type "…"` says, where the Diesel type alone would be created as another.
    pub(super) stated: Option<String>,
}

/// The types of all columns.
#[derive(Debug, Default)]
pub(super) struct Types {
    columns: BTreeMap<(QualifiedName, String), Written>,
    /// Custom types by their Rust name: the server's name of each.
    custom: BTreeMap<String, QualifiedName>,
}

impl Types {
    /// Finds a type for every column.
    pub(super) fn of(schema: &Schema, dialect: &dyn Dialect) -> Self {
        let mut types = Self::default();
        for table in schema.tables.values() {
            for column in &table.columns {
                let written = types.write(table, column, schema, dialect);
                types.columns.insert((table.name.clone(), column.name.clone()), written);
            }
        }
        types
    }

    /// The type of a column.
    pub(super) fn get(&self, table: &Table, column: &Column) -> &Written {
        let key = (table.name.clone(), column.name.clone());
        self.columns.get(&key).expect("every column got a type")
    }

    fn write(
        &mut self,
        table: &Table,
        column: &Column,
        schema: &Schema,
        dialect: &dyn Dialect,
    ) -> Written {
        let native = column.sql_type.native.clone().unwrap_or_default();
        let key = table.sole_key() == Some(column.name.as_str());
        let (diesel, max_length) = dialect
            .diesel_type(schema.base_of(&native), key)
            .unwrap_or_else(|| match dialect.backend() {
                // Every value loads as a text.
                Backend::Sqlite => (DieselType::new("Text"), None),
                Backend::Postgres | Backend::Mysql => {
                    (self.custom_type(&native, schema, dialect), None)
                }
            });
        let sql_type = SqlType { diesel: Some(diesel.clone()), native: None, max_length };
        let model = Column { sql_type, ..column.clone() };
        let created = dialect.native_type(&model, schema).ok();
        let spelling = |native: &str| dialect.normalize_type(native);
        let same = created.is_some_and(|created| spelling(&created) == spelling(&native));
        Written { diesel, max_length, stated: (!same).then_some(native) }
    }

    /// A type of the application for a type that Diesel does not know: `mood` is `Mood`.
    fn custom_type(&mut self, native: &str, schema: &Schema, dialect: &dyn Dialect) -> DieselType {
        if let Some(element) = native.strip_suffix("[]") {
            let element = self.custom_type(element, schema, dialect);
            let nullable = DieselType { arguments: vec![element], ..DieselType::new("Nullable") };
            return DieselType { arguments: vec![nullable], ..DieselType::new("Array") };
        }
        let spelt = |name: &&QualifiedName| {
            dialect.normalize_type(&quote_name(dialect.backend(), name)) == native
        };
        let server = schema.enums.keys().find(spelt).cloned().unwrap_or_else(|| type_name(native));
        let mut rust = camel_case(&server.name);
        while self.custom.get(&rust).is_some_and(|other| *other != server) {
            rust.push('_');
        }
        self.custom.insert(rust.clone(), server);
        DieselType { custom: true, ..DieselType::new(rust) }
    }
}

/// The names of the custom types that a type is made of.
pub(super) fn custom_names<'a>(diesel: &'a DieselType, names: &mut Vec<&'a str>) {
    if diesel.custom {
        names.push(&diesel.name);
    }
    diesel.arguments.iter().for_each(|argument| custom_names(argument, names));
}

/// The name in PostgreSQL's catalog behind the spelling of a type.
fn type_name(native: &str) -> QualifiedName {
    let bare = native.split('(').next().unwrap_or_default().trim();
    let unquoted = |part: &str| {
        let inner = part.strip_prefix('"').and_then(|part| part.strip_suffix('"'));
        inner.map_or_else(|| part.to_owned(), |inner| inner.replace("\"\"", "\""))
    };
    match bare {
        "bit varying" => QualifiedName::new("varbit"),
        "time with time zone" => QualifiedName::new("timetz"),
        _ => match bare.split_once('.') {
            Some((schema, name)) => QualifiedName::in_schema(unquoted(schema), unquoted(name)),
            None => QualifiedName::new(unquoted(bare)),
        },
    }
}

fn camel_case(name: &str) -> String {
    let mut camel = String::new();
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    // One of Diesel's own names would hide Diesel's type.
    let diesel = |name: &str| super::table_macro::DIESEL_TYPES.contains(&name);
    if camel.is_empty() || camel.starts_with(|c: char| c.is_ascii_digit()) || diesel(&camel) {
        camel.push_str("Type");
        camel.insert(0, 'T');
    }
    camel
}

/// `pub mod sql_types`, with a unit struct for each custom type.
pub(super) fn write_custom(pull: &Pull<'_>, out: &mut Writer) {
    if pull.types.custom.is_empty() {
        return;
    }
    out.blank();
    out.open("pub mod sql_types {");
    for (rust, server) in &pull.types.custom {
        out.blank();
        let name = literal(&server.name);
        let attribute = match (pull.dialect.backend(), &server.schema) {
            (Backend::Postgres, Some(schema)) => {
                format!("postgres_type(name = {name}, schema = {})", literal(schema))
            }
            (Backend::Postgres, None) => format!("postgres_type(name = {name})"),
            (Backend::Mysql, _) => "mysql_type(name = \"Enum\")".to_owned(),
            (Backend::Sqlite, _) => "sqlite_type(name = \"Text\")".to_owned(),
        };
        out.line("#[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]");
        out.line(&format!("#[diesel({attribute})]"));
        out.line(&format!("pub struct {rust};"));
    }
    out.close("}");
}
