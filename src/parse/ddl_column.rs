//! `column: identity, default "…", …;`

use proc_macro2::{Ident, Span};

use super::ddl_clause::{constraint_name, expect_word};
use super::ddl_key;
use super::ddl_macro::list;
use super::sql::{self, SqlSpot};
use super::suggest;
use super::tokens::{Cursor, Fault, Parsed};
use crate::backend::Backend;
use crate::model::{Conflict, GeneratedStorage, Identity};

/// What `ddl!` says of a column.
pub(super) struct ColumnClause {
    pub(super) column: Ident,
    pub(super) attributes: Vec<(Span, ColumnAttribute)>,
}

/// One attribute of a column.
#[derive(Debug)]
pub(super) enum ColumnAttribute {
    Identity(Identity),
    /// The expression and the name.
    Default(SqlSpot, Option<String>),
    Type(SqlSpot),
    Generated(SqlSpot, GeneratedStorage, Option<String>),
    Collate(SqlSpot, Option<String>),
    Comment(SqlSpot),
    Storage(SqlSpot),
    Compression(SqlSpot),
    NotNull {
        name: Option<String>,
        on_conflict: Option<Conflict>,
    },
}

const WORDS: [&str; 12] = [
    "identity",
    "serial",
    "rowid",
    "unassigned",
    "default",
    "type",
    "generated",
    "collate",
    "comment",
    "storage",
    "compression",
    "not",
];

/// Reads what follows `column:`.
pub(super) fn read(column: Ident, cursor: &mut Cursor, backend: Backend) -> Parsed<ColumnClause> {
    let mut attributes: Vec<(Span, ColumnAttribute)> = Vec::new();
    loop {
        let span = cursor.span();
        let attribute = attribute(cursor, backend)?;
        let kind = std::mem::discriminant(&attribute);
        if attributes.iter().any(|(_, other)| std::mem::discriminant(other) == kind) {
            return Err(Fault::new(span, format!("column `{column}` says this twice")));
        }
        attributes.push((span, attribute));
        let comma = cursor.eat_punct(',');
        if cursor.is_empty() {
            return Ok(ColumnClause { column, attributes });
        }
        if !comma {
            return Err(cursor.unexpected("`,` or `;`"));
        }
    }
}

fn attribute(cursor: &mut Cursor, backend: Backend) -> Parsed<ColumnAttribute> {
    let word = cursor.ident("an attribute of the column")?;
    let name = word.to_string();
    Ok(match name.as_str() {
        "identity" if cursor.eat_word("always") => ColumnAttribute::Identity(Identity::Always),
        "identity" => ColumnAttribute::Identity(Identity::ByDefault),
        "serial" => ColumnAttribute::Identity(Identity::Serial),
        "rowid" => ColumnAttribute::Identity(Identity::Rowid),
        "unassigned" => ColumnAttribute::Identity(Identity::Unassigned),
        "default" => {
            let expression = sql::read(cursor, backend, "a SQL expression")?;
            ColumnAttribute::Default(expression, named(cursor)?)
        }
        "type" => ColumnAttribute::Type(sql::read(cursor, backend, "a native type")?),
        "generated" => {
            let expression = sql::read(cursor, backend, "a SQL expression")?;
            let storage = if cursor.eat_word("stored") {
                GeneratedStorage::Stored
            } else if cursor.eat_word("virtual") {
                GeneratedStorage::Virtual
            } else {
                return Err(cursor.unexpected("`stored` or `virtual`"));
            };
            ColumnAttribute::Generated(expression, storage, named(cursor)?)
        }
        "collate" => {
            let collation = sql::read(cursor, backend, "a collation")?;
            ColumnAttribute::Collate(collation, named(cursor)?)
        }
        "not" => not_null(cursor)?,
        "comment" => ColumnAttribute::Comment(sql::read(cursor, backend, "a comment")?),
        "storage" => ColumnAttribute::Storage(sql::read(cursor, backend, "a form of storage")?),
        "compression" => {
            ColumnAttribute::Compression(sql::read(cursor, backend, "a compression method")?)
        }
        other => {
            return Err(Fault::new(word.span(), format!("`{other}` is no attribute of a column"))
                .hint(format!("the attributes are {}", list(&WORDS)))
                .suggest(suggest::nearest(other, WORDS)));
        }
    })
}

/// `not null [named name] [on conflict …]`: `table!` says NOT NULL, here stands what it cannot.
fn not_null(cursor: &mut Cursor) -> Parsed<ColumnAttribute> {
    expect_word(cursor, "null")?;
    let name = named(cursor)?;
    if cursor.eat_word("on") {
        return Ok(ColumnAttribute::NotNull { name, on_conflict: ddl_key::conflict(cursor)? });
    }
    match name {
        Some(_) => Ok(ColumnAttribute::NotNull { name, on_conflict: None }),
        None => Err(cursor.unexpected("`named …` or `on conflict …`")),
    }
}

/// `named …`: the name of a constraint that has no other place for one.
fn named(cursor: &mut Cursor) -> Parsed<Option<String>> {
    if !cursor.eat_word("named") {
        return Ok(None);
    }
    let name = constraint_name(cursor)?;
    name.map(Some).ok_or_else(|| cursor.unexpected("the name of the constraint"))
}
