use diesel::QueryResult;
use sha2::{Digest as _, Sha256};

use super::yes;
use crate::apply::ApplyError;
use crate::apply::driver::Driver;
use crate::apply::sql::literal;
use crate::model::Backend;

/// The name of the lock. `GET_LOCK` is server-wide and takes 64 characters.
pub(super) fn name(driver: &mut dyn Driver) -> Result<String, ApplyError> {
    let database = driver.texts("SELECT DATABASE() AS v");
    let database = database.map_err(ApplyError::database("read the name of the database"))?;
    let database = database.into_iter().flatten().next().ok_or(ApplyError::NoSchema)?;
    let digest = Sha256::digest(database.as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("glowplug-{hex}"))
}

/// The result counts: 0 is taken by another, NULL an error (MariaDB for a negative timeout).
pub(super) fn try_take(driver: &mut dyn Driver, name: &str) -> QueryResult<bool> {
    let name = literal(Backend::Mysql, name);
    yes(driver.texts(&format!("SELECT CAST(GET_LOCK({name}, 0) AS CHAR) AS v")))
}

pub(super) fn is_held(driver: &mut dyn Driver, name: &str) -> QueryResult<bool> {
    let name = literal(Backend::Mysql, name);
    yes(driver.texts(&format!("SELECT CAST(IS_USED_LOCK({name}) = CONNECTION_ID() AS CHAR) AS v")))
}

pub(super) fn release(driver: &mut dyn Driver, name: &str) -> QueryResult<bool> {
    let name = literal(Backend::Mysql, name);
    yes(driver.texts(&format!("SELECT CAST(RELEASE_LOCK({name}) AS CHAR) AS v")))
}

pub(super) fn holder(driver: &mut dyn Driver, name: &str) -> Option<String> {
    let name = literal(Backend::Mysql, name);
    // Other users' connections are shown to those with the right to see processes.
    let sql = format!(
        "SELECT CONCAT('connection ', l.id, COALESCE(CONCAT(' of ', p.USER, ' from ', p.HOST, ', `', \
         p.COMMAND, '` for ', p.TIME, ' s'), ''), '; to end it: KILL ', l.id) AS v \
         FROM (SELECT IS_USED_LOCK({name}) AS id) l \
         LEFT JOIN information_schema.PROCESSLIST p ON p.ID = l.id WHERE l.id IS NOT NULL"
    );
    driver.texts(&sql).ok()?.into_iter().flatten().next()
}
