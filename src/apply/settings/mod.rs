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
    /// MySQL and MariaDB: temporary tables, quoted.
    temporary: BTreeSet<String>,
    /// PostgreSQL: the key of the run's own advisory lock, which stays.
    pub(super) lock: Option<i64>,
}

impl Named {
    /// Adds what these statements name; false when that is nothing new.
    pub(super) fn add(&mut self, backend: Backend, statements: &[Statement]) -> bool {
        let before = self.custom.len();
        // Where `USE` leads the statements after it.
        let mut database = None;
        for statement in statements {
            match backend {
                Backend::Sqlite => {}
                Backend::Postgres => self.custom.extend(names::custom_settings(&statement.sql)),
                Backend::Mysql => {
                    database = names::database(&statement.sql).or(database);
                    let table = names::temporary_table(&statement.sql, database.as_deref());
                    self.temporary.extend(table);
                }
            }
        }
        self.custom.len() != before
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

    /// Puts back what differs now, and removes what was made. What cannot be removed stays: the
    /// migration is done, and its session ends some time.
    pub(super) fn restore(&self, driver: &mut dyn Driver, named: &mut Named) -> QueryResult<()> {
        let backend = driver.backend_kind();
        let in_transaction = driver.depth()? > 0;
        let mut now = Self::read_in_any_encoding(driver, named)?;
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
        if in_transaction {
            // What fails would take the transaction along, and some of it cannot go before the end.
            return Ok(());
        }
        let temporary = std::mem::take(&mut named.temporary);
        let temporary: Vec<_> = temporary.iter().map(|it| mysql::drop_temporary(it)).collect();
        let made = self.to_remove(backend, &now).into_iter();
        for made in made.chain(temporary.iter().map(String::as_str)) {
            if let Err(error) = driver.run_sql(made) {
                tracing::warn!(%error, made, "what a migration made in its session stays");
            }
        }
        Ok(())
    }

    /// PostgreSQL cannot say in LATIN1 that something is called `日本`.
    fn read_in_any_encoding(driver: &mut dyn Driver, named: &Named) -> QueryResult<Self> {
        match Self::read(driver, named) {
            Err(_) if driver.backend_kind() == Backend::Postgres && driver.depth()? == 0 => {
                driver.run_sql("SET client_encoding TO 'UTF8'")?;
                Self::read(driver, named)
            }
            settings => settings,
        }
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
    /// decides what else may be set. PostgreSQL leaves an empty text of a setting that an application
    /// made for one transaction.
    fn differing<'a>(&'a self, now: &'a Self) -> Vec<(&'a str, Option<&'a str>)> {
        let keys: BTreeSet<_> = self.values.keys().chain(now.values.keys()).collect();
        let differs = |key: &str| match (self.get(key), now.get(key)) {
            (None, Some("")) => false,
            (found, now) => found != now,
        };
        let differing = keys.into_iter().filter(|key| differs(key));
        let mut differing: Vec<_> = differing.map(|key| (key.as_str(), self.get(key))).collect();
        differing.sort_by_key(|(key, _)| *key != postgres::ROLE);
        differing
    }
}
