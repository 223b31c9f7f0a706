//! The columns of a primary key or a unique constraint, and what only SQLite says of them:
//! `(email collate "NOCASE", created_at desc) … on conflict replace`.

use proc_macro2::{Delimiter, Ident};

use super::ddl_clause::expect_word;
use super::ddl_index::stray;
use super::resolve;
use super::sql::{self, SqlSpot};
use super::table_macro::TableDecl;
use super::tokens::{Cursor, Fault, Parsed, name_of};
use crate::backend::Backend;
use crate::model::{Conflict, KeyPart, SortOrder};

/// The columns of a key.
pub(super) struct KeyClause {
    parts: Vec<PartClause>,
}

struct PartClause {
    column: Ident,
    order: Option<SortOrder>,
    collation: Option<SqlSpot>,
}

const WORDS: [&str; 3] = ["asc", "desc", "collate"];
const CONFLICTS: [&str; 5] = ["rollback", "abort", "fail", "ignore", "replace"];

/// Reads `(a, b desc)`.
pub(super) fn read(cursor: &mut Cursor, backend: Backend) -> Parsed<KeyClause> {
    let group = cursor.group(Delimiter::Parenthesis, "`(` and the columns")?;
    let mut parts: Vec<PartClause> = Vec::new();
    for mut part in Cursor::inside(&group).split_list() {
        let part = read_part(&mut part, backend)?;
        if parts.iter().any(|other| same(other, &part)) {
            let column = &part.column;
            let message = format!("column `{column}` is there twice");
            return Err(Fault::new(column.span(), message));
        }
        parts.push(part);
    }
    if parts.is_empty() {
        return Err(Fault::new(group.span_open(), "no column is named"));
    }
    Ok(KeyClause { parts })
}

/// Under two collations one column makes sense in one key.
fn same(a: &PartClause, b: &PartClause) -> bool {
    let collation = |part: &PartClause| part.collation.as_ref().map(|spot| spot.sql.clone());
    name_of(&a.column) == name_of(&b.column) && collation(a) == collation(b)
}

fn read_part(cursor: &mut Cursor, backend: Backend) -> Parsed<PartClause> {
    let column = cursor.ident("the name of a column")?;
    let mut part = PartClause { column, order: None, collation: None };
    while let Some(word) = cursor.eat_ident() {
        match word.to_string().as_str() {
            "asc" if part.order.is_none() => part.order = Some(SortOrder::Ascending),
            "desc" if part.order.is_none() => part.order = Some(SortOrder::Descending),
            "collate" if part.collation.is_none() => {
                part.collation = Some(sql::read(cursor, backend, "a collation")?);
            }
            other => return Err(stray(other, word.span(), "word of a key", &WORDS)),
        }
    }
    cursor.finish("`,` or `)`")?;
    Ok(part)
}

impl KeyClause {
    /// Whether anything is said besides the names.
    pub(super) fn says_more(&self) -> bool {
        self.parts.iter().any(|part| part.order.is_some() || part.collation.is_some())
    }

    /// The SQL names. Without its collation a column is there only once.
    pub(super) fn columns(&self, decl: &TableDecl, backend: Backend) -> Parsed<Vec<String>> {
        let mut columns = Vec::new();
        for part in &self.parts {
            let column = resolve::column(decl, &part.column)?;
            if backend == Backend::Sqlite || !columns.contains(&column) {
                columns.push(column);
            }
        }
        Ok(columns)
    }

    /// What is said besides the names; the other backends know none of it.
    pub(super) fn parts(&self, backend: Backend) -> Vec<KeyPart> {
        if backend != Backend::Sqlite {
            return Vec::new();
        }
        let part = |part: &PartClause| KeyPart {
            order: part.order.unwrap_or_default(),
            collation: part.collation.as_ref().and_then(|spot| spot.sql.clone()),
        };
        let parts: Vec<_> = self.parts.iter().map(part).collect();
        if parts.iter().all(|part| *part == KeyPart::default()) { Vec::new() } else { parts }
    }
}

/// What follows `on`: `conflict replace`. `abort` is what happens anyway.
pub(super) fn conflict(cursor: &mut Cursor) -> Parsed<Option<Conflict>> {
    expect_word(cursor, "conflict")?;
    let word = cursor.ident("`rollback`, `abort`, `fail`, `ignore` or `replace`")?;
    let name = word.to_string();
    if CONFLICTS.contains(&name.as_str()) {
        return Ok(Conflict::of(&name));
    }
    Err(stray(&name, word.span(), "answer to a conflict", &CONFLICTS))
}
