//! What stands beside tables, views and enums: domains, composite and range types, sequences.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{CheckConstraint, QualifiedName};

/// A type or a sequence that is an object of its own (PostgreSQL).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Its name.
    pub name: QualifiedName,
    /// What it is.
    pub body: DefinitionBody,
    /// What the database says of it.
    pub comment: Option<String>,
}

/// What a definition says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum DefinitionBody {
    /// A type with rules of its own.
    Domain(Domain),
    /// A type of several named parts.
    Composite {
        /// Name and native type of each, in order.
        attributes: Vec<(String, String)>,
    },
    /// A range type.
    Range {
        /// `subtype`, `subtype_diff` …, with their SQL values.
        parameters: BTreeMap<String, String>,
    },
    /// A sequence that no column owns.
    Sequence {
        /// `start`, `increment` …; what is the default is not among them.
        parameters: BTreeMap<String, String>,
    },
}

/// A type with rules of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Domain {
    /// The type that it restricts.
    pub native: String,
    /// Whether no value is NULL.
    pub not_null: bool,
    /// The SQL expression of its default.
    pub default: Option<String>,
    /// Its collation, where it is not that of its type.
    pub collation: Option<String>,
    /// What every value satisfies, as a condition on `VALUE`.
    pub checks: Vec<CheckConstraint>,
}

/// The kinds of definitions. Types share one space of names, sequences and composite types that of
/// the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DefinitionKind {
    /// A type with rules of its own.
    Domain,
    /// A type of several named parts.
    Composite,
    /// A range type.
    Range,
    /// A sequence that no column owns.
    Sequence,
}

impl DefinitionKind {
    /// The server's word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Composite => "composite type",
            Self::Range => "range type",
            Self::Sequence => "sequence",
        }
    }
}

impl Definition {
    /// What kind it is of.
    #[must_use]
    pub fn kind(&self) -> DefinitionKind {
        match self.body {
            DefinitionBody::Domain(_) => DefinitionKind::Domain,
            DefinitionBody::Composite { .. } => DefinitionKind::Composite,
            DefinitionBody::Range { .. } => DefinitionKind::Range,
            DefinitionBody::Sequence { .. } => DefinitionKind::Sequence,
        }
    }

    /// Whether columns can be of it.
    #[must_use]
    pub fn is_type(&self) -> bool {
        self.kind() != DefinitionKind::Sequence
    }

    /// Whether both are one object, however it changes: a type and a sequence may share a name.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.is_type() == other.is_type()
    }

    /// `domain `email``, as messages call it.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} `{}`", self.kind().word(), self.name)
    }
}
