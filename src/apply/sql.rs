//! Text as SQL, without the engine's dialects.

use crate::model::Backend;

/// A text as a literal that means the same under every setting of the session
/// (`standard_conforming_strings`, `NO_BACKSLASH_ESCAPES`). NUL, which no client sends, is dropped.
pub(super) fn literal(backend: Backend, text: &str) -> String {
    let text = text.replace('\0', "");
    match backend {
        Backend::Postgres if text.contains('\\') => {
            format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
        }
        Backend::Mysql if text.contains('\\') => {
            let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
            format!("CONVERT(x'{hex}' USING utf8mb4)")
        }
        Backend::Sqlite | Backend::Postgres | Backend::Mysql => {
            format!("'{}'", text.replace('\'', "''"))
        }
    }
}

/// A text or NULL.
pub(super) fn optional(backend: Backend, text: Option<&str>) -> String {
    text.map_or_else(|| "NULL".to_owned(), |text| literal(backend, text))
}

/// A name, quoted.
pub(super) fn name(backend: Backend, name: &str) -> String {
    let quote = if backend == Backend::Mysql { '`' } else { '"' };
    format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")))
}

/// The name of a table of ours, which needs no quotes, behind its schema where that is known.
pub(super) fn qualified(backend: Backend, schema: Option<&str>, table: &str) -> String {
    schema.map_or(table.to_owned(), |schema| format!("{}.{table}", name(backend, schema)))
}
