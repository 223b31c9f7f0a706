//! One spelling for what can be spelt in several ways, and the names that PostgreSQL would give.

use std::collections::BTreeSet;

use super::lexer::{Kind, Token, tokens};
use super::spelling::quote_where_needed;
use super::types;
use crate::model::{
    DefinitionBody, Index, IndexKey, NullsOrder, Schema, SortOrder, Table, TableOptions,
};

/// The longest name, in bytes (`NAMEDATALEN - 1`).
pub(super) const MAX_NAME: usize = 63;

/// A key under which texts are equal that differ in white space, comments, case of words, needless
/// quotes and outer parentheses. What the server rewrites beyond that, only the server knows.
pub(super) fn expression(sql: &str) -> String {
    let words: Vec<String> = tokens(without_parentheses(sql)).iter().map(key).collect();
    words.join(" ")
}

fn key(token: &Token<'_>) -> String {
    match token.kind {
        Kind::Word => token.text.to_ascii_lowercase(),
        Kind::Quoted => match token.identifier() {
            Some(name) => quote_where_needed(&name),
            None => token.text.to_owned(),
        },
        Kind::Symbol if token.text == "!=" => "<>".to_owned(),
        Kind::String | Kind::Number | Kind::Symbol => token.text.to_owned(),
    }
}

/// Whether an expression mentions a column, as an identifier of its own.
pub(super) fn mentions(sql: &str, column: &str) -> bool {
    tokens(sql).iter().any(|token| token.identifier().is_some_and(|name| name == column))
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
    if !first.is_symbol("(") || !last.is_symbol(")") || tokens.len() < 3 {
        return None;
    }
    let mut depth = 0_usize;
    for token in &tokens[..tokens.len() - 1] {
        match token.text {
            "(" => depth += 1,
            ")" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return None;
        }
    }
    Some(&sql[first.end()..last.start])
}

/// Makes implied things explicit: type spellings, order of NULLs, names. Applied twice it changes
/// nothing more.
pub(super) fn schema(schema: &mut Schema) {
    // Before 18 the server takes a name of NOT NULL and forgets it.
    let names_not_null = schema.server.version.is_some_and(|version| version >= 180_000);
    for table in schema.tables.values_mut() {
        // Options of other backends are none here.
        let given = std::mem::take(&mut table.options);
        let TableOptions { others, unlogged, with, .. } = given;
        table.options = TableOptions { others, unlogged, with, ..TableOptions::default() };
        parameters(&mut table.options.with);
        for column in &mut table.columns {
            if let Some(native) = &mut column.sql_type.native {
                *native = types::normalize_type(native);
            }
            if column.collation.as_deref() == Some("default") {
                column.collation = None;
            }
            let implied = implied_name(&table.name.name, Some(&column.name), "not_null");
            let not_null = &mut column.options.not_null;
            if column.nullable || !names_not_null || not_null.as_ref() == Some(&implied) {
                *not_null = None;
            }
        }
        table.indexes.iter_mut().for_each(index);
    }
    schema.views.values_mut().flat_map(|view| &mut view.indexes).for_each(index);
    for definition in &mut schema.definitions {
        match &mut definition.body {
            DefinitionBody::Domain(domain) => {
                domain.native = types::normalize_type(&domain.native);
                domain.checks.sort_by(|a, b| a.name.cmp(&b.name));
            }
            DefinitionBody::Composite { attributes } => {
                for (_, native) in attributes {
                    *native = types::normalize_type(native);
                }
            }
            DefinitionBody::Range { .. } | DefinitionBody::Sequence { .. } => {}
        }
        super::parameters::normalize(definition);
    }
    names(schema);
}

/// Storage parameters: `fillfactor=70`.
fn parameters(with: &mut [String]) {
    for parameter in with.iter_mut() {
        *parameter = parameter.split_whitespace().collect::<String>().to_lowercase();
    }
    with.sort();
}

/// What an index says that is the default anyway.
pub(super) fn index(index: &mut Index) {
    if index.method.as_deref() == Some("btree") {
        index.method = None;
    }
    parameters(&mut index.options.with);
    for part in &mut index.parts {
        if let IndexKey::Expression(sql) = &part.key
            && let [name] = tokens(without_parentheses(sql)).as_slice()
            && let Some(column) = column(name)
        {
            part.key = IndexKey::Column(column);
        }
        let implied = match part.order {
            SortOrder::Ascending => NullsOrder::Last,
            SortOrder::Descending => NullsOrder::First,
        };
        if part.nulls == Some(implied) {
            part.nulls = None;
        }
    }
}

/// The column that an expression is, if it is no more than its name: the server takes it for that.
fn column(token: &Token<'_>) -> Option<String> {
    let name = token.identifier()?;
    (token.kind == Kind::Quoted || quote_where_needed(&name) == name).then_some(name)
}

