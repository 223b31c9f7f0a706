//! The type of a column: Diesel's, the server's, or both.

use std::fmt;

use serde::Serialize;

/// The type of a column.
///
/// The models give `diesel`, and `native` only where `ddl!` says `type "…"`; a database gives
/// `native` only. Before a comparison the models' side is resolved to a native type as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SqlType {
    /// Diesel's type without its outer `Nullable`, under its canonical name.
    pub diesel: Option<DieselType>,
    /// The server's spelling: `numeric(12,2)`, `VARCHAR(20)`. SQLite: as declared, `""` if not.
    pub native: Option<String>,
    /// `#[max_length = 20]`, in characters.
    pub max_length: Option<u32>,
}

impl SqlType {
    /// A type known by Diesel's name only.
    pub fn diesel(name: impl Into<String>) -> Self {
        Self { diesel: Some(DieselType::new(name)), native: None, max_length: None }
    }

    /// A type known by the server's spelling only.
    pub fn native(spelling: impl Into<String>) -> Self {
        Self { diesel: None, native: Some(spelling.into()), max_length: None }
    }
}

impl fmt::Display for SqlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.native, &self.diesel) {
            (Some(native), _) => f.write_str(native),
            (None, Some(diesel)) => diesel.fmt(f),
            (None, None) => f.write_str("?"),
        }
    }
}

/// One of Diesel's SQL types, or a custom one, by the last segment of its path.
///
/// Aliases are resolved by the parser (`Int4` and `Integer` are one type), so that a backend's
/// type table has one row a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DieselType {
    /// The canonical name: `Integer`, `Timestamp`, `Array`; for a custom type its own.
    pub name: String,
    /// What stands between `<` and `>`: the element of an `Array`, a `Range`, an `Unsigned`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<DieselType>,
    /// True when the name is none of Diesel's own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub custom: bool,
}

impl DieselType {
    /// One of Diesel's own types, without arguments.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), arguments: Vec::new(), custom: false }
    }

    /// The type of the elements of an array, of any depth, or the type itself; and whether it is
    /// an array.
    #[must_use]
    pub fn element(&self) -> (&Self, bool) {
        match (self.name.as_str(), self.arguments.as_slice()) {
            ("Array", [inner]) => (inner.element().0, true),
            ("Nullable", [inner]) => inner.element(),
            _ => (self, false),
        }
    }
}

impl fmt::Display for DieselType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some((first, rest)) = self.arguments.split_first() {
            write!(f, "<{first}")?;
            for argument in rest {
                write!(f, ", {argument}")?;
            }
            f.write_str(">")?;
        }
        Ok(())
    }
}
