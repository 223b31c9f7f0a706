//! The name of a table, view or type.

use std::fmt;

use serde::{Serialize, Serializer};

/// A name with an optional schema: `session`, `audit.event`.
///
/// The name is as the server stores it, unquoted; `None` is the connection's default schema.
///
/// ```
/// use glowplug::model::QualifiedName;
///
/// assert_eq!(QualifiedName::new("session").to_string(), "session");
/// assert_eq!(QualifiedName::in_schema("audit", "event").to_string(), "audit.event");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualifiedName {
    /// The schema, or `None` for the default one.
    pub schema: Option<String>,
    /// The name itself.
    pub name: String,
}

impl QualifiedName {
    /// A name in the default schema.
    pub fn new(name: impl Into<String>) -> Self {
        Self { schema: None, name: name.into() }
    }

    /// A name in a named schema.
    pub fn in_schema(schema: impl Into<String>, name: impl Into<String>) -> Self {
        Self { schema: Some(schema.into()), name: name.into() }
    }

    /// Another name in the same schema.
    pub fn sibling(&self, name: impl Into<String>) -> Self {
        Self { schema: self.schema.clone(), name: name.into() }
    }

    /// Whether the text spells the name, with quotes where it needs them or everywhere.
    #[must_use]
    pub fn is_spelt(&self, text: &str) -> bool {
        let quoted = |part: &str| format!("\"{}\"", part.replace('"', "\"\""));
        let spells = |part: &str, text: &str| text == part || text == quoted(part);
        match &self.schema {
            None => spells(&self.name, text),
            Some(schema) => [schema.clone(), quoted(schema)].iter().any(|schema| {
                let rest = text.strip_prefix(schema.as_str()).and_then(|it| it.strip_prefix('.'));
                rest.is_some_and(|rest| spells(&self.name, rest))
            }),
        }
    }
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl From<&str> for QualifiedName {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl Serialize for QualifiedName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
