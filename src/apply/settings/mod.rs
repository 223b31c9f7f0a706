//! Settings of a session: noted before a run and put back after it, so that none leaks into the
//! application's connection.

use std::collections::BTreeMap;

use diesel::QueryResult;

use super::driver::Driver;
use super::sql::{literal, name};
use crate::model::Backend;

/// Settings by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings(BTreeMap<String, String>);

/// SQLite's pragmas that belong to a connection and change what statements mean, with the column
/// of their table-valued function.
const PRAGMAS: [(&str, &str); 7] = [
    ("busy_timeout", "timeout"),
    ("foreign_keys", "foreign_keys"),
    ("ignore_check_constraints", "ignore_check_constraints"),
    ("legacy_alter_table", "legacy_alter_table"),
    ("query_only", "query_only"),
    ("recursive_triggers", "recursive_triggers"),
    ("writable_schema", "writable_schema"),
];

/// MySQL's session variables that a dump or a migration sets.
const VARIABLES: [&str; 5] =
    ["autocommit", "foreign_key_checks", "lock_wait_timeout", "sql_mode", "unique_checks"];

impl Settings {
    /// The settings as they are.
    pub(super) fn read(driver: &mut dyn Driver) -> QueryResult<Self> {
        let sql = match driver.backend_kind() {
            Backend::Sqlite => union(PRAGMAS.iter().map(|(pragma, column)| {
                format!("SELECT '{pragma}=' || {column} AS v FROM pragma_{pragma}")
            })),
            // `role` is not listed; `is_superuser` and the like cannot be set.
            Backend::Postgres => "SELECT pg_catalog.concat(name, '=', setting) AS v \
                FROM pg_catalog.pg_settings WHERE source OPERATOR(pg_catalog.=) 'session' \
                AND NOT pg_catalog.starts_with(name, 'transaction_') \
                UNION ALL SELECT pg_catalog.concat('role=', pg_catalog.current_setting('role'))"
                .to_owned(),
            Backend::Mysql => union(VARIABLES.iter().map(|variable| {
                format!("SELECT CONCAT('{variable}=', @@SESSION.{variable}) AS v")
            })),
        };
        let pairs = driver.texts(&sql)?.into_iter().flatten();
        let pairs = pairs.filter_map(|pair| {
            pair.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()))
        });
        Ok(Self(pairs.collect()))
    }

    /// One of them.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Puts back what differs now.
    pub(super) fn restore(&self, driver: &mut dyn Driver) -> QueryResult<()> {
        let backend = driver.backend_kind();
        let now = Self::read(driver)?;
        for (key, value) in &self.0 {
            if now.0.get(key) != Some(value) {
                tracing::debug!(setting = key, "putting back");
                driver.run_sql(&set(backend, key, value))?;
            }
        }
        for key in now.0.keys().filter(|key| !self.0.contains_key(*key)) {
            tracing::debug!(setting = key, "resetting");
            let parts: Vec<_> = key.split('.').map(|part| name(backend, part)).collect();
            driver.run_sql(&format!("RESET {}", parts.join(".")))?;
        }
        Ok(())
    }
}

fn set(backend: Backend, key: &str, value: &str) -> String {
    match backend {
        Backend::Sqlite => format!("PRAGMA {key} = {value}"),
        Backend::Postgres if key == "role" && value == "none" => "RESET ROLE".to_owned(),
        Backend::Postgres => format!(
            "SELECT pg_catalog.set_config({}, {}, false)",
            literal(backend, key),
            literal(backend, value)
        ),
        // A variable that is a number takes no text (`lock_wait_timeout`).
        Backend::Mysql if value.parse::<u64>().is_ok() => format!("SET SESSION {key} = {value}"),
        Backend::Mysql => format!("SET SESSION {key} = {}", literal(backend, value)),
    }
}

fn union(selects: impl Iterator<Item = String>) -> String {
    selects.collect::<Vec<_>>().join(" UNION ALL ")
}
