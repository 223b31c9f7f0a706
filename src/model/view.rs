//! A view.

use serde::Serialize;

use super::QualifiedName;

/// A view, materialised or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// Its name.
    pub name: QualifiedName,
    /// The SELECT that it stands for.
    pub definition: String,
    /// Whether its rows are stored.
    pub materialized: bool,
    /// The server's own text of it, where it keeps one.
    pub stored: Option<String>,
}
