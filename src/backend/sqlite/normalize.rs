//! One spelling for what can be spelt in several ways.

use std::collections::BTreeMap;

use super::stored::{Token, TokenKind, tokens, unquote};
use super::types;
use crate::model::{
    Column, Identity, IndexKey, PrimaryKey, QualifiedName, Schema, SortOrder, Table,
};

/// Keywords that mean nothing in an expression or a SELECT: there they are names like any other.
const NAMES: &[&str] = &[
    "abort",
    "action",
    "add",
    "after",
    "always",
    "analyze",
    "attach",
    "before",
    "begin",
    "cascade",
    "column",
    "conflict",
    "database",
    "deferred",
    "detach",
    "each",
    "exclusive",
    "explain",
    "fail",
    "generated",
    "ignore",
    "immediate",
    "initially",
    "instead",
    "key",
    "no",
    "plan",
    "pragma",
    "query",
    "reindex",
    "release",
    "rename",
    "replace",
    "restrict",
    "rollback",
    "savepoint",
    "temp",
    "trigger",
    "vacuum",
    "view",
    "virtual",
    "without",
];

/// The key of an expression: its tokens in one spelling, without spaces, comments and parentheses
/// around the whole. Two expressions of one key mean the same; the reverse need not hold.
pub(super) fn expression(sql: &str) -> String {
    let Ok(tokens) = tokens(sql) else { return format!("?{sql}") };
    let last = tokens.iter().rposition(|token| &sql[token.range.clone()] != ";");
    let end = last.map_or(0, |last| last + 1);
    let tokens = without_outer_parentheses(sql, &tokens[..end]);
    tokens.iter().map(|token| word(token.kind, &sql[token.range.clone()])).collect()
}

/// One token. Its length stands before it, so that no text can pass for two tokens.
fn word(kind: TokenKind, text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let (mark, text) = match kind {
        TokenKind::Word if is_keyword(&lower) => ('k', lower),
        TokenKind::Word => ('n', lower),
        // `"Abc"` is a text where there is no such column (sqlite.org/quirks.html#dblquote), and
        // a text's case counts.
        TokenKind::Quoted if text.starts_with('"') && text != lower => ('q', text.to_owned()),
        TokenKind::Quoted => ('n', unquote(&lower)),
        TokenKind::Text | TokenKind::Parameter => ('t', text.to_owned()),
        TokenKind::Number | TokenKind::Blob => ('v', lower),
        TokenKind::Symbol => match text {
            "==" => ('s', "=".to_owned()),
            "!=" => ('s', "<>".to_owned()),
            _ => ('s', lower),
        },
    };
    format!("{mark}{}:{text}", text.len())
}

/// Whether a word in small letters means something in an expression that it does not mean in quotes.
fn is_keyword(lower: &str) -> bool {
    // The longest keyword is CURRENT_TIMESTAMP; TRUE and FALSE are names to the tokenizer.
    let known = lower.is_ascii()
        && (2..=17).contains(&lower.len())
        && sqlite3_parser::dialect::keyword_token(lower.as_bytes()).is_some();
    matches!(lower, "true" | "false") || known && NAMES.binary_search(&lower).is_err()
}

fn without_outer_parentheses<'a>(sql: &str, tokens: &'a [Token]) -> &'a [Token] {
    let is = |token: &Token, symbol: &str| {
        token.kind == TokenKind::Symbol && &sql[token.range.clone()] == symbol
    };
    let [first, inner @ .., last] = tokens else { return tokens };
    if inner.is_empty() || !is(first, "(") || !is(last, ")") {
        return tokens;
    }
    let mut depth = 1_usize;
    for token in inner {
        depth += usize::from(is(token, "("));
        depth -= usize::from(is(token, ")"));
        if depth == 0 {
            return tokens;
        }
    }
    without_outer_parentheses(sql, inner)
}

/// Whether an expression mentions a column of this name; when in doubt, yes.
pub(super) fn mentions(sql: &str, column: &str) -> bool {
    let Ok(tokens) = tokens(sql) else { return true };
    tokens.into_iter().any(|token| match token.kind {
        TokenKind::Word | TokenKind::Quoted => {
            unquote(&sql[token.range]).eq_ignore_ascii_case(column)
        }
        TokenKind::Text
        | TokenKind::Number
        | TokenKind::Blob
        | TokenKind::Parameter
        | TokenKind::Symbol => false,
    })
}

/// Names that begin with `sqlite_`, in any case, are SQLite's own.
pub(super) fn is_reserved(name: &str) -> bool {
    name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
}

/// The names of tables and columns as they are spelt.
struct Spellings {
    /// By the name in small letters.
    tables: BTreeMap<String, QualifiedName>,
    columns: BTreeMap<QualifiedName, Vec<Column>>,
}

/// Drops what SQLite does not keep, and spells names as their tables do.
pub(super) fn schema(schema: &mut Schema) {
    for table in schema.tables.values_mut() {
        columns(table);
        keys(table);
        indexes(table);
    }
    for view in schema.views.values_mut() {
        without_semicolon(&mut view.definition);
    }
    spell(schema);
}

/// A SELECT ends without a semicolon.
fn without_semicolon(sql: &mut String) {
    let all = tokens(sql).unwrap_or_default();
    let last = all.iter().rposition(|token| &sql[token.range.clone()] != ";");
    if let Some(last) = last.filter(|last| last + 1 < all.len()) {
        sql.truncate(all[last].range.end);
    }
}

