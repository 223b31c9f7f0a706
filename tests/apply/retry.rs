//! PostgreSQL: somebody else uses the table that a migration changes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{Event, Outcome};

use super::support::{Migrations, Scratch, as_role, assert_usable, open, query};
use crate::support::postgres::PrivateServer;

const UP: &str = "INSERT INTO b VALUES (1); ALTER TABLE a ADD COLUMN y int;";

/// Two tables, and a migration that changes one of them.
fn tables() -> (Scratch, Migrations) {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int); CREATE TABLE b (x int);")]);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    migrations.add("2_b", UP, "SELECT 1;");
    (scratch, migrations)
}

#[test]
fn a_migration_lets_others_pass_and_tries_again() {
    let (scratch, migrations) = tables();
    let mut reader = scratch.open();
    reader.batch_execute("BEGIN; SELECT * FROM a").expect("begun");
    // The migration that waits would keep this one waiting for as long as the reader lives.
    let mut other = scratch.open();
    other.batch_execute("SET lock_timeout = '10s'").expect("set");
    let manager = migrations.manager().table_lock_timeout(Duration::from_millis(200));
    let mut connection = scratch.open();
    let applied = std::thread::scope(|scope| {
        let run = scope.spawn(|| manager.apply(&mut connection));
        std::thread::sleep(Duration::from_millis(400));
        other.batch_execute("SELECT * FROM a").expect("passes");
        assert!(!run.is_finished());
        reader.batch_execute("COMMIT").expect("ended");
        run.join().expect("no panic")
    });
    assert_eq!(applied.expect("in the end").applied.len(), 1);
    assert_eq!(scratch.ask("SELECT count(*) FROM b"), "1");
    assert_usable(&scratch, &mut connection);
}

#[test]
fn trying_again_has_an_end() {
    let (scratch, migrations) = tables();
    let mut reader = scratch.open();
    reader.batch_execute("BEGIN; SELECT * FROM a").expect("begun");
    let manager = migrations
        .manager()
        .table_lock_timeout(Duration::from_millis(100))
        .lock_timeout(Duration::from_secs(1));
    let (mut connection, start) = (scratch.open(), Instant::now());
    let error = manager.apply(&mut connection).expect_err("locked");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    let failure = error.failure().expect("a failure");
    assert_eq!(failure.outcome, Outcome::RolledBack);
    assert_eq!(failure.message, "canceling statement due to lock timeout");
    let hint = failure.hint.as_ref().expect("who has the lock");
    assert!(hint.contains("has locks on public.a since"), "{hint}");
    assert!(hint.contains("SELECT pg_terminate_backend("), "{hint}");
    assert_eq!(scratch.ask("SELECT count(*) FROM b"), "0");
    assert_usable(&scratch, &mut connection);
}

/// Whoever has locks on other tables is not named, however long; views, indexes and the tables at the
/// other end of a foreign key are part of what a statement names.
#[test]
fn who_is_not_in_the_way_is_not_named() {
    let scratch = Scratch::postgres();
    let before = "CREATE TABLE a (x int PRIMARY KEY); CREATE TABLE other (x int); \
        CREATE VIEW v AS SELECT 1 AS x; CREATE INDEX i ON a (x); CREATE SCHEMA s; \
        CREATE TABLE s.other (x int); CREATE TABLE \"B\" (x int REFERENCES a);";
    let migrations = Migrations::of(&[("1_a", before)]);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    let mut innocent = scratch.open();
    innocent.batch_execute("BEGIN; LOCK TABLE other").expect("locked");
    // Who reads keeps nobody from writing.
    let mut reader = scratch.open();
    let manager = migrations
        .manager()
        .table_lock_timeout(Duration::from_millis(100))
        .lock_timeout(Duration::from_millis(300));
    for (held, up, named) in [
        ("SELECT * FROM v", "DROP VIEW v;", "v"),
        ("SELECT * FROM a", "DROP INDEX i;", "a"),
        ("LOCK TABLE a", "DROP TABLE \"B\";", "a"),
        ("LOCK TABLE s.other", "ALTER TABLE S.Other ADD y int;", "s.other"),
        ("LOCK TABLE a IN SHARE MODE", "INSERT INTO a VALUES (1);", "a"),
        ("INSERT INTO a VALUES (1)", "CREATE INDEX k ON a (x);", "a"),
        ("LOCK TABLE a", "DO $$ BEGIN DROP TABLE a CASCADE; END $$;", "a"),
    ] {
        let mut holder = scratch.open();
        holder.batch_execute(&format!("BEGIN; {held}")).expect(held);
        if ["INSERT", "CREATE"].iter().any(|verb| up.starts_with(verb)) {
            reader.batch_execute("BEGIN; SELECT * FROM a").expect("reads");
        }
        migrations.add("2_b", up, "SELECT 1;");
        let error = manager.apply(&mut scratch.open()).expect_err(up);
        let hint = error.failure().and_then(|failure| failure.hint.clone()).unwrap_or_default();
        let named = if named == "s.other" { named.to_owned() } else { format!("public.{named}") };
        assert!(hint.contains(&format!(" has locks on {named} since")), "{up} {hint}");
        assert_eq!(hint.matches("server process").count(), 1, "{up} {hint}");
        reader.batch_execute("ROLLBACK").expect("ended");
    }
}

