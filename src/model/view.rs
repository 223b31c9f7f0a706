//! A view.

use serde::Serialize;

use super::{Index, QualifiedName, Table};

/// A view, materialised or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// Its name.
    pub name: QualifiedName,
    /// The SELECT that it stands for.
    pub definition: String,
    /// Whether its rows are stored.
    pub materialized: bool,
    /// Its indexes, where its rows are stored.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
    /// Whether the source says which indexes it has: a database, or models with a block of them.
    #[serde(skip)]
    pub described: bool,
    /// The server's own text of it, where it keeps one.
    pub stored: Option<String>,
}

impl View {
    /// A view that is no more than its SELECT.
    pub fn new(name: impl Into<QualifiedName>, definition: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            definition: definition.into(),
            materialized: false,
            indexes: Vec::new(),
            described: false,
            stored: None,
        }
    }

    /// Whether both stand for the same SELECT, stored in the same way.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.definition == other.definition && self.materialized == other.materialized
    }

    /// A table that has its indexes and nothing else, for what is the same of both.
    #[must_use]
    pub fn as_table(&self) -> Table {
        Table { indexes: self.indexes.clone(), ..Table::new(self.name.clone()) }
    }
}
