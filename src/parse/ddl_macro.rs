//! `glowplug::ddl!`: its items. The clauses of a table are read by [`ddl_clause`](super::ddl_clause).

use proc_macro2::{Delimiter, Span, TokenTree};

use super::attributes::{Attributes, check_name};
use super::cfg::Config;
use super::ddl_clause::{self, Clause, ClauseKind};
use super::ddl_definition;
use super::ddl_index::IndexClause;
use super::relation_macros::RustPath;
use super::scan::Found;
use super::sql::{self, SqlSpot};
use super::suggest;
use super::tokens::{Cursor, Fault, Parsed, name_of};
use crate::backend::Backend;
use crate::model::DefinitionBody;

/// What stands in `ddl!`.
pub(super) enum Item {
    Table(TableBlock),
    Enum {
        name: ItemName,
        values: Vec<String>,
    },
    View {
        name: ItemName,
        definition: SqlSpot,
        materialized: bool,
        /// `None`: nothing is said of them.
        indexes: Option<Vec<(Span, IndexClause)>>,
    },
    Extension {
        name: ItemName,
    },
    /// `None`: the backend has no such object.
    Definition {
        name: ItemName,
        /// With its comment.
        body: Option<(DefinitionBody, Option<String>)>,
    },
}

/// `table path { … }`
pub(super) struct TableBlock {
    pub(super) path: RustPath,
    pub(super) clauses: Vec<Clause>,
}

/// The name of an item that may have no `table!`: `mood`, `audit.level`, `"My View"`.
pub(super) struct ItemName {
    pub(super) schema: Option<String>,
    pub(super) name: String,
    /// As a Rust path, where it is one.
    pub(super) path: Option<RustPath>,
    pub(super) span: Span,
}

/// The words that an item starts with.
const WORDS: [&str; 9] = [
    "table",
    "enum",
    "view",
    "materialized_view",
    "extension",
    "domain",
    "composite",
    "range",
    "sequence",
];

/// Reads the body of the macro. Every fault is pushed, and reading goes on behind it.
pub(super) fn read(
    found: &Found,
    backend: Backend,
    config: &Config<'_>,
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Fault>,
) -> Vec<Item> {
    let mut cursor = Cursor::inside(&found.body);
    let mut items = Vec::new();
    while !cursor.is_empty() {
        match item(&mut cursor, backend, config, faults, warnings) {
            Ok(Some(item)) => items.push(item),
            Ok(None) => {}
            Err(fault) => {
                faults.push(fault);
                skip_item(&mut cursor);
            }
        }
    }
    items
}

/// Leaves out the rest of an item: up to its braces or semicolon.
fn skip_item(cursor: &mut Cursor) {
    while let Some(tree) = cursor.next() {
        match tree {
            TokenTree::Punct(punct) if punct.as_char() == ';' => return,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                cursor.eat_punct(';');
                return;
            }
            _ => {}
        }
    }
}

fn item(
    cursor: &mut Cursor,
    backend: Backend,
    config: &Config<'_>,
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Fault>,
) -> Parsed<Option<Item>> {
    let on = !Attributes::read(cursor, config, warnings)?.off;
    let word = cursor.ident("`table`, `enum`, `view` or another item")?;
    let name = word.to_string();
    let item = match name.as_str() {
        "table" => {
            let path = RustPath::read(cursor, "the name of a table")?;
            let body = cursor.group(Delimiter::Brace, "`{` and the clauses of the table")?;
            let clauses = ddl_clause::read_all(Cursor::inside(&body), backend, faults);
            Item::Table(TableBlock { path, clauses })
        }
        "enum" => {
            let name = item_name(cursor)?;
            let group = cursor.group(Delimiter::Parenthesis, "`(` and the values")?;
            Item::Enum { name, values: enum_values(Cursor::inside(&group))? }
        }
        "view" | "materialized_view" => {
            let materialized = name == "materialized_view";
            let name = item_name(cursor)?;
            let definition = sql::read(cursor, backend, "the SELECT of the view")?;
            let body = materialized.then(|| cursor.eat_group(Delimiter::Brace)).flatten();
            let indexes = body.map(|body| view_indexes(Cursor::inside(&body), backend, faults));
            Item::View { name, definition, materialized, indexes }
        }
        "extension" => Item::Extension { name: item_name(cursor)? },
        "domain" | "composite" | "range" | "sequence" => {
            let of = item_name(cursor)?;
            Item::Definition { name: of, body: ddl_definition::read(&name, cursor, backend)? }
        }
        other => {
            return Err(Fault::new(word.span(), format!("`{other}` is no item of `ddl!`"))
                .hint(format!("the items are {}", list(&WORDS)))
                .suggest(suggest::nearest(other, WORDS)));
        }
    };
    cursor.eat_punct(';');
    Ok(on.then_some(item))
}

/// The block of a materialised view: `[unique] index …;`
fn view_indexes(
    cursor: Cursor,
    backend: Backend,
    faults: &mut Vec<Fault>,
) -> Vec<(Span, IndexClause)> {
    let mut indexes = Vec::new();
    for Clause { span, kind } in ddl_clause::read_all(cursor, backend, faults) {
        match kind {
            ClauseKind::Index(index) => indexes.push((span, index)),
            _ => faults.push(
                Fault::new(span, "a materialised view has no such clause")
                    .hint("the clauses are `index` and `unique index`"),
            ),
        }
    }
    indexes
}

/// `mood`, `audit.level`, `audit::level`, `"My View"`
fn item_name(cursor: &mut Cursor) -> Parsed<ItemName> {
    const EXPECTED: &str = "a name";
    let span = cursor.span();
    let (mut name, mut path) = match cursor.eat_text()? {
        Some((text, span)) => {
            check_name(&text, span)?;
            (text, None)
        }
        None => {
            let path = RustPath::read(cursor, EXPECTED)?;
            (path.segments.last().map(name_of).unwrap_or_default(), Some(path))
        }
    };
    let mut schema = None;
    if cursor.eat_punct('.') {
        path = None;
        schema = Some(name);
        name = match cursor.eat_text()? {
            Some((text, span)) => {
                check_name(&text, span)?;
                text
            }
            None => name_of(&cursor.ident(EXPECTED)?),
        };
    }
    Ok(ItemName { schema, name, path, span })
}

fn enum_values(cursor: Cursor) -> Parsed<Vec<String>> {
    let span = cursor.span();
    let mut values: Vec<String> = Vec::new();
    for mut part in cursor.split_list() {
        let (value, span) = part.text("a value in double quotes")?;
        part.finish("`,`")?;
        if values.contains(&value) {
            return Err(Fault::new(span, format!("value `{value}` is there twice")));
        }
        values.push(value);
    }
    if values.is_empty() {
        return Err(Fault::new(span, "the enum has no value"));
    }
    Ok(values)
}

/// `` `a`, `b` and `c` ``
pub(super) fn list(words: &[&str]) -> String {
    let ticked: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match ticked.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
