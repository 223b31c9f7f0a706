//! The only place where names and strings become SQL.

use super::Backend;
// A type's name has quotes only where it needs them, for it is compared with what the server prints.
pub(crate) use super::postgres::type_spelling;
use crate::model::QualifiedName;

/// A name as SQL: `"session"`, with quotes inside doubled; backticks on MySQL.
///
/// ```
/// use glowplug::backend::{Backend, ident::quote};
///
/// assert_eq!(quote(Backend::Sqlite, r#"odd "name""#), r#""odd ""name""""#);
/// assert_eq!(quote(Backend::Mysql, "a`b"), "`a``b`");
/// ```
#[must_use]
pub fn quote(backend: Backend, name: &str) -> String {
    let quote = match backend {
        Backend::Sqlite | Backend::Postgres => '"',
        Backend::Mysql => '`',
    };
    let mut sql = String::with_capacity(name.len() + 2);
    sql.push(quote);
    for c in name.chars() {
        if c == quote {
            sql.push(quote);
        }
        sql.push(c);
    }
    sql.push(quote);
    sql
}

/// A qualified name as SQL: `"audit"."event"`.
#[must_use]
pub fn quote_name(backend: Backend, name: &QualifiedName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quote(backend, schema), quote(backend, &name.name)),
        None => quote(backend, &name.name),
    }
}

/// Names as a SQL list: `"a", "b"`.
pub fn quote_list<I, S>(backend: Backend, names: I) -> String
where
    I: IntoIterator<Item = S>,
    S: AsRef<str>,
{
    let quoted: Vec<_> = names.into_iter().map(|n| quote(backend, n.as_ref())).collect();
    quoted.join(", ")
}

/// A text as a SQL literal: `'it''s'`. Safe where backslashes are plain characters (SQLite,
/// PostgreSQL with `standard_conforming_strings`); on MySQL they are doubled.
#[must_use]
pub fn literal(backend: Backend, text: &str) -> String {
    let doubled = text.replace('\'', "''");
    match backend {
        Backend::Sqlite | Backend::Postgres => format!("'{doubled}'"),
        Backend::Mysql => format!("'{}'", doubled.replace('\\', "\\\\")),
    }
}

/// A text that may stand in a SQL comment: line breaks and other control characters become spaces.
#[must_use]
pub fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect()
}
