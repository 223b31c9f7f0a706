//! The error of the library as a whole.

use std::fmt;

use crate::apply::ApplyError;

/// Any error of the library, for an application that only passes it on.
///
/// The predicates say what can be done about it; the rooms' own errors say everything.
#[derive(Debug)]
pub struct Error(Kind);

#[derive(Debug)]
enum Kind {
    Apply(ApplyError),
    #[cfg(feature = "engine")]
    Connection(crate::connection::ConnectionError),
    #[cfg(feature = "engine")]
    Files(crate::files::FilesError),
}

impl Error {
    /// Whether another process held the migration lock for too long: trying again may help.
    #[must_use]
    pub fn is_lock_timeout(&self) -> bool {
        self.as_apply().is_some_and(ApplyError::is_lock_timeout)
    }

    /// Whether a migration failed, and was rolled back or stopped.
    #[must_use]
    pub fn is_migration_failure(&self) -> bool {
        self.as_apply().is_some_and(|error| error.failure().is_some())
    }

    /// Whether only verifying found migrations that are not applied.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.as_apply().is_some_and(ApplyError::is_pending)
    }

    /// Whether the migrations contradict the database or each other.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.as_apply().is_some_and(ApplyError::is_conflict)
    }

    /// Whether there is no connection to the database.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        #[cfg(feature = "engine")]
        return matches!(self.0, Kind::Connection(_));
        #[cfg(not(feature = "engine"))]
        false
    }

    /// The error of `apply`, if it is one.
    #[must_use]
    pub fn as_apply(&self) -> Option<&ApplyError> {
        match &self.0 {
            Kind::Apply(error) => Some(error),
            #[cfg(feature = "engine")]
            Kind::Connection(_) | Kind::Files(_) => None,
        }
    }

    fn inner(&self) -> &(dyn std::error::Error + 'static) {
        match &self.0 {
            Kind::Apply(error) => error,
            #[cfg(feature = "engine")]
            Kind::Connection(error) => error,
            #[cfg(feature = "engine")]
            Kind::Files(error) => error,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

impl From<ApplyError> for Error {
    fn from(error: ApplyError) -> Self {
        Self(Kind::Apply(error))
    }
}

#[cfg(feature = "engine")]
impl From<crate::connection::ConnectionError> for Error {
    fn from(error: crate::connection::ConnectionError) -> Self {
        Self(Kind::Connection(error))
    }
}

#[cfg(feature = "engine")]
impl From<crate::files::FilesError> for Error {
    fn from(error: crate::files::FilesError) -> Self {
        Self(Kind::Files(error))
    }
}
