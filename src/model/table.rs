//! A table.

use std::path::PathBuf;

use serde::Serialize;

use super::{
    CheckConstraint, Column, ExclusionConstraint, ForeignKey, Index, PrimaryKey, QualifiedName,
    UniqueConstraint,
};

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// Its name.
    pub name: QualifiedName,
    /// Its columns, in the order of the source.
    pub columns: Vec<Column>,
    /// Its primary key, if it has one.
    pub primary_key: Option<PrimaryKey>,
    /// Its unique constraints.
    pub uniques: Vec<UniqueConstraint>,
    /// Its checks.
    pub checks: Vec<CheckConstraint>,
    /// Its exclusion constraints (PostgreSQL).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<ExclusionConstraint>,
    /// Its foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Its indexes, those behind constraints left out.
    pub indexes: Vec<Index>,
    /// What only some backends know.
    pub options: TableOptions,
    /// Its comment in the database.
    pub comment: Option<String>,
    /// `#[doc(alias = "…")]`: names that it had before. Empty for a database.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub renamed_from: Vec<String>,
    /// Whether the source says all about it: a database, or models with a `ddl!` block.
    /// Otherwise only columns, types, nullability and primary key are the source's to say.
    pub described: bool,
    /// Of a model: whether `view!` names it, which says no SQL.
    #[serde(skip)]
    pub is_view: bool,
    /// The server's own text of it, where it keeps one (SQLite).
    #[serde(skip)]
    pub stored: Option<String>,
    /// Where the models define it.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

impl Table {
    /// A table without columns.
    pub fn new(name: impl Into<QualifiedName>) -> Self {
        Self {
            name: name.into(),
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            checks: Vec::new(),
            exclusions: Vec::new(),
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
            options: TableOptions::default(),
            comment: None,
            renamed_from: Vec::new(),
            described: false,
            is_view: false,
            stored: None,
            origin: None,
        }
    }

    /// The column of this name. SQL compares names of columns without regard to case on every
    /// backend but PostgreSQL, whose names are exact; the exact name wins.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|c| c.name == name)
    }

    /// Whether the column is part of the primary key.
    #[must_use]
    pub fn is_key(&self, column: &str) -> bool {
        self.primary_key.as_ref().is_some_and(|key| key.columns.iter().any(|c| c == column))
    }

    /// The only column of the primary key, if there is exactly one.
    #[must_use]
    pub fn sole_key(&self) -> Option<&str> {
        match self.primary_key.as_ref()?.columns.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// Options of a table that only some backends know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TableOptions {
    /// SQLite: `STRICT`.
    pub strict: bool,
    /// SQLite: `WITHOUT ROWID`.
    pub without_rowid: bool,
    /// MySQL: `ENGINE = …`.
    pub engine: Option<String>,
    /// PostgreSQL: `UNLOGGED`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unlogged: bool,
    /// PostgreSQL: storage parameters, as `fillfactor=70`, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// Further options, by their upper-case name, with their SQL value.
    pub others: std::collections::BTreeMap<String, String>,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file, as it was given.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}
