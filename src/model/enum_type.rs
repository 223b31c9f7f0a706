//! An enumerated type.

use serde::Serialize;

use super::QualifiedName;

/// An enumerated type, such as PostgreSQL's `CREATE TYPE … AS ENUM`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnumType {
    /// Its name.
    pub name: QualifiedName,
    /// Its labels, in order.
    pub values: Vec<String>,
}
