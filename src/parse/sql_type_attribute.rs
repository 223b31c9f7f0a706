//! `#[diesel(postgres_type(name = "mood"))]`: the native type behind a type of the user's own, as
//! Diesel's `print-schema` writes it for an enum.

use proc_macro2::{Delimiter, Group};

use super::cfg::Config;
use super::tokens::{Cursor, Parsed};

/// The native type that the attribute states for PostgreSQL, as SQL.
///
/// `sqlite_type` and `mysql_type` only name a storage class, which leaves the native type open.
pub(super) fn read(attribute: &Group, config: &Config<'_>) -> Option<String> {
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

fn read_diesel(mut cursor: Cursor) -> Parsed<Option<String>> {
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

fn name(cursor: Cursor) -> Parsed<Option<String>> {
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
    Ok(match (schema, name) {
        (Some((schema, _)), Some((name, _))) if is_plain(&schema) && is_plain(&name) => {
            Some(format!("{schema}.{name}"))
        }
        (None, Some((name, _))) if is_plain(&name) => Some(name),
        _ => None,
    })
}

/// Whether the name is SQL as it stands. One that must be quoted is left to `type "…"`: quoting
/// is the backends' business.
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
