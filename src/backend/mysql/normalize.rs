//! One spelling for what can be spelt in several ways, and names for what has none.

use std::collections::{BTreeMap, BTreeSet};

use super::lexer::{Kind, Token, tokens};
use super::spelling::{parenthesised, unquoted};
use super::{Flavor, types};
use crate::backend::postgres::normalize::implied_name;
use crate::backend::{Backend, ident};
use crate::model::{
    ForeignKey, Identity, Index, IndexKey, IndexPart, PrimaryKey, QualifiedName, ReferentialAction,
    Schema, Table, TableOptions, UniqueConstraint, View,
};

/// The longest name, in characters.
pub(super) const MAX_NAME: usize = 64;

/// A key under which texts are equal that differ in white space, comments, case of words, needless
/// quotes and outer parentheses, and in the spelling of the present time. What the server rewrites
/// beyond that, only the server knows.
pub(super) fn expression(sql: &str) -> String {
    let sql = without_parentheses(sql);
    let tokens = tokens(sql);
    let mut words: Vec<String> = Vec::with_capacity(tokens.len());
    let mut rest = &tokens[..];
    while let Some((token, behind)) = rest.split_first() {
        rest = behind;
        let now = ["current_timestamp", "now", "localtime", "localtimestamp"];
        if token.kind == Kind::Word && now.iter().any(|word| token.is_word(word)) {
            words.push("current_timestamp".to_owned());
            words.push("(".to_owned());
            if behind.first().is_some_and(|token| token.is_symbol("(")) {
                let (inside, after) = behind.split_at(parenthesised(behind));
                words.extend(inside[1..inside.len().max(2) - 1].iter().map(key));
                rest = after;
            }
            words.push(")".to_owned());
        } else {
            words.push(key(token));
        }
    }
    words.join(" ")
}

fn key(token: &Token<'_>) -> String {
    match token.kind {
        Kind::Word if token.is_word("true") => "1".to_owned(),
        Kind::Word if token.is_word("false") => "0".to_owned(),
        Kind::Word => token.text.to_ascii_lowercase(),
        Kind::Quoted => match token.identifier() {
            Some(name) if is_plain(&name) => name.to_lowercase(),
            Some(_) | None => token.text.to_owned(),
        },
        Kind::String if token.text.starts_with(['\'', '"']) => {
            ident::literal(Backend::Mysql, &unquoted(token.text))
        }
        Kind::Symbol if token.text == "!=" => "<>".to_owned(),
        Kind::String | Kind::Number | Kind::Symbol => token.text.to_owned(),
    }
}

/// Whether a name may stand without backticks, keywords apart.
fn is_plain(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$' || !c.is_ascii())
}

/// Whether an expression mentions a column, as a name of its own.
pub(super) fn mentions(sql: &str, column: &str) -> bool {
    let same = |name: String| name.to_lowercase() == column.to_lowercase();
    tokens(sql).iter().any(|token| token.identifier().is_some_and(same))
}

/// An expression without the parentheses around all of it.
pub(super) fn without_parentheses(sql: &str) -> &str {
    let mut sql = sql.trim();
    while let Some(inner) = inside(sql) {
        sql = inner.trim();
    }
    sql
}

/// What stands between the first and the last parenthesis, if they are a pair.
fn inside(sql: &str) -> Option<&str> {
    let tokens = tokens(sql);
    let (first, last) = (tokens.first()?, tokens.last()?);
    let pair = first.is_symbol("(") && parenthesised(&tokens) == tokens.len();
    (pair && last.is_symbol(")") && tokens.len() > 2).then(|| &sql[first.end()..last.start])
}

/// Makes implied things explicit: type spellings, kinds of keys, names, the indexes of foreign keys.
/// Applied twice it changes nothing more.
pub(super) fn schema(schema: &mut Schema, flavor: Flavor) {
    schema.enums.clear();
    for table in schema.tables.values_mut() {
        options(&mut table.options);
        keys(table);
        columns(table, flavor);
        table.foreign_keys.iter_mut().for_each(foreign_key);
        table.indexes.iter_mut().for_each(index);
        uniques(table);
    }
    names(schema);
    schema.tables.values_mut().for_each(indexes_of_foreign_keys);
}

/// The models with names of tables and views in small letters, as `lower_case_table_names = 1`
/// keeps them.
pub(super) fn folded(models: &Schema) -> Schema {
    let fold = |name: &QualifiedName| QualifiedName {
        schema: name.schema.clone(),
        name: name.name.to_lowercase(),
    };
    let mut folded = Schema { tables: BTreeMap::new(), views: BTreeMap::new(), ..models.clone() };
    for table in models.tables.values() {
        let mut table = Table { name: fold(&table.name), ..table.clone() };
        for key in &mut table.foreign_keys {
            key.foreign_table = fold(&key.foreign_table);
        }
        folded.insert_table(table);
    }
    for view in models.views.values() {
        let view = View { name: fold(&view.name), ..view.clone() };
        folded.views.insert(view.name.clone(), view);
    }
    for joinable in &mut folded.joinables {
        joinable.child = fold(&joinable.child);
        joinable.parent = fold(&joinable.parent);
    }
    folded
}

