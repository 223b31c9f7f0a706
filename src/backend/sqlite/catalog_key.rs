//! When two texts of the catalog say the same.

use super::stored::{TokenKind, read_table, tokens, unquote};
use crate::backend::CatalogEntry;

/// A text without regard to spaces, quotes of names and, in a table, the order of the elements.
pub(super) fn catalog_key(entry: &CatalogEntry) -> String {
    match read_table(&entry.text) {
        Ok(table) => {
            let mut elements: Vec<_> =
                table.elements.iter().map(|element| words(table.slice(&element.range))).collect();
            elements.sort();
            format!("{}|{}", elements.join(","), words(table.slice(&table.tail)))
        }
        Err(_) => words(&entry.text),
    }
}

/// The words of a text. A rename there and back leaves a name in other quotes than it found it, so
/// that `[Abc]`, `"Abc"` and `Abc` are one here; as a text SQLite takes `"Abc"` only where it is no name.
fn words(sql: &str) -> String {
    let Ok(tokens) = tokens(sql) else { return sql.to_owned() };
    let words = tokens.into_iter().map(|token| {
        let text = &sql[token.range];
        match token.kind {
            TokenKind::Word | TokenKind::Quoted => unquote(text).to_ascii_lowercase(),
            TokenKind::Text
            | TokenKind::Number
            | TokenKind::Blob
            | TokenKind::Parameter
            | TokenKind::Symbol => text.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join("\u{0}")
}

/// Whether the object is a history of migrations, or SQLite's own: `sqlite_sequence` comes with the
/// first AUTOINCREMENT and never goes.
pub(super) fn is_internal(entry: &CatalogEntry) -> bool {
    let own = |name: &str| {
        name == "__diesel_schema_migrations"
            || name.starts_with("__glowplug")
            || name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
    };
    own(&entry.name) || entry.table.as_deref().is_some_and(own)
}
