//! `CREATE INDEX`.

use super::cursor::Cursor;
use super::{StoredError, StoredIndex, tree};

/// Reads a stored `CREATE INDEX`.
///
/// # Errors
/// When the text is no `CREATE INDEX`, or its slices and SQLite's grammar disagree about it.
pub fn read_index(text: &str) -> Result<StoredIndex<'_>, StoredError> {
    let mut cursor = Cursor::new(text)?;
    cursor.expect("CREATE")?;
    let unique = cursor.eat(&["UNIQUE"]);
    cursor.expect("INDEX")?;
    cursor.eat(&["IF", "NOT", "EXISTS"]);
    let (_, mut name) = cursor.name()?;
    if cursor.eat(&["."]) {
        (_, name) = cursor.name()?;
    }
    cursor.expect("ON")?;
    let (_, table) = cursor.name()?;
    let parts = cursor.key_parts()?;
    cursor.expect(")")?;
    let predicate = match cursor.eat(&["WHERE"]) {
        true => Some(cursor.rest().ok_or_else(|| cursor.unexpected("a condition"))?),
        false if cursor.at_end() => None,
        false => return Err(cursor.unexpected("WHERE")),
    };
    let index = StoredIndex { text, unique, name, table, parts, predicate };
    tree::agrees_with_index(&index)?;
    Ok(index)
}