/// Spells the names in keys and indexes as the tables and columns that they mean.
pub(super) fn spell(schema: &mut Schema) {
    let names = schema.tables.keys();
    let mut spellings = Spellings {
        tables: names.map(|name| (name.name.to_ascii_lowercase(), name.clone())).collect(),
        columns: BTreeMap::new(),
    };
    // The columns are lent: copies of all names would cost more than the work.
    for (name, table) in &mut schema.tables {
        spellings.columns.insert(name.clone(), std::mem::take(&mut table.columns));
    }
    for (name, table) in &mut schema.tables {
        spell_names(name, table, &spellings);
    }
    for (table, columns) in schema.tables.values_mut().zip(spellings.columns.into_values()) {
        table.columns = columns;
    }
}

fn columns(table: &mut Table) {
    let sole = table.sole_key().map(str::to_owned);
    table.comment = None;
    table.options.engine = None;
    table.options.others.clear();
    for column in &mut table.columns {
        column.comment = None;
        if column.collation.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("BINARY")) {
            column.collation = None;
        }
        column.collation = column.collation.take().map(collation);
        if column.default.as_deref().is_some_and(|sql| sql.eq_ignore_ascii_case("NULL")) {
            column.default = None;
        }
        // The forms of other backends: here the database never gives a value twice.
        if matches!(column.identity, Identity::Always | Identity::Serial) {
            column.identity = Identity::ByDefault;
        }
        // Only a key of one column can be the rowid, or is said not to be.
        if column.identity == Identity::Unassigned && sole.as_ref() != Some(&column.name) {
            column.identity = Identity::Unstated;
        }
        if column.nullable {
            (column.options.not_null, column.options.on_conflict) = (None, None);
        }
        if column.default.is_none() {
            column.options.default = None;
        }
        if column.collation.is_none() {
            column.options.collation = None;
        }
        if let (true, Some(native)) = (table.options.strict, &mut column.sql_type.native) {
            let strict = types::strict_type(native);
            // A sole key that is declared INTEGER would be the rowid.
            let unassigned = column.identity == Identity::Unassigned && strict != native;
            *native = if unassigned && strict == "INTEGER" { "INT" } else { strict }.to_owned();
        }
    }
}

fn keys(table: &mut Table) {
    let sole = table.sole_key().map(str::to_owned);
    let key = table.primary_key.iter_mut().map(|key| &mut key.options);
    let options = key.chain(table.uniques.iter_mut().map(|unique| &mut unique.options));
    for part in options.flat_map(|options| &mut options.parts) {
        part.collation = part.collation.take().map(collation);
    }
    let descending = table.primary_key.as_ref().is_some_and(is_descending);
    if descending || table.options.without_rowid {
        return;
    }
    // A sole key that is declared INTEGER is the rowid, unless DESC stands behind it.
    let unassigned = |column: &&mut Column| {
        Some(&column.name) == sole.as_ref() && column.identity == Identity::Unassigned
    };
    if let Some(column) = table.columns.iter_mut().find(unassigned)
        && let Some(native) = &mut column.sql_type.native
        && native.eq_ignore_ascii_case("INTEGER")
    {
        "INT".clone_into(native);
    }
}

/// Whether the key is one column, in descending order.
pub(super) fn is_descending(key: &PrimaryKey) -> bool {
    key.columns.len() == 1 && key.options.part(0).order == SortOrder::Descending
}

fn indexes(table: &mut Table) {
    for part in table.indexes.iter_mut().flat_map(|index| &mut index.parts) {
        part.collation = part.collation.take().map(collation);
    }
}

/// SQLite's own collations in upper case; an application's keep their spelling.
pub(super) fn collation(name: String) -> String {
    let upper = name.to_ascii_uppercase();
    if matches!(upper.as_str(), "BINARY" | "NOCASE" | "RTRIM") { upper } else { name }
}

/// `REFERENCES Session (ID)` refers to `session (id)`: names differ in case only.
fn spell_names(name: &QualifiedName, table: &mut Table, spellings: &Spellings) {
    let own = &spellings.columns[name];
    if let Some(key) = &mut table.primary_key {
        spell_all(&mut key.columns, own);
    }
    for unique in &mut table.uniques {
        spell_all(&mut unique.columns, own);
    }
    for part in table.indexes.iter_mut().flat_map(|index| &mut index.parts) {
        if let IndexKey::Column(name) = &mut part.key {
            spell_one(name, own);
        }
    }
    for key in &mut table.foreign_keys {
        spell_all(&mut key.columns, own);
        if let Some(name) = spellings.tables.get(&key.foreign_table.name.to_ascii_lowercase()) {
            key.foreign_table.clone_from(name);
            spell_all(&mut key.foreign_columns, &spellings.columns[name]);
        }
    }
}

fn spell_all(names: &mut [String], columns: &[Column]) {
    for name in names {
        spell_one(name, columns);
    }
}

fn spell_one(name: &mut String, columns: &[Column]) {
    if columns.iter().any(|column| column.name == *name) {
        return;
    }
    if let Some(column) = columns.iter().find(|column| column.name.eq_ignore_ascii_case(name)) {
        name.clone_from(&column.name);
    }
}
