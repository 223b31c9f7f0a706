//! Why SQLite cannot run a migration on this database, whatever the migration says.

use diesel::SqliteConnection;

use super::super::{ProveError, Stage};
use crate::apply::said::{Lacking, Said};
use crate::backend::ident::quote;
use crate::backend::sqlite::{introspect, stored};
use crate::backend::{Backend, CatalogEntry, DatabaseError, Refusal};

/// How many objects are named that use what is lacking.
const NAMED: usize = 3;

/// The error by what stands behind it, where SQLite's words tell that. `connection` is the database
/// as it is.
pub(super) fn explained(
    error: ProveError,
    connection: Option<&mut SqliteConnection>,
) -> ProveError {
    let (stage, message) = match &error {
        ProveError::Failed { stage, message } | ProveError::Broken { stage, message, .. } => {
            (*stage, message.clone())
        }
        ProveError::Unavailable { what } => (Stage::Up, what.clone()),
        ProveError::Database(error) => match std::error::Error::source(error) {
            Some(source) => (Stage::Up, source.to_string()),
            None => (Stage::Up, error.to_string()),
        },
        _ => return error,
    };
    match Said::of(&message) {
        Some(Said::Lacks(lacking)) => lacks(lacking, connection),
        Some(Said::Broken { object, why }) => ProveError::Refused(broken(object, why)),
        Some(Said::Breaks { object, why }) => {
            ProveError::Broken { stage, object, message: why.to_owned() }
        }
        None => error,
    }
}

/// The same of a query that counts.
pub(in crate::apply::prove) fn lacking(
    connection: &mut SqliteConnection,
    error: &DatabaseError,
) -> Option<ProveError> {
    let message = std::error::Error::source(error)?.to_string();
    match Said::of(&message) {
        Some(Said::Lacks(lacking)) => Some(lacks(lacking, Some(connection))),
        _ => None,
    }
}

fn broken(object: String, why: &str) -> Refusal {
    let (kind, name) = object.split_once(' ').unwrap_or(("view", &object));
    let drop =
        format!("DROP {} {};", kind.to_uppercase(), quote(Backend::Sqlite, name.trim_matches('`')));
    let reason = format!("it is broken ({why}), and SQLite alters no table while it is there");
    Refusal::new(object, reason).hint(format!("mend it, or drop it first: {drop}"))
}

/// What the application gives its own connections: a collation, a function, a module.
fn lacks(lacking: Lacking<'_>, connection: Option<&mut SqliteConnection>) -> ProveError {
    let catalog = connection.map(introspect::catalog).transpose();
    let catalog: Vec<CatalogEntry> = catalog.ok().flatten().unwrap_or_default();
    let users: Vec<_> = catalog.iter().filter(|entry| mentions(&entry.text, lacking)).collect();
    let hint = format!(
        "if the application registers `{}`: `--unproven` writes the migration without having run \
         it, and the application applies it, with `MigrationManager`",
        lacking.name
    );
    let reason = if users.is_empty() {
        "the models use it, and glowplug's SQLite does not have it".to_owned()
    } else {
        let mut told: Vec<_> = users.iter().take(NAMED).map(ToString::to_string).collect();
        let more = users.len().saturating_sub(NAMED);
        if more > 0 {
            told.push(format!("{more} more"));
        }
        let what = match told.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{} and {last} need", rest.join(", "))
            }
            _ => format!("{} needs", told.concat()),
        };
        format!("{what} it, and glowplug's SQLite does not have it")
    };
    ProveError::Refused(Refusal::new(lacking.to_string(), reason).hint(hint))
}

fn mentions(text: &str, lacking: Lacking<'_>) -> bool {
    stored::tokens(text).is_ok_and(|tokens| {
        let names = tokens.into_iter().map(|token| stored::unquote(&text[token.range]));
        names.into_iter().any(|name| name.eq_ignore_ascii_case(lacking.name))
    })
}
