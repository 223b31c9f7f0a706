//! What can go wrong while a live database is read.

/// A database could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The server refused a statement of ours, or the connection failed.
    #[error("{doing} failed")]
    Query {
        /// What was being done: ``reading the columns``.
        doing: String,
        /// What the server said.
        #[source]
        source: diesel::result::Error,
    },
    /// The server's answer is none that can be understood.
    #[error("{object} cannot be read: {reason}")]
    Unreadable {
        /// The object: ``index `session_recent` ``.
        object: String,
        /// What is true and what was expected.
        reason: String,
    },
}

impl DatabaseError {
    /// Whether another process has a SQLite file locked: trying again later may help.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        let Self::Query { source: diesel::result::Error::DatabaseError(_, said), .. } = self else {
            return false;
        };
        said.message().contains("database is locked")
    }

    /// For `map_err`: says what was being done when a query failed.
    pub(crate) fn query(doing: impl Into<String>) -> impl FnOnce(diesel::result::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Query { doing, source }
    }
}