/// A role that may not see when others began sees who they are all the same, be it a table of the
/// migration or one of the bookkeeping that they hold.
#[test]
fn who_has_the_lock_is_told_to_an_ordinary_role() {
    let (scratch, migrations) = tables();
    let role = format!("reader_{}", std::process::id());
    scratch.ask(&format!(
        "CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role}; \
         ALTER TABLE a OWNER TO {role}; ALTER TABLE __diesel_schema_migrations OWNER TO {role}; \
         ALTER TABLE __glowplug_history OWNER TO {role}; \
         GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"
    ));
    let manager = migrations
        .manager()
        .table_lock_timeout(Duration::from_millis(100))
        .lock_timeout(Duration::from_millis(400));
    let mut told = Vec::new();
    for table in ["a", "__glowplug_history"] {
        let mut holder = scratch.open();
        holder.batch_execute(&format!("BEGIN; LOCK TABLE {table} IN SHARE MODE")).expect("held");
        let result = manager.apply(&mut open(&as_role(&scratch.url, &role)));
        told.push((table, result.expect_err("locked")));
    }
    scratch.ask(&format!(
        "REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}; DROP ROLE {role}"
    ));
    for (table, error) in told {
        assert!(error.to_string().starts_with("migration `2_b` failed"), "{error}");
        let failure = error.failure().expect("a failure");
        assert_eq!(failure.outcome, Outcome::RolledBack);
        let hint = failure.hint.as_deref().unwrap_or_default();
        assert!(hint.starts_with("server process "), "{hint}");
        assert!(hint.contains(&format!(" has locks on public.{table}, SELECT ")), "{hint}");
    }
}

