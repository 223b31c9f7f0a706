//! `#[diesel(postgres_type(name = "mood"))]`: the native type behind a type of the user's own, as
//! Diesel's `print-schema` writes it for an enum.

use proc_macro2::{Delimiter, Group};

use super::cfg::Config;
use super::tokens::{Cursor, Parsed};
use crate::model::QualifiedName;

/// The native type that the attribute states for PostgreSQL, by its name.
///
/// `sqlite_type` and `mysql_type` only name a storage class, which leaves the native type open.
pub(super) fn read(attribute: &Group, config: &Config<'_>) -> Option<QualifiedName> {
    let mut cursor = Cursor::inside(attribute);
    if cursor.eat_word("cfg_attr") {
        let group = cursor.eat_group(Delimiter::Parenthesis)?;
        let mut parts = Cursor::inside(&group).split_list().into_iter();
        if !config.holds(&mut parts.next()?, &mut Vec::new()).ok()? {
            return None;
        }
        return parts.find_map(|part| read_diesel(part).ok().flatten());
    }
    read_diesel(cursor).ok().flatten()
}

fn read_diesel(mut cursor: Cursor) -> Parsed<Option<QualifiedName>> {
    if !cursor.eat_word("diesel") {
        return Ok(None);
    }
    let group = cursor.group(Delimiter::Parenthesis, "`(`")?;
    for mut part in Cursor::inside(&group).split_list() {
        if part.eat_word("postgres_type") {
            let group = part.group(Delimiter::Parenthesis, "`(`")?;
            return name(Cursor::inside(&group));
        }
    }
    Ok(None)
}

fn name(cursor: Cursor) -> Parsed<Option<QualifiedName>> {
    let (mut name, mut schema) = (None, None);
    for mut part in cursor.split_list() {
        let word = part.ident("`name` or `schema`")?;
        if !part.eat_punct('=') {
            continue;
        }
        match word.to_string().as_str() {
            "name" => name = part.eat_text()?,
            "schema" => schema = part.eat_text()?,
            _ => {}
        }
    }
    let schema = schema.map(|(schema, _)| schema);
    Ok(name.map(|(name, _)| QualifiedName { schema, name }))
}