fn options(options: &mut TableOptions) {
    let others = std::mem::take(&mut options.others);
    let engine = options.engine.take().filter(|engine| !engine.eq_ignore_ascii_case("innodb"));
    *options = TableOptions { engine, ..TableOptions::default() };
    for (name, value) in others {
        let name = match name.as_str() {
            "CHARSET" | "CHARACTER SET" | "DEFAULT CHARSET" | "DEFAULT CHARACTER SET" => "CHARSET",
            "DEFAULT COLLATE" => "COLLATE",
            other => other,
        };
        let value = match name {
            "CHARSET" | "COLLATE" => value.to_ascii_lowercase(),
            "ROW_FORMAT" => value.to_ascii_uppercase(),
            _ => value,
        };
        options.others.insert(name.to_owned(), value);
    }
    // A collation says its character set.
    if options.others.contains_key("COLLATE") {
        options.others.remove("CHARSET");
    }
}

/// The key is always called `PRIMARY`, and its columns are never NULL.
fn keys(table: &mut Table) {
    let Some(PrimaryKey { name, columns, .. }) = &mut table.primary_key else { return };
    *name = None;
    for column in &mut table.columns {
        if columns.contains(&column.name) {
            column.nullable = false;
        }
    }
}

fn columns(table: &mut Table, flavor: Flavor) {
    let inherited = table.options.others.get("COLLATE").cloned();
    for column in &mut table.columns {
        if let Some(native) = &mut column.sql_type.native {
            *native = types::normalize_type(native);
        }
        if let Some(collation) = &mut column.collation {
            collation.make_ascii_lowercase();
        }
        if column.collation.is_some() && column.collation == inherited {
            column.collation = None;
        }
        if types::is_auto_increment(column) {
            column.identity = Identity::ByDefault;
            column.nullable = false;
        } else {
            column.identity = Identity::Unassigned;
        }
        // MariaDB's computed columns cannot be declared NOT NULL.
        column.nullable |= column.generated.is_some() && flavor == Flavor::MariaDb;
        // `DEFAULT NULL` is what a column has that states none.
        let null = |sql: &String| expression(sql) == "null";
        if column.nullable && column.default.as_ref().is_some_and(null) {
            column.default = None;
        }
        // MariaDB gives this one to a time that is set ON UPDATE and states none.
        let native = column.sql_type.native.as_deref().unwrap_or_default();
        let zero = |sql: &String| sql.starts_with("'0000-00-00 00:00:00");
        if native.contains(" on update ") && column.default.as_ref().is_some_and(zero) {
            column.default = None;
        }
        if column.comment.as_deref() == Some("") {
            column.comment = None;
        }
    }
    if table.comment.as_deref() == Some("") {
        table.comment = None;
    }
}

/// `RESTRICT` and `NO ACTION` are the same to InnoDB, and nothing is deferred.
fn foreign_key(key: &mut ForeignKey) {
    for action in [&mut key.on_delete, &mut key.on_update] {
        if *action == ReferentialAction::Restrict {
            *action = ReferentialAction::NoAction;
        }
    }
}

/// What an index says that is the default anyway.
fn index(index: &mut Index) {
    index.stored = None;
    if let Some(method) = &mut index.method {
        method.make_ascii_lowercase();
        if method == "btree" {
            index.method = None;
        }
    }
    for part in &mut index.parts {
        // NULLs come first, and nothing else can be said.
        if part.nulls.is_some() && part.order == crate::model::SortOrder::Ascending {
            part.nulls = part.nulls.filter(|nulls| *nulls != crate::model::NullsOrder::First);
        }
    }
}

/// A unique index of plain columns and a unique constraint are one thing.
fn uniques(table: &mut Table) {
    let plain = |index: &Index| {
        index.unique
            && index.method.is_none()
            && index.predicate.is_none()
            && columns_of(index).is_some()
    };
    let (uniques, indexes): (Vec<_>, Vec<_>) =
        std::mem::take(&mut table.indexes).into_iter().partition(plain);
    table.indexes = indexes;
    table.uniques.extend(uniques.into_iter().filter_map(|index| {
        Some(UniqueConstraint {
            options: Default::default(),
            columns: columns_of(&index)?,
            name: index.name,
        })
    }));
    table.uniques.sort_by(|a, b| (&a.name, &a.columns).cmp(&(&b.name, &b.columns)));
}

