//! Settings of a session: noted before a run and put back after it, so that none leaks into the
//! application's connection, nor into the next migration. What lives as long as the session,
//! temporary tables above all, goes with the migration that made it.

mod mysql;
mod postgres;
mod sqlite;

use std::collections::{BTreeMap, BTreeSet};

use diesel::QueryResult;

use super::driver::Driver;
use super::names;
use super::script::Statement;
use crate::model::Backend;

/// Settings by name, and what the session made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    values: BTreeMap<String, String>,
    /// SQL that removes each temporary object of the session, the newest first.
    made: Vec<String>,
}

/// What migrations name that a server does not list, and what is not theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// PostgreSQL: settings of an application (`app.tenant`), which `pg_settings` leaves out.
    custom: BTreeSet<String>,
    /// MySQL and MariaDB: temporary tables, as written.
    temporary: BTreeSet<String>,
    /// PostgreSQL: the key of the run's own advisory lock, which stays.
    pub(super) lock: Option<i64>,
}

impl Named {
    /// Adds what these statements name; false when that is nothing new.
    pub(super) fn add(&mut self, backend: Backend, statements: &[Statement]) -> bool {
        let before = (self.custom.len(), self.temporary.len());
        for statement in statements {
            match backend {
                Backend::Sqlite => {}
                Backend::Postgres => self.custom.extend(names::custom_settings(&statement.sql)),
                Backend::Mysql => self.temporary.extend(names::temporary_table(&statement.sql)),
            }
        }
        (self.custom.len(), self.temporary.len()) != before
    }
}

impl Settings {
    /// The settings as they are.
    pub(super) fn read(driver: &mut dyn Driver, named: &Named) -> QueryResult<Self> {
        let sql = match driver.backend_kind() {
            Backend::Sqlite => sqlite::read(),
            Backend::Postgres => postgres::read(named),
            Backend::Mysql => mysql::read(),
        };
        let mut settings = Self::default();
        for line in driver.texts(&sql)?.into_iter().flatten() {
            match line.split_once('=') {
                Some(("", made)) => settings.made.push(made.to_owned()),
                Some((key, value)) => {
                    settings.values.insert(key.to_owned(), value.to_owned());
                }
                None => {}
            }
        }
        Ok(settings)
    }

    /// One of them.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Takes over what was not asked for before.
    pub(super) fn learn(&mut self, now: &Self, named: &Named) {
        for key in &named.custom {
            if let (None, Some(value)) = (self.get(key), now.get(key)) {
                self.values.insert(key.clone(), value.to_owned());
            }
        }
    }

    /// Puts back what differs now.
    pub(super) fn restore(&self, driver: &mut dyn Driver, named: &Named) -> QueryResult<()> {
        let backend = driver.backend_kind();
        for table in &named.temporary {
            driver.run_sql(&mysql::drop_temporary(table))?;
        }
        let mut now = Self::read(driver, named)?;
        if now.get(postgres::USER) != self.get(postgres::USER) {
            driver.run_sql(&postgres::set(postgres::USER, self.get(postgres::USER)))?;
            // That has reset the role.
            now = Self::read(driver, named)?;
        }
        for (key, value) in self.differing(&now) {
            tracing::debug!(setting = key, "putting back");
            let sql = match backend {
                Backend::Sqlite => value.map(|value| sqlite::set(key, value)),
                Backend::Postgres => Some(postgres::set(key, value)),
                Backend::Mysql => value.map(|value| mysql::set(key, value)),
            };
            sql.map_or(Ok(()), |sql| driver.run_sql(&sql))?;
        }
        for made in self.to_remove(backend, &now) {
            tracing::debug!(made, "removing what the session made");
            driver.run_sql(made)?;
        }
        Ok(())
    }

    /// SQL that removes what was not there. PostgreSQL removes all temporary objects at once, whoever
    /// has made them; the caller's own must stay.
    fn to_remove<'a>(&self, backend: Backend, now: &'a Self) -> Vec<&'a str> {
        let new = now.made.iter().map(String::as_str);
        let new: Vec<_> = new.filter(|made| !self.made.iter().any(|old| old == made)).collect();
        let drops = |made: &str| made.starts_with("DROP ");
        let all = backend == Backend::Postgres
            && new.iter().any(|made| drops(made))
            && !self.made.iter().any(|made| drops(made));
        let one_by_one = new.into_iter().filter(|made| !(all && drops(made)));
        all.then_some("DISCARD TEMP").into_iter().chain(one_by_one).collect()
    }

    /// The settings that are others now, with the values to go back to. The role comes first: it
    /// decides what else may be set.
    fn differing<'a>(&'a self, now: &'a Self) -> Vec<(&'a str, Option<&'a str>)> {
        let keys: BTreeSet<_> = self.values.keys().chain(now.values.keys()).collect();
        let differing = keys.into_iter().filter(|key| self.get(key) != now.get(key));
        let mut differing: Vec<_> = differing.map(|key| (key.as_str(), self.get(key))).collect();
        differing.sort_by_key(|(key, _)| *key != postgres::ROLE);
        differing
    }
}
