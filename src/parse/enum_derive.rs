//! `#[derive(diesel::Enum)]`, which Diesel has since 2.4: a Rust enum that is one of the database.
//!
//! ```text
//! #[derive(diesel::Enum)]
//! #[diesel(sql_type = crate::schema::sql_types::Mood, rename_all = "snake_case")]
//! enum Mood { Sad, #[diesel(rename = "so so")] Fair, Happy }
//! ```

use proc_macro2::{Delimiter, Group, Ident};

use super::tokens::{Cursor, name_of};

/// An enum with its values, in their order.
#[derive(Clone, Debug)]
pub(super) struct DerivedEnum {
    /// The Rust names of its SQL types: `Mood`.
    pub(super) sql_types: Vec<String>,
    pub(super) values: Vec<String>,
}

/// What the attributes of an item say of an enum, or of a SQL type.
#[derive(Debug, Default)]
pub(super) struct EnumAttributes {
    derives: bool,
    sql_types: Vec<String>,
    rename_all: Option<String>,
    /// `#[derive(SqlType)]`
    pub(super) is_sql_type: bool,
}

/// Whether the file may hold one: a cheap look at the bytes.
pub(super) fn may_be_in(text: &[u8]) -> bool {
    let has = |word: &[u8]| text.windows(word.len()).any(|it| it == word);
    has(b"derive") && has(b"Enum") && has(b"sql_type")
}

/// A word of `rename_all`, and what it makes of a name.
type Case = (&'static str, fn(&str) -> String);

/// How the names of values are written, by the word of `rename_all`.
const CASES: [Case; 8] = [
    ("lowercase", |name| name.to_ascii_lowercase()),
    ("UPPERCASE", |name| name.to_ascii_uppercase()),
    ("PascalCase", |name| name.to_owned()),
    ("camelCase", |name| {
        let mut letters = name.chars();
        let first = letters.next().map(|letter| letter.to_ascii_lowercase());
        first.into_iter().chain(letters).collect()
    }),
    ("snake_case", |name| apart(name, "_")),
    ("SCREAMING_SNAKE_CASE", |name| apart(name, "_").to_ascii_uppercase()),
    ("kebab-case", |name| apart(name, "-")),
    ("SCREAMING-KEBAB-CASE", |name| apart(name, "-").to_ascii_uppercase()),
];

/// Before each capital letter but the first, as Diesel does it: `HttpServer` is `http_server`,
/// `HTTP` is `h_t_t_p`.
fn apart(name: &str, gap: &str) -> String {
    let mut apart = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_uppercase() {
            apart.push_str(gap);
        }
        apart.push(letter.to_ascii_lowercase());
    }
    apart.replace('_', gap)
}

impl EnumAttributes {
    /// Reads one attribute; what is not understood says nothing of an enum.
    pub(super) fn add(&mut self, attribute: &Group) {
        let mut cursor = Cursor::inside(attribute);
        let Some(word) = cursor.eat_ident() else { return };
        let Some(group) = cursor.eat_group(Delimiter::Parenthesis) else { return };
        let parts = Cursor::inside(&group).split_list();
        if word == "derive" {
            let last: Vec<_> = parts.into_iter().filter_map(last_segment).collect();
            self.derives |= last.iter().any(|it| it == "Enum");
            self.is_sql_type |= last.iter().any(|it| it == "SqlType");
        } else if word == "diesel" {
            for mut part in parts {
                if part.eat_word("sql_type") && part.eat_punct('=') {
                    self.sql_types.extend(last_segment(part).map(|it| name_of(&it)));
                } else if part.eat_word("rename_all") && part.eat_punct('=') {
                    self.rename_all = part.eat_text().ok().flatten().map(|(text, _)| text);
                }
            }
        }
    }

    /// Reads what follows the word `enum`; `None` where it is no enum of the database.
    pub(super) fn read(self, cursor: &mut Cursor) -> Option<DerivedEnum> {
        cursor.eat_ident()?;
        let body = cursor.eat_group(Delimiter::Brace)?;
        if !self.derives || self.sql_types.is_empty() {
            return None;
        }
        let cased = match &self.rename_all {
            Some(word) => CASES.iter().find(|(case, _)| case == word)?.1,
            None => |name: &str| name.to_owned(),
        };
        let values = Cursor::inside(&body).split_list().into_iter().map(|part| value(part, cased));
        Some(DerivedEnum { sql_types: self.sql_types, values: values.collect::<Option<_>>()? })
    }
}

/// `#[diesel(rename = "so so")] Fair = 2`: the value; `None` for one with fields.
fn value(mut part: Cursor, cased: impl Fn(&str) -> String) -> Option<String> {
    let mut renamed = None;
    while part.eat_punct('#') {
        let group = part.eat_group(Delimiter::Bracket)?;
        let mut attribute = Cursor::inside(&group);
        if !attribute.eat_word("diesel") {
            continue;
        }
        let group = attribute.eat_group(Delimiter::Parenthesis)?;
        for mut word in Cursor::inside(&group).split_list() {
            if word.eat_word("rename") && word.eat_punct('=') {
                renamed = word.eat_text().ok()?.map(|(text, _)| text);
            }
        }
    }
    let name = name_of(&part.eat_ident()?);
    if !part.is_empty() && !part.is_punct('=') {
        return None;
    }
    Some(renamed.unwrap_or_else(|| cased(&name)))
}

/// The last name of a path.
fn last_segment(mut path: Cursor) -> Option<Ident> {
    path.eat_joined(':', ':');
    let mut last = path.eat_ident()?;
    while path.eat_joined(':', ':') {
        last = path.eat_ident()?;
    }
    Some(last)
}
