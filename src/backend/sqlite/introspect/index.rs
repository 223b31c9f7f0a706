//! An index of the model, made of the stored text.

use crate::backend::sqlite::stored::{KeyPart, StoredError, StoredIndex, read_index};
use crate::model::{Index, IndexKey, IndexPart, Table};

/// Reads the index of this name from its text.
pub(super) fn read(name: &str, text: &str, table: &Table) -> Result<Index, StoredError> {
    let stored = read_index(text)?;
    Ok(Index {
        options: Default::default(),
        name: Some(name.to_owned()),
        unique: stored.unique,
        parts: stored.parts.iter().map(|from| part(&stored, from, table)).collect(),
        predicate: stored.predicate.as_ref().map(|range| stored.slice(range).to_owned()),
        method: None,
        include: Vec::new(),
        stored: Some(text.to_owned()),
    })
}

fn part(stored: &StoredIndex<'_>, from: &KeyPart, table: &Table) -> IndexPart {
    let column = from.column.as_ref().and_then(|name| {
        table.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    });
    let key = match column {
        Some(column) => IndexKey::Column(column.name.clone()),
        None => IndexKey::Expression(stored.slice(&from.expr).to_owned()),
    };
    let collation = from.collation.clone();
    IndexPart { key, order: from.order, collation, ..IndexPart::column("") }
}
