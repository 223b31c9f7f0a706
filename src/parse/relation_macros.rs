//! `diesel::joinable!`. `allow_tables_to_appear_in_same_query!` says nothing of the database.

use proc_macro2::{Delimiter, Ident, Span};

use super::scan::Found;
use super::tokens::{Cursor, Parsed};

/// A Rust path: `session`, `audit::event`.
#[derive(Clone, Debug)]
pub(super) struct RustPath {
    pub(super) segments: Vec<Ident>,
}

impl RustPath {
    pub(super) fn read(cursor: &mut Cursor, expected: &str) -> Parsed<Self> {
        cursor.eat_joined(':', ':');
        let mut segments = vec![cursor.ident(expected)?];
        while cursor.eat_joined(':', ':') {
            segments.push(cursor.ident(expected)?);
        }
        Ok(Self { segments })
    }

    /// The place of the last segment: the table's own name.
    pub(super) fn span(&self) -> Span {
        self.segments.last().map_or_else(Span::call_site, Ident::span)
    }
}

/// `joinable!(child -> parent (column))`
pub(super) struct JoinableDecl {
    pub(super) child: RustPath,
    pub(super) parent: RustPath,
    pub(super) column: Ident,
    pub(super) span: Span,
}

/// Reads the body of the macro.
pub(super) fn read(found: &Found) -> Parsed<JoinableDecl> {
    let mut cursor = Cursor::inside(&found.body);
    let child = RustPath::read(&mut cursor, "the name of a table")?;
    if !cursor.eat_joined('-', '>') {
        return Err(cursor.unexpected("`->` and a table"));
    }
    let parent = RustPath::read(&mut cursor, "the name of a table")?;
    let group = cursor.group(Delimiter::Parenthesis, "`(` and a column")?;
    cursor.finish("the end of `joinable!`")?;
    let mut inside = Cursor::inside(&group);
    let column = inside.ident("the name of a column")?;
    inside.finish("`)`")?;
    Ok(JoinableDecl { child, parent, column, span: found.name })
}
