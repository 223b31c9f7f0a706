//! PostgreSQL: what a statement may need the locks of.

use std::collections::BTreeSet;

use super::{NAMES, Reader, folded};
use crate::files::statement::lexemes;
use crate::model::Backend;

/// A table, a view or an index by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::apply) struct Relation {
    pub(in crate::apply) schema: Option<String>,
    pub(in crate::apply) name: String,
}

impl Relation {
    pub(in crate::apply) fn of_any_schema(name: &str) -> Self {
        Self { schema: None, name: name.to_owned() }
    }
}

/// What stands before the name of a relation.
const BEFORE_A_NAME: [&str; 22] = [
    "ANALYZE",
    "CLUSTER",
    "CONCURRENTLY",
    "EXISTS",
    "FROM",
    "INDEX",
    "INHERIT",
    "INTO",
    "JOIN",
    "LIKE",
    "LOCK",
    "OF",
    "ON",
    "ONLY",
    "PARTITION",
    "REFERENCES",
    "SEQUENCE",
    "TABLE",
    "TRUNCATE",
    "UPDATE",
    "USING",
    "VIEW",
];

/// PostgreSQL: whatever a statement, or a body of code in it, may name, words of SQL among it.
pub(in crate::apply) fn relations(sql: &str) -> BTreeSet<Relation> {
    let lexemes = lexemes(Backend::Postgres, sql);
    let (mut reader, mut found) = (Reader(&lexemes), BTreeSet::new());
    let lists = ["DROP", "TRUNCATE", "LOCK"]
        .iter()
        .any(|verb| lexemes.first().is_some_and(|first| first.is(verb)));
    while let Some(next) = reader.0.first().filter(|_| found.len() < NAMES) {
        if let Some(body) = next.body() {
            found.extend(relations(&body));
            reader.next();
            continue;
        }
        let names = reader.0.len() < lexemes.len() && {
            let before = &lexemes[lexemes.len() - reader.0.len() - 1];
            BEFORE_A_NAME.iter().any(|word| before.is(word)) || lists && before.is(",")
        };
        let Some(first) = reader.part().map(folded) else { continue };
        let mut name = Relation { schema: None, name: first };
        while reader.take(&["."]) {
            let Some(next) = reader.part().map(folded) else { break };
            name = Relation { schema: Some(name.name), name: next };
        }
        if names {
            found.insert(name);
        }
    }
    found
}
