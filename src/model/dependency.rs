//! What a server tells of its objects besides their shape.

use super::QualifiedName;

/// An object that stands on another one, without being part of it: while it is there, the other
/// cannot be dropped, or changed in some ways.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    /// The server's word for its kind: `view`, `policy`, `function`.
    pub kind: String,
    /// Its name, as the server tells it: a policy is `name on table`.
    pub name: QualifiedName,
    /// The table, view or type that it stands on.
    pub on: QualifiedName,
    /// The column that it stands on, if it is one.
    pub column: Option<String>,
}

/// What is known of the server that a schema was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// The schema whose objects have names without a schema.
    pub default_schema: Option<String>,
    /// Its version, as it numbers itself: PostgreSQL 15.4 is 150004.
    pub version: Option<i32>,
}
