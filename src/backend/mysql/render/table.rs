//! `CREATE TABLE`, and what a table says of its own form.

use super::{BACKEND, Context, column, normalize};
use crate::backend::ident::{literal, quote, quote_list, quote_name};
use crate::backend::mysql::Flavor;
use crate::backend::{Refusal, Statement, standard};
use crate::diff::{Operation, TableForm};
use crate::model::{Index, IndexKey, IndexPart, SortOrder, Table, UniqueConstraint};

/// The table with its keys, indexes and constraints.
pub(super) fn create(table: &Table, context: Context<'_>) -> Result<Vec<Statement>, Refusal> {
    let mut elements = Vec::with_capacity(table.columns.len() + 2);
    for column in &table.columns {
        elements.push(column::definition(&table.name, column, context)?);
    }
    elements.extend(table.primary_key.iter().map(|key| standard::primary_key(BACKEND, key)));
    elements.extend(table.uniques.iter().map(unique));
    for index in table.indexes.iter().filter(|index| !is_made_by_foreign_key(index, table)) {
        elements.push(self::index(index, table, context)?);
    }
    elements.extend(table.checks.iter().map(|check| standard::check(BACKEND, check)));
    elements.extend(table.foreign_keys.iter().map(|key| standard::foreign_key(BACKEND, key)));
    // Another engine would take the foreign keys and forget them.
    let mut options =
        vec![format!("ENGINE = {}", table.options.engine.as_deref().unwrap_or("InnoDB"))];
    let form = TableForm::of(table);
    options.extend(form.options.others.iter().map(|(name, value)| option(name, value)));
    options.extend(form.comment.iter().map(|text| format!("COMMENT = {}", literal(BACKEND, text))));
    Ok(vec![Statement::new(
        format!("`{}` is new.", table.name),
        format!(
            "CREATE TABLE {} {} {};",
            quote_name(BACKEND, &table.name),
            standard::table_body(&elements),
            options.join(" ")
        ),
    )])
}

/// Whether the index is no more than what a foreign key of the table makes by itself.
fn is_made_by_foreign_key(index: &Index, table: &Table) -> bool {
    let columns = normalize::columns_of(index);
    !index.unique
        && index.method.is_none()
        && table.foreign_keys.iter().any(|key| {
            key.name == index.name
                && columns.as_ref().is_some_and(|columns| *columns == key.columns)
        })
}

/// `ROW_FORMAT = COMPRESSED`.
pub(super) fn option(name: &str, value: &str) -> String {
    match name {
        "CHARSET" => format!("DEFAULT CHARACTER SET = {value}"),
        "COLLATE" => format!("DEFAULT COLLATE = {value}"),
        name => format!("{name} = {value}"),
    }
}

/// `` UNIQUE INDEX `name` (`a`) ``.
pub(super) fn unique(unique: &UniqueConstraint) -> String {
    let name = unique.name.as_deref().unwrap_or_default();
    let columns = quote_list(BACKEND, &unique.columns);
    format!("UNIQUE INDEX {} ({columns})", quote(BACKEND, name))
}

/// `` INDEX `name` (`a` DESC, `b`(10)) IGNORED ``.
pub(super) fn index(index: &Index, table: &Table, context: Context<'_>) -> Result<String, Refusal> {
    let name = index.name.as_deref().unwrap_or_default();
    let refuse =
        |reason: String| Refusal::new(format!("index `{name}` of `{}`", table.name), reason);
    if index.predicate.is_some() {
        return Err(refuse("MySQL has no index over some of the rows (`where`)".to_owned())
            .hint("index a generated column that is NULL for the others"));
    }
    if !index.include.is_empty() {
        return Err(refuse("MySQL has no `include`; name the columns as keys".to_owned()));
    }
    let (mut kind, mut using, mut unused) = ("", "", "");
    for word in index.method.as_deref().unwrap_or_default().split_whitespace() {
        match word.to_ascii_lowercase().as_str() {
            "fulltext" => kind = "FULLTEXT ",
            "spatial" => kind = "SPATIAL ",
            "hash" => using = " USING HASH",
            "btree" => {}
            "ignored" | "invisible" => unused = context.flavor.word_for_unused_index(),
            other => {
                return Err(refuse(format!("MySQL has no index `using {other}`"))
                    .hint("the words are `btree`, `hash`, `fulltext`, `spatial` and `ignored`"));
            }
        }
    }
    let parts = index.parts.iter().map(|part| index_part(part, context).map_err(refuse));
    let parts: Vec<String> = parts.collect::<Result<_, _>>()?;
    let unique = if index.unique { "UNIQUE " } else { "" };
    let space = if unused.is_empty() { "" } else { " " };
    Ok(format!(
        "{unique}{kind}INDEX {} ({}){using}{space}{unused}",
        quote(BACKEND, name),
        parts.join(", ")
    ))
}

fn index_part(part: &IndexPart, context: Context<'_>) -> Result<String, String> {
    let mut sql = match &part.key {
        IndexKey::Column(name) => quote(BACKEND, name),
        IndexKey::Expression(expression) if context.flavor.indexes_expressions() => {
            format!("({expression})")
        }
        IndexKey::Expression(expression) => {
            return Err(format!(
                "{} does not index an expression (`{expression}`); index a generated column",
                context.flavor.name()
            ));
        }
    };
    if part.collation.is_some() || part.operator_class.is_some() || part.nulls.is_some() {
        return Err("a key of an index has no collation, operator class or place of NULLs".into());
    }
    if let Some(length) = part.length {
        sql.push_str(&format!("({length})"));
    }
    if part.order == SortOrder::Descending {
        sql.push_str(" DESC");
    }
    Ok(sql)
}

/// Whether an index is dropped and made again only to be used, or not used, any more. The server
/// takes the two for one and the same, and does nothing.
pub(super) enum Use {
    /// It is another index.
    Same,
    /// Told by the other operation.
    Done,
    /// This is done instead.
    Changes(String),
}

pub(super) fn use_of_index(operation: &Operation, all: &[&Operation], flavor: Flavor) -> Use {
    let unused = |index: &Index| {
        let words = index.method.as_deref().unwrap_or_default();
        words.split_whitespace().any(|word| word == "ignored" || word == "invisible")
    };
    let bare = |index: &Index| {
        let words = index.method.as_deref().unwrap_or_default().split_whitespace();
        let words: Vec<_> = words.filter(|w| *w != "ignored" && *w != "invisible").collect();
        Index { method: Some(words.join(" ")), stored: None, ..index.clone() }
    };
    let differ = |a: &Index, b: &Index| unused(a) != unused(b) && bare(a) == bare(b);
    match operation {
        Operation::DropIndex { index: old, .. } => {
            let made_again = all.iter().any(|other| {
                matches!(other, Operation::CreateIndex { index: new, .. } if differ(old, new))
            });
            if made_again { Use::Done } else { Use::Same }
        }
        Operation::CreateIndex { index: new, .. } => {
            let was = all.iter().any(|other| {
                matches!(other, Operation::DropIndex { index: old, .. } if differ(old, new))
            });
            let name = quote(BACKEND, new.name.as_deref().unwrap_or_default());
            let word = match (unused(new), flavor) {
                (true, flavor) => flavor.word_for_unused_index(),
                (false, Flavor::MariaDb) => "NOT IGNORED",
                (false, Flavor::MySql) => "VISIBLE",
            };
            if was { Use::Changes(format!("ALTER INDEX {name} {word}")) } else { Use::Same }
        }
        _ => Use::Same,
    }
}
