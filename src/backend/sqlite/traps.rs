//! What is legal in SQLite, and seldom what was meant.

use super::stored::{Token, TokenKind, tokens, unquote};
use crate::backend::Trap;
use crate::model::{ForeignKey, Index, IndexKey, Schema, Table};

/// The traps in a schema, each with its place and what it does.
pub(super) fn traps(schema: &Schema) -> Vec<Trap> {
    schema.tables.values().flat_map(|table| of_table(table, schema)).collect()
}

fn of_table<'a>(table: &'a Table, schema: &Schema) -> impl Iterator<Item = Trap> + use<'a> {
    let mut found = Vec::new();
    types(table, &mut found);
    texts(table, &mut found);
    indexes(table, &mut found);
    for key in &table.foreign_keys {
        found.extend(reference(table, key, schema));
    }
    found.into_iter().map(|message| Trap { table: table.name.clone(), message })
}

/// A declared type is only a hint, and SQLite finds it by parts of words
/// (<https://sqlite.org/datatype3.html#determination_of_column_affinity>).
fn types(table: &Table, found: &mut Vec<String>) {
    if table.options.strict {
        return;
    }
    for column in &table.columns {
        let native = column.sql_type.native.as_deref().unwrap_or_default();
        let of = format!("column `{}.{}` is declared {native}", table.name, column.name);
        let upper = native.to_ascii_uppercase();
        let words: Vec<&str> = upper
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| !word.is_empty())
            .collect();
        if upper.contains("INT") {
            if !words.iter().any(|word| is_integer(word)) {
                found.push(format!(
                    "{of}, which holds the letters INT: a text of digits becomes an integer"
                ));
            }
            continue;
        }
        const KNOWN: &[&str] = &["CHAR", "CLOB", "TEXT", "BLOB", "REAL", "FLOA", "DOUB"];
        const NUMBERS: &[&str] = &["NUM", "DEC", "BOOL", "DATE", "TIME", "BINARY"];
        let says = |parts: &[&str]| parts.iter().any(|part| upper.contains(part));
        if !words.is_empty() && upper != "ANY" && !says(KNOWN) && !says(NUMBERS) {
            found.push(format!(
                "{of}, which SQLite takes for a number: the text '007' is kept as 7"
            ));
        }
    }
}

/// `INT`, `BIGINT`, `INTEGER`; not `POINT`.
fn is_integer(word: &str) -> bool {
    let bare = ["TINY", "SMALL", "MEDIUM", "BIG"].iter().find_map(|size| word.strip_prefix(size));
    matches!(bare.unwrap_or(word), "INT" | "INTEGER" | "INTS")
}

/// `"active"` is a text where no column is called so (<https://sqlite.org/quirks.html#dblquote>).
fn texts(table: &Table, found: &mut Vec<String>) {
    let name = &table.name;
    let mut look = |place: String, sql: &str| {
        for text in texts_in_double_quotes(table, sql) {
            found.push(format!("{text} in {place} is a text: `{name}` has no such column"));
        }
    };
    for check in &table.checks {
        look(format!("the check `{}` of `{name}`", check.expression), &check.expression);
    }
    for column in &table.columns {
        if let Some(generated) = &column.generated {
            look(format!("the value of `{name}.{}`", column.name), &generated.expression);
        }
    }
    for index in &table.indexes {
        let place = format!("the index `{}`", index.name.as_deref().unwrap_or_default());
        if let Some(predicate) = &index.predicate {
            look(place.clone(), predicate);
        }
        for part in &index.parts {
            if let IndexKey::Expression(sql) = &part.key
                && !is_constant(sql)
            {
                look(place.clone(), sql);
            }
        }
    }
}

/// Whether a table or index holds such a text. `DROP COLUMN` writes every one in the file in single
/// quotes (`renameFixQuotes()` in SQLite's alter.c), that of other tables too.
pub(super) fn is_requoted_by_a_drop(schema: &Schema) -> bool {
    schema.tables.values().any(|table| {
        let mut found = Vec::new();
        texts(table, &mut found);
        let constants = table.indexes.iter().flat_map(|index| &index.parts).any(|part| {
            matches!(&part.key, IndexKey::Expression(sql) if sql.trim_start().starts_with('"') && is_constant(sql))
        });
        constants || !found.is_empty()
    })
}

/// The texts that SQL of a table writes as if they were names, with their double quotes.
#[must_use]
pub fn texts_in_double_quotes(table: &Table, sql: &str) -> Vec<String> {
    let Ok(tokens) = tokens(sql) else { return Vec::new() };
    let is = |token: Option<&Token>, symbol: &str| {
        token.is_some_and(|token| &sql[token.range.clone()] == symbol)
    };
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let text = &sql[token.range.clone()];
        let after = tokens.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let collation =
            before.is_some_and(|t| sql[t.range.clone()].eq_ignore_ascii_case("COLLATE"));
        if token.kind != TokenKind::Quoted || !text.starts_with('"') || collation {
            continue;
        }
        // A function, or the table before its column.
        if is(after, "(") || is(after, ".") || is_column(table, &unquote(text)) {
            continue;
        }
        found.push(text.to_owned());
    }
    found
}

