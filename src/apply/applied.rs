//! Diesel's table: which versions are applied.

use std::collections::BTreeMap;

use diesel::migration::{Migration, MigrationVersion};
use diesel::result::Error;

use super::ApplyError;
use super::driver::Driver;
use super::lock::sqlite::is_busy;
use super::sql::{literal, qualified};
use crate::files::Version;
use crate::model::Backend;

pub(super) const DIESEL: &str = "__diesel_schema_migrations";

/// What is applied, by version: when, in the server's words.
pub(super) type Applied = BTreeMap<Version, Option<String>>;

/// What is applied: one SELECT. An absent table is an empty one.
pub(super) fn applied(driver: &mut dyn Driver) -> Result<Applied, ApplyError> {
    let text = text_type(driver.backend_kind());
    let sql = format!("SELECT version, CAST(run_on AS {text}) AS run_on FROM {DIESEL}");
    let rows = of_table(driver, |driver| driver.applied_rows(&sql))?;
    Ok(rows.into_iter().filter_map(|row| Some((Version::from(row.version?), row.run_on))).collect())
}

/// The versions alone, in order: what every start of every application asks for.
pub(super) fn versions(driver: &mut dyn Driver) -> Result<Vec<String>, ApplyError> {
    let in_transaction = driver.depth().map_err(ApplyError::database("read the connection"))? > 0;
    let rows = of_table(driver, |driver| {
        if in_transaction {
            // A prepared statement that Diesel keeps is not there on a pooler's other servers.
            driver.texts(&format!("SELECT version AS v FROM {DIESEL}"))
        } else {
            driver.versions()
        }
    })?;
    let mut versions: Vec<_> = rows.into_iter().flatten().collect();
    // They come in order, mostly: then this costs one comparison each.
    versions.sort_unstable();
    Ok(versions)
}

/// Versions as what is applied, where nobody asks when.
pub(super) fn without_times(versions: Vec<String>) -> Applied {
    versions.into_iter().map(|version| (Version::from(version), None)).collect()
}

/// Whether these migrations are applied, each of them once, and no others.
pub(super) fn are_these<DB: diesel::backend::Backend>(
    versions: &[String],
    migrations: &[Box<dyn Migration<DB>>],
) -> bool {
    if versions.len() != migrations.len() || !versions.is_sorted_by(|a, b| a < b) {
        return false;
    }
    let mut expected: Vec<_> = migrations.iter().map(|one| one.name().version()).collect();
    expected.sort_unstable();
    expected.iter().zip(versions).all(|(one, version)| *one == MigrationVersion::from(version))
}

/// Asks Diesel's table; without one the answer is empty.
fn of_table<T>(
    driver: &mut dyn Driver,
    ask: impl Fn(&mut dyn Driver) -> Result<Vec<T>, Error>,
) -> Result<Vec<T>, ApplyError> {
    // On PostgreSQL an error would end the transaction that the caller has open.
    let in_transaction = driver.depth().map_err(ApplyError::database("read the connection"))? > 0;
    if in_transaction && !exists(driver, None, DIESEL)? {
        return Ok(Vec::new());
    }
    let reading = || ApplyError::database("read `__diesel_schema_migrations`");
    match ask(driver) {
        Ok(rows) => Ok(rows),
        Err(error) if in_transaction || is_busy(&error) => Err(reading()(error)),
        // Another process may have created it a moment ago.
        Err(_) if exists(driver, None, DIESEL).unwrap_or(true) => ask(driver).map_err(reading()),
        Err(_) => Ok(Vec::new()),
    }
}

/// Whether Diesel's table is there, whatever its columns.
///
/// # Errors
/// When the catalog cannot be read.
#[cfg(feature = "cli")]
pub(crate) fn is_set_up(driver: &mut impl Driver) -> Result<bool, ApplyError> {
    exists(driver, None, DIESEL)
}

/// Whether there is such a table, in this schema or where an unqualified name leads.
pub(super) fn exists(
    driver: &mut dyn Driver,
    schema: Option<&str>,
    table: &str,
) -> Result<bool, ApplyError> {
    let backend = driver.backend_kind();
    let sql = match backend {
        Backend::Sqlite => format!(
            "SELECT name AS v FROM main.sqlite_schema WHERE type = 'table' AND name = '{table}'"
        ),
        Backend::Postgres => format!("SELECT {}::pg_catalog.text AS v", regclass(schema, table)),
        Backend::Mysql => format!(
            "SELECT table_name AS v FROM information_schema.tables \
             WHERE table_schema = {} AND table_name = '{table}'",
            database(schema)
        ),
    };
    let found = driver.texts(&sql).map_err(ApplyError::database("read the catalog"))?;
    Ok(found.into_iter().flatten().next().is_some())
}

/// PostgreSQL: the table as SQL, NULL where there is none.
pub(super) fn regclass(schema: Option<&str>, table: &str) -> String {
    let table = literal(Backend::Postgres, &qualified(Backend::Postgres, schema, table));
    format!("pg_catalog.to_regclass({table})")
}

/// MySQL: the database as SQL.
pub(super) fn database(schema: Option<&str>) -> String {
    schema.map_or("DATABASE()".to_owned(), |schema| literal(Backend::Mysql, schema))
}

/// What every value can be cast to.
pub(super) fn text_type(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "TEXT",
        Backend::Postgres => "pg_catalog.text",
        Backend::Mysql => "CHAR",
    }
}