/// The columns of an index that has nothing but plain columns.
pub(super) fn columns_of(index: &Index) -> Option<Vec<String>> {
    let plain = |part: &IndexPart| match &part.key {
        IndexKey::Column(name) if *part == IndexPart::column(name) => Some(name.clone()),
        IndexKey::Column(_) | IndexKey::Expression(_) => None,
    };
    index.parts.iter().map(plain).collect()
}

/// An index on the columns of each foreign key that has none: the server makes it, under the name
/// of the key, and refuses to drop it as long as the key needs it.
fn indexes_of_foreign_keys(table: &mut Table) {
    let mut needed: Vec<Index> = Vec::new();
    for key in &table.foreign_keys {
        let named = needed.iter().any(|index| serves(index, &key.columns));
        if !named && !is_served(table, &key.columns) {
            needed.push(Index {
                options: Default::default(),
                name: key.name.clone(),
                unique: false,
                parts: key.columns.iter().map(IndexPart::column).collect(),
                predicate: None,
                method: None,
                include: Vec::new(),
                stored: None,
            });
        }
    }
    table.indexes.extend(needed);
    table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
}

/// Whether a key of the table starts with these columns, in whatever order.
pub(super) fn is_served(table: &Table, columns: &[String]) -> bool {
    let starts = |key: &[String]| starts_with(key, columns);
    table.primary_key.as_ref().is_some_and(|key| starts(&key.columns))
        || table.uniques.iter().any(|unique| starts(&unique.columns))
        || table.indexes.iter().any(|index| serves(index, columns))
}

fn serves(index: &Index, columns: &[String]) -> bool {
    let leading = index.parts.iter().map_while(|part| match &part.key {
        IndexKey::Column(name) if part.length.is_none() => Some(name.clone()),
        IndexKey::Column(_) | IndexKey::Expression(_) => None,
    });
    index.method.is_none() && starts_with(&leading.collect::<Vec<_>>(), columns)
}

fn starts_with(key: &[String], columns: &[String]) -> bool {
    key.starts_with(columns)
}

/// Names what has no name. The server would number checks and foreign keys; a name that says what
/// it is about is the same on every server, and can be dropped by it.
fn names(schema: &mut Schema) {
    // Foreign keys and, on MySQL, checks share the names of the whole database.
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for table in schema.tables.values() {
        let stated = (table.checks.iter().filter_map(|check| check.name.as_ref()))
            .chain(table.foreign_keys.iter().filter_map(|key| key.name.as_ref()));
        taken.extend(stated.map(|name| name.to_lowercase()));
    }
    for table in schema.tables.values_mut() {
        name_all(table, &mut taken);
    }
}

fn name_all(table: &mut Table, taken: &mut BTreeSet<String>) {
    let relation = table.name.name.clone();
    let columns: Vec<String> = table.columns.iter().map(|c| c.name.clone()).collect();
    let free = |taken: &mut BTreeSet<String>, addition: Option<&str>, label: &str| {
        let mut numbered = (0_usize..).map(|n| match n {
            0 => implied_name(&relation, addition, label),
            n => implied_name(&relation, addition, &format!("{label}{n}")),
        });
        numbered.find(|name| taken.insert(name.to_lowercase()))
    };
    let mut keys: BTreeSet<String> = BTreeSet::new();
    let stated = (table.uniques.iter().filter_map(|unique| unique.name.as_ref()))
        .chain(table.indexes.iter().filter_map(|index| index.name.as_ref()));
    keys.extend(stated.map(|name| name.to_lowercase()));
    for unique in table.uniques.iter_mut().filter(|unique| unique.name.is_none()) {
        unique.name = free(&mut keys, Some(&unique.columns.join("_")), "key");
    }
    for index in table.indexes.iter_mut().filter(|index| index.name.is_none()) {
        let words = index.parts.iter().map(|part| match &part.key {
            IndexKey::Column(name) => name.as_str(),
            IndexKey::Expression(_) => "expr",
        });
        let addition = words.collect::<Vec<_>>().join("_");
        index.name = free(&mut keys, Some(&addition), "idx");
    }
    for check in table.checks.iter_mut().filter(|check| check.name.is_none()) {
        let mut used = columns.iter().filter(|column| mentions(&check.expression, column));
        let only = used.next().filter(|_| used.next().is_none());
        check.name = free(taken, only.map(String::as_str), "check");
    }
    for key in table.foreign_keys.iter_mut().filter(|key| key.name.is_none()) {
        key.name = free(taken, Some(&key.columns.join("_")), "fkey");
    }
}