/// Names what has no name, as the server would: `session_pkey`, `session_email_key`,
/// `session_org_id_fkey`, `session_total_check`, `session_status_idx`.
fn names(schema: &mut Schema) {
    let mut taken: BTreeSet<(Option<String>, String)> = BTreeSet::new();
    for view in schema.views.values() {
        let in_schema = |name: &String| (view.name.schema.clone(), name.clone());
        taken.insert(in_schema(&view.name.name));
        taken.extend(view.indexes.iter().filter_map(|index| index.name.as_ref()).map(in_schema));
    }
    for table in schema.tables.values() {
        let in_schema = |name: &str| (table.name.schema.clone(), name.to_owned());
        taken.insert(in_schema(&table.name.name));
        taken.extend(stated_names(table).map(in_schema));
    }
    for definition in &schema.definitions {
        if let DefinitionBody::Domain(domain) = &definition.body {
            let stated = domain.checks.iter().filter_map(|check| check.name.clone());
            taken.extend(stated.map(|name| (definition.name.schema.clone(), name)));
        }
    }
    for table in schema.tables.values_mut() {
        name_all(table, &mut taken);
    }
    for view in schema.views.values_mut() {
        let mut table = view.as_table();
        name_all(&mut table, &mut taken);
        view.indexes = table.indexes;
    }
    for definition in &mut schema.definitions {
        let DefinitionBody::Domain(domain) = &mut definition.body else { continue };
        for check in domain.checks.iter_mut().filter(|check| check.name.is_none()) {
            let mut names = (0_usize..).map(|n| match n {
                0 => implied_name(&definition.name.name, None, "check"),
                n => implied_name(&definition.name.name, None, &format!("check{n}")),
            });
            let space = &definition.name.schema;
            check.name = names.find(|name| taken.insert((space.clone(), name.clone())));
        }
    }
}

fn stated_names(table: &Table) -> impl Iterator<Item = &str> {
    let key = table.primary_key.iter().filter_map(|key| key.name.as_deref());
    key.chain(table.uniques.iter().filter_map(|unique| unique.name.as_deref()))
        .chain(table.checks.iter().filter_map(|check| check.name.as_deref()))
        .chain(table.foreign_keys.iter().filter_map(|key| key.name.as_deref()))
        .chain(table.exclusions.iter().filter_map(|exclusion| exclusion.name.as_deref()))
        .chain(table.indexes.iter().filter_map(|index| index.name.as_deref()))
}

fn name_all(table: &mut Table, taken: &mut BTreeSet<(Option<String>, String)>) {
    let (space, relation) = (table.name.schema.clone(), table.name.name.clone());
    let columns: Vec<String> = table.columns.iter().map(|c| c.name.clone()).collect();
    let mut free = |addition: Option<&str>, label: &str| {
        let mut numbered = (0_usize..).map(|n| match n {
            0 => implied_name(&relation, addition, label),
            n => implied_name(&relation, addition, &format!("{label}{n}")),
        });
        let is_free = |name: &String| taken.insert((space.clone(), name.clone()));
        numbered.find(is_free)
    };
    if let Some(key) = table.primary_key.as_mut().filter(|key| key.name.is_none()) {
        key.name = free(None, "pkey");
    }
    for unique in table.uniques.iter_mut().filter(|unique| unique.name.is_none()) {
        // The server counts the columns besides in.
        let columns = [&unique.columns[..], &unique.options.include].concat();
        unique.name = free(Some(&columns.join("_")), "key");
    }
    for exclusion in table.exclusions.iter_mut().filter(|it| it.name.is_none()) {
        let keys = exclusion_keys(&exclusion.definition, &columns);
        exclusion.name = free(Some(&keys.join("_")), "excl");
    }
    for index in table.indexes.iter_mut().filter(|index| index.name.is_none()) {
        let words = index.parts.iter().map(|part| match &part.key {
            IndexKey::Column(name) => name.as_str(),
            IndexKey::Expression(_) => "expr",
        });
        let addition = words.collect::<Vec<_>>().join("_");
        index.name = free(Some(&addition), "idx");
    }
    for check in table.checks.iter_mut().filter(|check| check.name.is_none()) {
        // Named after its column when it has only one.
        let mut used = columns.iter().filter(|column| mentions(&check.expression, column));
        let only = used.next().filter(|_| used.next().is_none());
        check.name = free(only.map(String::as_str), "check");
    }
    for key in table.foreign_keys.iter_mut().filter(|key| key.name.is_none()) {
        key.name = free(Some(&key.columns.join("_")), "fkey");
    }
}

