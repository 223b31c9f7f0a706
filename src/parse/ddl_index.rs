//! `[unique] index [name] (…) [where "…"] [using method] [include (…)]`

use proc_macro2::{Delimiter, Ident, Span, TokenTree};

use super::ddl_clause::{constraint_name, expect_word};
use super::sql::{self, SqlSpot};
use super::suggest;
use super::tokens::{Cursor, Fault, Parsed};
use crate::backend::Backend;
use crate::model::{NullsOrder, SortOrder};

/// An index.
pub(super) struct IndexClause {
    pub(super) unique: bool,
    pub(super) name: Option<String>,
    pub(super) parts: Vec<PartClause>,
    pub(super) predicate: Option<SqlSpot>,
    pub(super) method: Option<String>,
    pub(super) include: Vec<Included>,
    /// Storage parameters.
    pub(super) with: Option<SqlSpot>,
    pub(super) nulls_not_distinct: bool,
}

/// One key of an index.
pub(super) struct PartClause {
    pub(super) key: PartKey,
    pub(super) length: Option<u32>,
    pub(super) order: Option<SortOrder>,
    pub(super) nulls: Option<NullsOrder>,
    pub(super) collation: Option<SqlSpot>,
    pub(super) operator_class: Option<SqlSpot>,
}

/// A column or an expression.
pub(super) enum PartKey {
    Column(Ident),
    Expression(SqlSpot),
}

/// A column that is only stored in an index.
pub(super) enum Included {
    Column(Ident),
    /// Its name in the database, which only a view without a `table!` needs.
    Name(String, Span),
}

const OPTIONS: [&str; 5] = ["where", "using", "include", "with", "nulls"];
const PART_OPTIONS: [&str; 5] = ["asc", "desc", "nulls", "collate", "opclass"];

/// Reads what follows `index`.
pub(super) fn read(cursor: &mut Cursor, unique: bool, backend: Backend) -> Parsed<IndexClause> {
    let name = constraint_name(cursor)?;
    let group = cursor.group(Delimiter::Parenthesis, "`(` and the columns")?;
    let parts: Vec<PartClause> = Cursor::inside(&group)
        .split_list()
        .into_iter()
        .map(|mut cursor| part(&mut cursor, backend))
        .collect::<Parsed<_>>()?;
    if parts.is_empty() {
        return Err(Fault::new(group.span_open(), "no column is named"));
    }
    let mut index = IndexClause {
        unique,
        name,
        parts,
        predicate: None,
        method: None,
        include: Vec::new(),
        with: None,
        nulls_not_distinct: false,
    };
    while let Some(word) = cursor.eat_ident() {
        match word.to_string().as_str() {
            "where" if index.predicate.is_none() => {
                index.predicate = Some(sql::read(cursor, backend, "a SQL condition")?);
            }
            "using" if index.method.is_none() => {
                let method = constraint_name(cursor)?;
                index.method = Some(method.ok_or_else(|| cursor.unexpected("a method"))?);
            }
            "include" if index.include.is_empty() => index.include = included(cursor)?,
            "with" if index.with.is_none() => {
                index.with = Some(sql::read(cursor, backend, "storage parameters")?);
            }
            "nulls" if !index.nulls_not_distinct => {
                expect_word(cursor, "not")?;
                expect_word(cursor, "distinct")?;
                index.nulls_not_distinct = true;
            }
            other => return Err(stray(other, word.span(), "option of an index", &OPTIONS)),
        }
    }
    Ok(index)
}

fn included(cursor: &mut Cursor) -> Parsed<Vec<Included>> {
    let group = cursor.group(Delimiter::Parenthesis, "`(` and the columns")?;
    let columns = Cursor::inside(&group).split_list().into_iter().map(|mut cursor| {
        let column = match cursor.eat_text()? {
            Some((name, span)) => Included::Name(name, span),
            None => Included::Column(cursor.ident("the name of a column")?),
        };
        cursor.finish("`,`")?;
        Ok(column)
    });
    let columns: Vec<Included> = columns.collect::<Parsed<_>>()?;
    match columns.is_empty() {
        true => Err(Fault::new(group.span_open(), "no column is named")),
        false => Ok(columns),
    }
}

fn part(cursor: &mut Cursor, backend: Backend) -> Parsed<PartClause> {
    let key = match cursor.eat_ident() {
        Some(ident) => PartKey::Column(ident),
        None => PartKey::Expression(sql::read(cursor, backend, "a column or a SQL expression")?),
    };
    let mut part = PartClause {
        key,
        length: None,
        order: None,
        nulls: None,
        collation: None,
        operator_class: None,
    };
    if let PartKey::Column(_) = part.key
        && let Some(group) = cursor.eat_group(Delimiter::Parenthesis)
    {
        part.length = Some(length(Cursor::inside(&group))?);
    }
    while let Some(word) = cursor.eat_ident() {
        match word.to_string().as_str() {
            "asc" if part.order.is_none() => part.order = Some(SortOrder::Ascending),
            "desc" if part.order.is_none() => part.order = Some(SortOrder::Descending),
            "nulls" if part.nulls.is_none() => part.nulls = Some(nulls(cursor)?),
            "collate" if part.collation.is_none() => {
                part.collation = Some(sql::read(cursor, backend, "a collation")?);
            }
            "opclass" if part.operator_class.is_none() => {
                part.operator_class = Some(sql::read(cursor, backend, "an operator class")?);
            }
            other => return Err(stray(other, word.span(), "word of an index", &PART_OPTIONS)),
        }
    }
    cursor.finish("`,` or `)`")?;
    Ok(part)
}

fn nulls(cursor: &mut Cursor) -> Parsed<NullsOrder> {
    if cursor.eat_word("first") {
        Ok(NullsOrder::First)
    } else if cursor.eat_word("last") {
        Ok(NullsOrder::Last)
    } else {
        Err(cursor.unexpected("`first` or `last`"))
    }
}

fn length(mut cursor: Cursor) -> Parsed<u32> {
    let span = cursor.span();
    let length = match cursor.next() {
        Some(TokenTree::Literal(literal)) => literal.to_string().parse().ok(),
        _ => None,
    };
    cursor.finish("`)`")?;
    length
        .filter(|length| *length > 0)
        .ok_or_else(|| Fault::new(span, "a number of characters was expected"))
}

/// A word that is unknown here, or there twice.
pub(super) fn stray(word: &str, span: Span, what: &str, words: &[&str]) -> Fault {
    if words.contains(&word) {
        return Fault::new(span, format!("`{word}` is there twice, or contradicts a word before"));
    }
    Fault::new(span, format!("`{word}` is no {what}"))
        .hint(format!("the words are {}", super::ddl_macro::list(words)))
        .suggest(suggest::nearest(word, words.iter().copied()))
}
