//! An index.

use serde::Serialize;

use super::ConstraintOptions;

/// An index of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Index {
    /// Its name; `None` in the models where none is given: the backend's convention names it.
    pub name: Option<String>,
    /// Whether two rows may not share a key.
    pub unique: bool,
    /// What is indexed, in order.
    pub parts: Vec<IndexPart>,
    /// The SQL condition of a partial index.
    pub predicate: Option<String>,
    /// The access method where it is not the default: `gin`, `hash`.
    pub method: Option<String>,
    /// Columns that are only stored in it (PostgreSQL's `INCLUDE`).
    pub include: Vec<String>,
    /// The server's own text of it, where it keeps one.
    pub stored: Option<String>,
    /// What only PostgreSQL can say of it: storage parameters, `NULLS NOT DISTINCT`.
    #[serde(skip_serializing_if = "ConstraintOptions::is_default")]
    pub options: ConstraintOptions,
}

/// One key of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexPart {
    /// The column or the expression.
    pub key: IndexKey,
    /// Ascending or descending.
    pub order: SortOrder,
    /// Where NULLs sort, where stated.
    pub nulls: Option<NullsOrder>,
    /// Its collation, where stated.
    pub collation: Option<String>,
    /// Its operator class, where it is not the default (PostgreSQL).
    pub operator_class: Option<String>,
    /// How many characters are indexed (MySQL).
    pub length: Option<u32>,
}

impl IndexPart {
    /// A column, ascending.
    pub fn column(name: impl Into<String>) -> Self {
        Self {
            key: IndexKey::Column(name.into()),
            order: SortOrder::Ascending,
            nulls: None,
            collation: None,
            operator_class: None,
            length: None,
        }
    }
}

/// What is indexed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndexKey {
    /// A column, by its SQL name.
    Column(String),
    /// A SQL expression, without outer parentheses.
    Expression(String),
}

/// The direction of a sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortOrder {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// Where NULLs sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NullsOrder {
    /// Before all values.
    First,
    /// After all values.
    Last,
}
