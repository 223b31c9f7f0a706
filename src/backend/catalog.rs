//! Two catalogs, and the objects in which they differ.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::{CatalogEntry, Dialect};

/// An object that one catalog has and another has not, or has with another text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CatalogChange {
    /// The server's word for its kind: `table`, `index`, `trigger`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The table that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Its text in the first catalog; `None` where it is not there.
    pub from: Option<String>,
    /// Its text in the second one.
    pub to: Option<String>,
    /// Both texts say the same: only spaces, the case and quotes of names or the order of columns
    /// differ.
    pub spelling: bool,
}

/// ``index `session_recent` of `session` ``
impl fmt::Display for CatalogChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.table {
            Some(table) => write!(f, "{} `{}` of `{table}`", self.kind, self.name),
            None => write!(f, "{} `{}`", self.kind, self.name),
        }
    }
}

/// What differs from one catalog to another, by kind and name. The histories of migrations, and
/// what SQLite keeps for itself, are no part of it.
#[must_use]
pub fn catalog_changes(
    dialect: &dyn Dialect,
    from: &[CatalogEntry],
    to: &[CatalogEntry],
) -> Vec<CatalogChange> {
    let (old, new) = (index(dialect, from), index(dialect, to));
    let mut changes = Vec::new();
    for (key, before) in &old {
        let after = new.get(key).copied();
        if after.is_none_or(|after| dialect.catalog_text(after) != dialect.catalog_text(before)) {
            changes.push(change(dialect, Some(before), after));
        }
    }
    let come = new.iter().filter(|(key, _)| !old.contains_key(*key));
    changes.extend(come.map(|(_, after)| change(dialect, None, Some(after))));
    changes.sort_by(|a, b| (&a.kind, &a.table, &a.name).cmp(&(&b.kind, &b.table, &b.name)));
    changes
}

type Key = (String, Option<String>, String);

fn index<'a>(
    dialect: &dyn Dialect,
    entries: &'a [CatalogEntry],
) -> BTreeMap<Key, &'a CatalogEntry> {
    let any_case = dialect.capabilities().case_insensitive_names;
    let name = |name: &String| if any_case { name.to_lowercase() } else { name.clone() };
    let counts = entries.iter().filter(|entry| !dialect.is_internal(entry));
    counts
        .map(|entry| {
            let key = (entry.kind.clone(), entry.table.as_ref().map(name), name(&entry.name));
            (key, entry)
        })
        .collect()
}

fn change(
    dialect: &dyn Dialect,
    from: Option<&CatalogEntry>,
    to: Option<&CatalogEntry>,
) -> CatalogChange {
    let entry = from.or(to).expect("one of them is there");
    CatalogChange {
        kind: entry.kind.clone(),
        name: entry.name.clone(),
        table: entry.table.clone(),
        from: from.map(|entry| entry.text.clone()),
        to: to.map(|entry| entry.text.clone()),
        spelling: match (from, to) {
            (Some(from), Some(to)) => dialect.catalog_key(from) == dialect.catalog_key(to),
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Backend;

    fn entry(kind: &str, name: &str, text: &str) -> CatalogEntry {
        let table = (kind == "index").then(|| "t".to_owned());
        CatalogEntry { kind: kind.into(), name: name.into(), table, text: text.into() }
    }

    fn changes(from: &[CatalogEntry], to: &[CatalogEntry]) -> Vec<(String, bool)> {
        let dialect = Backend::Sqlite.dialect();
        let changes = catalog_changes(dialect, from, to);
        changes.iter().map(|change| (change.to_string(), change.spelling)).collect()
    }

    #[test]
    fn each_object_is_named() {
        let from = [
            entry("table", "t", "CREATE TABLE t (a INTEGER, b TEXT)"),
            entry("index", "t_a", "CREATE INDEX t_a ON t (a)"),
            entry("view", "v", "CREATE VIEW v AS SELECT 'a'"),
        ];
        let to = [
            entry("table", "T", "create table [t] (b text, a integer)"),
            entry("trigger", "g", "CREATE TRIGGER g …"),
            entry("view", "v", "CREATE VIEW v AS SELECT 'A'"),
        ];
        assert_eq!(changes(&from, &from), []);
        assert_eq!(
            changes(&from, &to),
            [
                ("index `t_a` of `t`".to_owned(), false),
                ("table `t`".to_owned(), true),
                ("trigger `g`".to_owned(), false),
                ("view `v`".to_owned(), false),
            ]
        );
    }

    #[test]
    fn histories_and_what_sqlite_keeps_are_no_part_of_it() {
        let own = [
            entry("table", "__diesel_schema_migrations", "CREATE …"),
            entry("table", "__glowplug_history", "CREATE …"),
            entry("index", "sqlite_autoindex_t_1", ""),
        ];
        assert_eq!(changes(&own, &[]), []);
    }
}
