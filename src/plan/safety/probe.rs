//! What is to be counted, and what came out.

use serde::Serialize;

use crate::model::{IndexPart, QualifiedName};

/// A question to the database as it is before the plan. All names are SQL names of that database,
/// except inside a [`Source`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "probe", rename_all = "kebab-case")]
pub enum Probe {
    /// How many rows does the table hold?
    Rows { table: QualifiedName },
    /// How many values of the column are not NULL?
    NonNull { table: QualifiedName, column: String },
    /// How many are NULL? `key` names the rows.
    Nulls { table: QualifiedName, column: String, key: Vec<String> },
    /// How many values of the key occur more than once? A key with a NULL in it never does.
    Duplicates { source: Source, parts: Vec<IndexPart>, predicate: Option<String> },
    /// How many rows refer to a row that is not there? One with a NULL in it does not refer.
    Orphans {
        source: Source,
        columns: Vec<String>,
        foreign_table: QualifiedName,
        foreign_columns: Vec<String>,
    },
    /// For how many rows is the expression false? `key` names the rows.
    Violations { source: Source, expression: String, key: Vec<String> },
    /// How many values do not survive the change of the column's type?
    Unconvertible { table: QualifiedName, column: String, from: String, to: String },
}

/// The rows of a table as the plan will see them: under new names, with new columns filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The table, as it is called now.
    pub table: QualifiedName,
    /// What expressions call it: its new name, without schema.
    pub alias: String,
    /// Its columns; empty where those of today will do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<SourceColumn>,
}

/// One column of a [`Source`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceColumn {
    /// Its new name.
    pub name: String,
    /// Its name of today, if it is there today.
    pub live: Option<String>,
    /// The SQL of what fills it: all rows where it is not there today, NULLs otherwise.
    pub value: Option<String>,
}

/// The answer to a [`Probe`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How many were found.
    pub count: i64,
    /// How many rows the table holds.
    pub total: i64,
    /// The first few of what was found, as text that can be printed: keys of rows, or values.
    pub sample: Vec<String>,
}
