//! What is to be counted, and what came out.

use serde::Serialize;

use crate::model::{IndexPart, QualifiedName};

/// A question to the database as it is before the plan. All names are SQL names of that database,
/// except inside a [`Source`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "probe", rename_all = "kebab-case")]
pub enum Probe {
    /// How many rows does the table hold?
    Rows {
        /// The table.
        table: QualifiedName,
    },
    /// How many values of the column are not NULL?
    NonNull {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: String,
    },
    /// How many are NULL?
    Nulls {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: String,
        /// The columns that name a row in the sample.
        key: Vec<String>,
    },
    /// How many values of the key occur more than once? A key with a NULL in it never does.
    Duplicates {
        /// The rows.
        source: Source,
        /// The key, as an index over it has it.
        parts: Vec<IndexPart>,
        /// Which rows the index is about.
        predicate: Option<String>,
    },
    /// How many rows refer to a row that is not there? One with a NULL in it does not refer.
    Orphans {
        /// The rows that refer.
        source: Source,
        /// By which columns.
        columns: Vec<String>,
        /// The table that they refer to.
        foreign_table: QualifiedName,
        /// By which columns there, in the same order.
        foreign_columns: Vec<String>,
    },
    /// For how many rows is the expression false?
    Violations {
        /// The rows.
        source: Source,
        /// The SQL condition.
        expression: String,
        /// The columns that name a row in the sample.
        key: Vec<String>,
    },
    /// How many values do not survive the change of the column's type?
    Unconvertible {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: String,
        /// Its native type.
        from: String,
        /// The native type that it is to have.
        to: String,
    },
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
    /// The wider type that it gets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cast: Option<String>,
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

impl Finding {
    /// How many keys or values a sample holds at most.
    pub const SAMPLE: usize = 5;
}