/// The names of the keys of an exclusion constraint, `expr` for what is no column.
fn exclusion_keys(definition: &str, columns: &[String]) -> Vec<String> {
    let tokens = tokens(definition);
    let (mut depth, mut keys, mut first) = (0_usize, Vec::new(), true);
    for token in &tokens {
        match token.text {
            "(" if depth == 0 => (depth, first) = (1, true),
            ")" if depth == 1 => break,
            "(" => depth += 1,
            ")" => depth -= 1,
            "," if depth == 1 => first = true,
            _ => {}
        }
        let opens = token.is_symbol("(") && depth == 1 || token.is_symbol(",");
        if depth >= 1 && first && !opens {
            let name = token.identifier().filter(|name| depth == 1 && columns.contains(name));
            keys.push(name.unwrap_or_else(|| "expr".to_owned()));
            first = false;
        }
    }
    keys
}

/// The name that PostgreSQL gives to what has none: `table_addition_label`, cut to 63 bytes at the
/// longer of the first two (`makeObjectName` in `indexcmds.c`, the same in 13 to 18).
///
/// ```
/// use glowplug::backend::postgres::normalize::implied_name;
///
/// assert_eq!(implied_name("session", Some("org_id"), "fkey"), "session_org_id_fkey");
/// assert_eq!(implied_name("session", None, "pkey"), "session_pkey");
/// ```
#[must_use]
pub fn implied_name(table: &str, addition: Option<&str>, label: &str) -> String {
    let separators = 1 + usize::from(addition.is_some());
    let room = MAX_NAME.saturating_sub(label.len() + separators);
    let addition_bytes = addition.map_or(0, str::len);
    let (mut first, mut second) = (table.len(), addition_bytes);
    while first + second > room {
        if first > second {
            first -= 1;
        } else {
            second -= 1;
        }
    }
    let table = clip(table, first);
    match addition {
        Some(addition) => format!("{table}_{}_{label}", clip(addition, second)),
        None => format!("{table}_{label}"),
    }
}

/// At most so many bytes, without cutting a character.
fn clip(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CheckConstraint, Column, IndexPart, SqlType, UniqueConstraint};

    #[test]
    fn texts_that_mean_the_same_have_one_key() {
        for (a, b) in [
            ("Status IN ('a',  'b')", "status in ('a','b')"),
            ("((a > 0))", "a>0"),
            ("a != 1 -- not one", "\"a\" <> 1"),
            ("CURRENT_TIMESTAMP", "current_timestamp"),
        ] {
            assert_eq!(expression(a), expression(b));
        }
        for (a, b) in [
            ("'A'", "'a'"),
            ("\"A\"", "a"),
            ("\"user\"", "user"),
            ("(a) OR (b)", "a) OR (b"),
            ("a - -1", "a --1"),
            ("'x'::text", "'x'"),
        ] {
            assert_ne!(expression(a), expression(b));
        }
    }

    #[test]
    fn only_parentheses_around_all_of_it_go() {
        assert_eq!(without_parentheses(" ((a + 1)) "), "a + 1");
        assert_eq!(without_parentheses("(a) + (b)"), "(a) + (b)");
        assert_eq!(without_parentheses("(')')"), "')'");
        assert_eq!(without_parentheses("()"), "()");
    }

    #[test]
    fn names_are_those_that_the_server_gives() {
        let mut table = Table::new("session");
        table.columns = ["a", "b"].map(|c| Column::new(c, SqlType::native("int4"))).into();
        let check = |sql: &str| CheckConstraint {
            options: Default::default(),
            name: None,
            expression: sql.into(),
        };
        table.checks = vec![check("a > 0"), check("a < 9"), check("a > b"), check("1 < 2")];
        table.uniques = vec![UniqueConstraint {
            options: Default::default(),
            name: None,
            columns: vec!["a".into(), "b".into()],
        }];
        table.indexes = vec![Index {
            options: Default::default(),
            name: None,
            unique: false,
            parts: vec![IndexPart { nulls: Some(NullsOrder::Last), ..IndexPart::column("b") }],
            predicate: None,
            method: Some("btree".into()),
            include: vec![],
            stored: None,
        }];
        let mut given = Schema::default();
        given.insert_table(table);
        schema(&mut given);
        let table = &given.tables[&"session".into()];
        let names: Vec<_> = table.checks.iter().filter_map(|c| c.name.as_deref()).collect();
        assert_eq!(
            names,
            ["session_a_check", "session_a_check1", "session_check", "session_check1"]
        );
        assert_eq!(table.uniques[0].name.as_deref(), Some("session_a_b_key"));
        assert_eq!(table.indexes[0].name.as_deref(), Some("session_b_idx"));
        assert_eq!(table.indexes[0].method, None);
        assert_eq!(table.indexes[0].parts[0].nulls, None);
        assert_eq!(table.columns[0].sql_type.native.as_deref(), Some("integer"));
        let once = given.clone();
        schema(&mut given);
        assert_eq!(given, once);
    }
}
