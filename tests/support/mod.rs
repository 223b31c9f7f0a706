//! What the tests share: the case corpus, judges that are not glowplug, scratch servers.
//!
//! A judge reads the catalog with the server's own words: the system's `sqlite3` program,
//! PostgreSQL's `pg_get_*def`, MariaDB's `SHOW CREATE TABLE`. None of it calls glowplug's introspection.

pub(crate) mod canary;
pub(crate) mod case;
pub(crate) mod engine;
pub(crate) mod env;
pub(crate) mod fate;
pub(crate) mod golden;
pub(crate) mod mysql;
pub(crate) mod pgbouncer;
pub(crate) mod plan_text;
pub(crate) mod postgres;
pub(crate) mod proxy;
pub(crate) mod rows;
pub(crate) mod signals;
pub(crate) mod sqlite;
pub(crate) mod tokens;
pub(crate) mod try_mysql;
pub(crate) mod try_postgres;
pub(crate) mod try_sqlite;

use std::path::PathBuf;

/// A file of the package.
pub(crate) fn file(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The lines that differ between two texts, for the message of a failed comparison.
pub(crate) fn difference(expected: &[String], found: &[String]) -> Option<String> {
    let missing = expected.iter().filter(|line| !found.contains(line));
    let surplus = found.iter().filter(|line| !expected.contains(line));
    let lines: Vec<String> = missing
        .map(|line| format!("  - {line}"))
        .chain(surplus.map(|line| format!("  + {line}")))
        .collect();
    if lines.is_empty() && expected.len() == found.len() {
        return None;
    }
    if lines.is_empty() {
        return Some(format!("  {} lines, expected {}", found.len(), expected.len()));
    }
    Some(lines.join("\n"))
}

/// A plan, or nothing where the case expects to be refused and is, in the words of its file.
pub(crate) fn expected_refusal(
    case: &case::Case,
    backend: glowplug::backend::Backend,
    plan: impl FnOnce() -> Result<Option<engine::Planned>, String>,
) -> Result<Option<engine::Planned>, String> {
    let name = format!("{}/refusal.txt", backend.word());
    if !case.is_refused() && case.text(&name).is_none() {
        return plan();
    }
    let error = match plan() {
        Ok(_) => return Err(format!("expected the refusal of `{name}`")),
        Err(error) => format!("{error}\n"),
    };
    match golden::file(case, &name, Some(error)) {
        Some(difference) => Err(difference),
        None => Ok(None),
    }
}