fn is_column(table: &Table, name: &str) -> bool {
    ["rowid", "_rowid_", "oid"].iter().any(|word| word.eq_ignore_ascii_case(name))
        || table.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name))
}

fn indexes(table: &Table, found: &mut Vec<String>) {
    let named = |index: &Index| index.name.clone().unwrap_or_default();
    for (at, index) in table.indexes.iter().enumerate() {
        for part in &index.parts {
            if let IndexKey::Expression(sql) = &part.key
                && is_constant(sql)
            {
                let (name, table) = (named(index), &table.name);
                found.push(format!(
                    "the index `{name}` of `{table}` is over {sql}, one value for all rows"
                ));
            }
        }
        let same = |other: &&Index| {
            other.parts == index.parts
                && other.predicate == index.predicate
                && (other.unique || !index.unique)
        };
        let twin = table.indexes.iter().enumerate().find(|(other, twin)| {
            // Of two that are alike in all, the later one is told.
            *other != at && same(twin) && (*other < at || twin.unique && !index.unique)
        });
        if let Some((_, twin)) = twin {
            let (name, twin) = (named(index), named(twin));
            found.push(format!("the index `{name}` says what the index `{twin}` says already"));
        } else if index.predicate.is_none() && stands_behind_constraint(table, index) {
            let name = named(index);
            let what = "a key or unique constraint has an index over the same columns already";
            found.push(format!("the index `{name}` of `{}` is one too many: {what}", table.name));
        }
    }
}

fn stands_behind_constraint(table: &Table, index: &Index) -> bool {
    let columns: Option<Vec<&String>> = index
        .parts
        .iter()
        .map(|part| match &part.key {
            IndexKey::Column(name) if part.collation.is_none() => Some(name),
            IndexKey::Column(_) | IndexKey::Expression(_) => None,
        })
        .collect();
    let Some(columns) = columns else { return false };
    let key = table.primary_key.iter().map(|key| (&key.columns, &key.options));
    let uniques = table.uniques.iter().map(|unique| (&unique.columns, &unique.options));
    key.chain(uniques).any(|(named, options)| {
        options.parts.is_empty() && named.iter().collect::<Vec<_>>() == columns
    })
}

/// One value, or a name in double quotes that is no column.
fn is_constant(sql: &str) -> bool {
    let Ok(tokens) = tokens(sql) else { return false };
    let value = |token: &Token| match token.kind {
        TokenKind::Text | TokenKind::Number | TokenKind::Blob | TokenKind::Quoted => true,
        TokenKind::Word | TokenKind::Parameter | TokenKind::Symbol => false,
    };
    matches!(tokens.as_slice(), [only] if value(only))
}

/// With foreign keys on, such a reference fails when a row is written
/// (<https://sqlite.org/foreignkeys.html#fk_indexes>).
fn reference(table: &Table, key: &ForeignKey, schema: &Schema) -> Option<String> {
    let columns = key.columns.join(", ");
    let of = format!("the foreign key of `{}` ({columns}) refers to", table.name);
    let Some(parent) = schema.tables.get(&key.foreign_table) else {
        return Some(format!("{of} `{}`, which is not there", key.foreign_table));
    };
    let missing = key.foreign_columns.iter().find(|name| parent.column(name).is_none());
    if let Some(missing) = missing {
        return Some(format!("{of} `{}.{missing}`, which is not there", parent.name));
    }
    let mut wanted: Vec<&String> = key.foreign_columns.iter().collect();
    wanted.sort();
    let same = |columns: &[String]| {
        let mut columns: Vec<&String> = columns.iter().collect();
        columns.sort();
        columns == wanted
    };
    let unique = parent.primary_key.as_ref().is_some_and(|key| same(&key.columns))
        || parent.uniques.iter().any(|unique| same(&unique.columns))
        || parent.indexes.iter().any(|index| {
            let columns = index.parts.iter().filter_map(|part| match &part.key {
                IndexKey::Column(name) => Some(name.clone()),
                IndexKey::Expression(_) => None,
            });
            let columns: Vec<_> = columns.collect();
            let whole = columns.len() == index.parts.len() && index.predicate.is_none();
            index.unique && whole && same(&columns)
        });
    let targets = key.foreign_columns.join(", ");
    (!unique).then(|| format!("{of} `{}` ({targets}), which is not unique", parent.name))
}