/// A lock that is not free in time, a deadlock, a failed serialization: each is tried again, on a
/// server that speaks German too, for a superuser and for who may not choose the language.
#[test]
fn what_passes_is_tried_again_in_any_language() {
    let german = PrivateServer::german();
    let english = crate::support::postgres::server();
    for server in [english, &german.url] {
        let scratch = Scratch::on(server);
        let role = format!("glowplug_plain_{}", std::process::id());
        scratch.ask(&format!("DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN"));
        scratch.ask(&format!("GRANT ALL ON SCHEMA public TO {role}"));
        for url in [scratch.url.clone(), as_role(&scratch.url, &role)] {
            for conflict in [Conflict::Lock, Conflict::Deadlock, Conflict::Serialization] {
                try_again_after(conflict, &scratch, &url);
                scratch.empty();
                scratch.ask(&format!("GRANT ALL ON SCHEMA public TO {role}"));
            }
        }
        scratch.ask(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    }
    // It is German.
    let error = open(&german.url).batch_execute("nonsense").expect_err("no SQL").to_string();
    assert!(error.contains("Syntaxfehler"), "{error}");
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Conflict {
    Lock,
    Deadlock,
    Serialization,
}

fn try_again_after(conflict: Conflict, scratch: &Scratch, url: &str) {
    let tables = "CREATE TABLE a (x int); CREATE TABLE b (x int); INSERT INTO a VALUES (0);";
    let migrations = Migrations::of(&[("1_a", tables)]);
    migrations.manager().apply(&mut open(url)).expect("applied");
    let up = match conflict {
        Conflict::Lock => "INSERT INTO b VALUES (1); ALTER TABLE a ADD COLUMN y int; SELECT 1;",
        Conflict::Deadlock => "LOCK TABLE b; LOCK TABLE a; INSERT INTO b VALUES (1);",
        Conflict::Serialization => {
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; INSERT INTO b SELECT 1 FROM a; UPDATE a SET x = x + 1;"
        }
    };
    migrations.add("2_b", up, "SELECT 1;");
    let at = if conflict == Conflict::Serialization { 3 } else { 2 };
    let (tries, other) = (Arc::new(AtomicUsize::new(0)), scratch.url.clone());
    let count = tries.clone();
    let thread = Arc::new(Mutex::new(None));
    let begun = thread.clone();
    let manager =
        migrations.manager().table_lock_timeout(Duration::from_secs(2)).on_event(move |event| {
            let Event::Statement { migration: "2_b", number, .. } = event else { return };
            if *number != at || count.fetch_add(1, Ordering::Relaxed) > 0 {
                return;
            }
            let mut other = open(&other);
            let (first, second) = match conflict {
                Conflict::Lock => ("BEGIN; LOCK TABLE a", "SELECT pg_sleep(2.5); COMMIT"),
                // The migration looks for a deadlock first, and is its victim.
                Conflict::Deadlock => {
                    ("SET deadlock_timeout = '60s'; BEGIN; LOCK TABLE a", "LOCK TABLE b; COMMIT")
                }
                Conflict::Serialization => ("UPDATE a SET x = 5", "SELECT 1"),
            };
            other.batch_execute(first).expect(first);
            let then = move || other.batch_execute(second).expect(second);
            *begun.lock().expect("unpoisoned") = Some(std::thread::spawn(then));
        });
    let mut connection = open(url);
    let report = manager.apply(&mut connection);
    let report = report.unwrap_or_else(|error| panic!("{conflict:?}, {url}: {error:?}"));
    assert_eq!(report.applied.len(), 1);
    assert!(tries.load(Ordering::Relaxed) >= 2, "{conflict:?}: there was none");
    thread.lock().expect("unpoisoned").take().expect("begun").join().expect("no panic");
    assert_eq!(scratch.ask("SELECT count(*) FROM b"), "1", "{conflict:?}");
    let language =
        "SELECT (setting = reset_val)::text AS v FROM pg_settings WHERE name = 'lc_messages'";
    assert_eq!(query(&mut connection, language), ["true"]);
}

/// Who says how long to wait is believed, and other errors come at once.
#[test]
fn what_the_caller_set_is_kept() {
    let (scratch, migrations) = tables();
    migrations.add(
        "2_b",
        "CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS v; SELECT 1 / 0;",
        "SELECT 1;",
    );
    let tried = Arc::new(AtomicUsize::new(0));
    let count = tried.clone();
    let manager = migrations.manager().on_event(move |event| {
        if let Event::Statement { number: 2, .. } = event {
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    manager.apply(&mut scratch.open()).expect_err("division by zero");
    assert_eq!(tried.load(Ordering::Relaxed), 1);
    for (set, timeout, expected) in [
        ("SET lock_timeout = '7s'", 5, "7s"),
        ("SET lock_timeout = 0", 5, "5s"),
        ("SET lock_timeout = 0", 0, "0"),
    ] {
        let (scratch, migrations) = tables();
        let up = "CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS v;";
        migrations.add("2_b", up, "SELECT 1;");
        let mut connection = scratch.open();
        connection.batch_execute(set).expect("set");
        let manager = migrations.manager().table_lock_timeout(Duration::from_secs(timeout));
        manager.apply(&mut connection).expect("applied");
        assert_eq!(scratch.ask("SELECT v FROM seen"), expected);
    }
}
