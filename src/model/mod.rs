//! What a schema is: plain data, the same for every backend, in a deterministic order.
//!
//! A [`Schema`] comes from the models (`parse`), from a live database (`backend::…::introspect`) or
//! from migrations replayed on a scratch database; nothing in it tells which. Two of them are
//! compared by `diff`.

mod backend;
mod column;
mod constraint;
mod default_schema;
mod definition;
mod dependency;
mod enum_type;
mod index;
mod name;
mod sql_type;
mod table;
mod view;

pub use backend::Backend;
pub use column::{Column, ColumnOptions, Generated, GeneratedStorage, Identity};
pub use constraint::{
    CheckConstraint, Conflict, ConstraintOptions, Deferrable, ExclusionConstraint, ForeignKey,
    KeyPart, PrimaryKey, ReferentialAction, UniqueConstraint,
};
pub use definition::{Definition, DefinitionBody, DefinitionKind, Domain};
pub use dependency::{Dependency, Server};
pub use enum_type::EnumType;
pub use index::{Index, IndexKey, IndexPart, NullsOrder, SortOrder};
pub use name::QualifiedName;
pub use sql_type::{DieselType, SqlType};
pub use table::{Origin, Table, TableOptions};
pub use view::View;

use std::collections::BTreeMap;

use serde::Serialize;

/// Everything that the models or a database say about the shape of the data.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Schema {
    /// The tables, by name.
    pub tables: BTreeMap<QualifiedName, Table>,
    /// The views, by name.
    pub views: BTreeMap<QualifiedName, View>,
    /// The enumerated types, by name.
    pub enums: BTreeMap<QualifiedName, EnumType>,
    /// Domains, composite and range types, and sequences that no column owns (PostgreSQL), by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub definitions: Vec<Definition>,
    /// `joinable!`s of the models: a hint that a foreign key exists. Empty for a database.
    pub joinables: Vec<Joinable>,
    /// Objects of kinds that glowplug does not model: they are kept through every change.
    pub others: Vec<OtherObject>,
    /// What stands on tables, columns and types without being part of them. Empty for models.
    #[serde(skip)]
    pub dependencies: Vec<Dependency>,
    /// What gives a view that is made anew, or a table that comes back, all that it had besides its
    /// definition: statements for its owner, comments, grants and options. Empty for models.
    #[serde(skip)]
    pub relation_extras: BTreeMap<QualifiedName, Vec<String>>,
    /// The same of an index or a constraint that is made anew, by its table and its name: comments,
    /// and what names it as the one to cluster or to replicate by.
    #[serde(skip)]
    pub part_extras: BTreeMap<(QualifiedName, String), Vec<String>>,
    /// The same of a column: its grants, and what tells the planner of it.
    #[serde(skip)]
    pub column_extras: BTreeMap<(QualifiedName, String), Vec<String>>,
    /// The same of a type or a sequence: its owner, grants and comments.
    #[serde(skip)]
    pub definition_extras: BTreeMap<(QualifiedName, bool), Vec<String>>,
    /// How many rows a table or a materialised view has, as the server estimates it (PostgreSQL).
    #[serde(skip)]
    pub row_estimates: BTreeMap<QualifiedName, u64>,
    /// The server that it was read from. Nothing is known of it for models.
    #[serde(skip)]
    pub server: Server,
}

impl Schema {
    /// The table of this name.
    #[must_use]
    pub fn table(&self, name: &QualifiedName) -> Option<&Table> {
        self.tables.get(name)
    }

    /// The definition that is the same object as this one.
    #[must_use]
    pub fn definition(&self, like: &Definition) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.is_same(like))
    }

    /// The type that values of `native` are of to a client: a domain's own, whatever it stands on.
    #[must_use]
    pub fn base_of<'a>(&'a self, native: &'a str) -> &'a str {
        let mut base = native;
        // A domain over a domain over …: never in a circle, but nothing here can know that.
        for _ in 0..self.definitions.len() {
            let domain = self.definitions.iter().find_map(|definition| match &definition.body {
                DefinitionBody::Domain(domain) if definition.name.is_spelt(base) => Some(domain),
                _ => None,
            });
            match domain {
                Some(domain) => base = &domain.native,
                None => break,
            }
        }
        base
    }

    /// Adds or replaces a table under its own name.
    pub fn insert_table(&mut self, table: Table) {
        self.tables.insert(table.name.clone(), table);
    }
}

/// `joinable!(child -> parent (column))`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Joinable {
    /// The table that holds the column.
    pub child: QualifiedName,
    /// The table whose primary key the column refers to.
    pub parent: QualifiedName,
    /// The column of the child, by its SQL name.
    pub column: String,
    /// Where the macro stands.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

/// An object that is read but not modelled, such as a trigger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OtherObject {
    /// The server's word for its kind: `trigger`, `virtual table`, `function`.
    pub kind: String,
    /// Its name.
    pub name: QualifiedName,
    /// The table that it belongs to, if any.
    pub table: Option<QualifiedName>,
    /// The server's own text of it, where the server keeps one.
    pub sql: Option<String>,
}

impl OtherObject {
    /// `trigger noted of session`
    #[must_use]
    pub fn title(&self) -> String {
        let Self { kind, name, table, .. } = self;
        match table {
            Some(table) => format!("{kind} {name} of {table}"),
            None => format!("{kind} {name}"),
        }
    }
}
