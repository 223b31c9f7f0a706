//! Why SQLite cannot run a migration on this database, whatever the migration says.

use diesel::SqliteConnection;

use super::super::{ProveError, Stage};
use super::rows::scalar;
use crate::apply::said::{Lacking, Said};
use crate::backend::ident::quote;
use crate::backend::sqlite::stored::TokenKind;
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
        Some(Said::Mismatch { child, parent }) => {
            let before = connection.is_some_and(|it| !checks_references(it));
            mismatch(stage, child, parent, before)
        }
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
    let mut message = std::error::Error::source(error)?.to_string();
    if message == NO_PLAN {
        message = format!("no such collation sequence: {}", unknown_collation(connection)?);
    }
    match Said::of(&message) {
        Some(Said::Lacks(lacking)) => Some(lacks(lacking, Some(connection))),
        _ => None,
    }
}

/// What SQLite says where the only index that it could read has such a collation: the key of a table
/// `WITHOUT ROWID`.
const NO_PLAN: &str = "no query solution";

/// The first collation in the texts of the database that is not SQLite's own. `pragma_collation_list`
/// lists those, too, that a text alone names.
fn unknown_collation(connection: &mut SqliteConnection) -> Option<String> {
    let is_known =
        |name: &str| ["BINARY", "NOCASE", "RTRIM"].iter().any(|own| own.eq_ignore_ascii_case(name));
    let catalog = introspect::catalog(connection).ok()?;
    catalog.iter().find_map(|entry| {
        let tokens = stored::tokens(&entry.text).ok()?;
        let words: Vec<_> = tokens.into_iter().map(|token| &entry.text[token.range]).collect();
        let mut pairs = words.windows(2).filter(|pair| pair[0].eq_ignore_ascii_case("COLLATE"));
        pairs.find_map(|pair| Some(stored::unquote(pair[1])).filter(|name| !is_known(name)))
    })
}

fn broken(object: String, why: &str) -> Refusal {
    let (kind, name) = object.split_once(' ').unwrap_or(("view", &object));
    let drop =
        format!("DROP {} {};", kind.to_uppercase(), quote(Backend::Sqlite, name.trim_matches('`')));
    let reason = format!("it is broken ({why}), and SQLite alters no table while it is there");
    Refusal::new(object, reason).hint(format!("mend it, or drop it first: {drop}"))
}

fn is_name(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Quoted)
}

/// The first text in double quotes that stands in single quotes in an otherwise equal text.
fn requotes(before: &str, after: &str) -> Option<String> {
    let (old, new) = (stored::tokens(before).ok()?, stored::tokens(after).ok()?);
    let mut pairs = Vec::new();
    for (old, new) in old.iter().zip(&new) {
        let (was, is) = (&before[old.range.clone()], &after[new.range.clone()]);
        let text = old.kind == TokenKind::Quoted && new.kind == TokenKind::Text;
        match was == is {
            true => {}
            // What is renamed at once.
            false if is_name(old.kind) && is_name(new.kind) => {}
            false if text && stored::unquote(was) == stored::unquote(is) => pairs.push(was),
            false => return None,
        }
    }
    (old.len() == new.len()).then(|| pairs.first().map(|text| (*text).to_owned())).flatten()
}

/// Refuses a change that rewrote such a text of an object that keeps its name.
pub(super) fn texts_were_requoted(
    before: &[CatalogEntry],
    after: &[CatalogEntry],
) -> Result<(), ProveError> {
    for old in before {
        let new = after.iter().find(|new| (&new.kind, &new.name) == (&old.kind, &old.name));
        if let Some(text) = new.and_then(|new| requotes(&old.text, &new.text)) {
            return Err(requoted(format!("{} `{}`", old.kind, old.name), &text));
        }
    }
    Ok(())
}

/// `RENAME COLUMN` and `DROP COLUMN` write every text of the file that stands in double quotes in
/// single ones (`renameFixQuotes()` in SQLite's alter.c), and nothing brings them back.
fn requoted(object: String, text: &str) -> ProveError {
    let reason = format!(
        "it holds the text {text} in double quotes, which SQLite writes in single quotes when a \
         column of any table is renamed or dropped"
    );
    ProveError::Refused(Refusal::new(object, reason).hint("write it in single quotes first"))
}

/// Whether SQLite can check the foreign keys of the database as it is.
fn checks_references(connection: &mut SqliteConnection) -> bool {
    scalar(connection, "SELECT count(*) AS n FROM main.pragma_foreign_key_check").is_ok()
}

/// Where a foreign key cannot be checked no rebuild can tell whether it broke another one.
fn mismatch(stage: Stage, child: &str, parent: &str, before: bool) -> ProveError {
    let object = format!("foreign key of `{child}`");
    let what = format!("columns of `{parent}` that are not there, or not unique");
    if !before {
        let message = format!("it would refer to {what}");
        return ProveError::Broken { stage, object, message };
    }
    let reason = format!("it refers to {what}, and SQLite checks no foreign key while it is there");
    let hint = format!("mend it first, with a `unique index` over these columns of `{parent}`");
    ProveError::Refused(Refusal::new(object, reason).hint(hint))
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
