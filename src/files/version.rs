use std::fmt;

use serde::Serialize;

/// A migration's version: what Diesel stores, and sorts as plain text.
///
/// It is the directory's name up to the first `_`, without `-`.
///
/// ```
/// use glowplug::files::Version;
///
/// let version = Version::of_directory("2026-11-22-110343-0000_create_users");
/// assert_eq!(version.as_str(), "202611221103430000");
/// assert!(Version::of_directory("10_b") < Version::of_directory("9_a"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Version(String);

impl Version {
    /// The version of a directory, as Diesel reads it.
    #[must_use]
    pub fn of_directory(name: &str) -> Self {
        Self(name.split('_').next().unwrap_or(name).replace('-', ""))
    }

    /// The version as Diesel stores it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Version {
    fn from(version: String) -> Self {
        Self(version)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
