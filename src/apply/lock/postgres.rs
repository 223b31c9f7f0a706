use diesel::QueryResult;

use super::{Taken, yes};
use crate::apply::driver::Driver;

/// The key of the lock: FNV-1a over `glowplug`, NUL, the schema of the tables. Advisory locks
/// belong to one database already.
pub(super) fn key(schema: &str) -> i64 {
    let bytes = b"glowplug\0".iter().chain(schema.as_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    i64::from_ne_bytes(hash.to_ne_bytes())
}

/// An advisory lock of a session can be taken twice by it. One that is there before belongs to
/// another client of a pooler.
pub(super) fn try_take_for_session(driver: &mut dyn Driver, key: i64) -> QueryResult<Taken> {
    let own = own(key);
    let answer = driver.texts(&format!(
        "SELECT CASE WHEN EXISTS ({own}) THEN 'before' \
         WHEN pg_catalog.pg_try_advisory_lock({key}) THEN 'taken' END AS v"
    ))?;
    Ok(match answer.into_iter().flatten().next().as_deref() {
        Some("taken") => Taken::Yes,
        Some(_) => Taken::Before,
        None => Taken::No,
    })
}

pub(super) fn try_take_for_transaction(driver: &mut dyn Driver, key: i64) -> QueryResult<bool> {
    let function = "pg_catalog.pg_try_advisory_xact_lock";
    yes(driver.texts(&format!("SELECT CASE WHEN {function}({key}) THEN '1' END AS v")))
}

/// A pooler in transaction mode may answer with another server process, which lacks the lock.
pub(super) fn is_held(driver: &mut dyn Driver, key: i64) -> QueryResult<bool> {
    yes(driver.texts(&own(key)))
}

/// SQL that fails where this session, as the server sees it now, lacks the lock. It reads the list of
/// locks behind the view, whose text takes longer to compile than to run, and says why in the
/// server's log.
pub(in crate::apply) fn assert_held(key: i64) -> String {
    let bits = halves(key);
    format!(
        "SELECT (CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_lock_status() WHERE {bits} \
           AND pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()) \
         THEN '1' ELSE 'the migration lock is not held' END)::pg_catalog.int4"
    )
}

fn own(key: i64) -> String {
    let of_key = of_key(key);
    format!(
        "SELECT '1' AS v FROM pg_catalog.pg_locks WHERE {of_key} AND pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()"
    )
}

/// False where this server process lacks the lock: then another one of a pooler may have it still.
pub(super) fn release(driver: &mut dyn Driver, key: i64) -> QueryResult<bool> {
    yes(driver
        .texts(&format!("SELECT CASE WHEN pg_catalog.pg_advisory_unlock({key}) THEN '1' END AS v")))
}

pub(super) fn holder(driver: &mut dyn Driver, key: i64) -> Option<String> {
    let of_key = of_key(key);
    let sql = format!(
        "SELECT 'server process ' || l.pid || coalesce(', ' || nullif(a.application_name, ''), '') \
         || coalesce(', connected since ' || a.backend_start::timestamptz(0), '') \
         || '; to end it: SELECT pg_terminate_backend(' || l.pid || ')' AS v \
         FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid \
         WHERE {of_key}"
    );
    aside(driver, &sql).into_iter().next()
}

/// What the server says of others, for a message: nothing where it does not. In a transaction of
/// its own, in which no schema comes before the server's.
pub(in crate::apply) fn aside(driver: &mut dyn Driver, sql: &str) -> Vec<String> {
    if driver.begin().is_err() {
        return Vec::new();
    }
    let pinned = driver.run_sql("SET LOCAL search_path TO pg_catalog");
    let answer = pinned.and_then(|()| driver.texts(sql));
    match driver.roll_back() {
        Ok(()) => answer.unwrap_or_default().into_iter().flatten().collect(),
        Err(_) => Vec::new(),
    }
}

fn of_key(key: i64) -> String {
    let bits = halves(key);
    format!(
        "{bits} AND database OPERATOR(pg_catalog.=) (SELECT oid FROM pg_catalog.pg_database \
         WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database())"
    )
}

/// `pg_locks` shows a key of 64 bits in two columns, with `objsubid` 1 (PostgreSQL 15, 54.12).
fn halves(key: i64) -> String {
    let bits = u64::from_ne_bytes(key.to_ne_bytes());
    let (high, low) = (bits >> 32, bits & 0xffff_ffff);
    format!(
        "locktype OPERATOR(pg_catalog.=) 'advisory' AND classid OPERATOR(pg_catalog.=) {high} \
         AND objid OPERATOR(pg_catalog.=) {low} AND objsubid OPERATOR(pg_catalog.=) 1 AND granted"
    )
}
