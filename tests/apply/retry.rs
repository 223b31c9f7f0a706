//! PostgreSQL: somebody else uses the table that a migration changes.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{Event, Outcome};

use super::support::{Migrations, Scratch, assert_usable};

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
    assert_eq!(scratch.ask("SELECT count(*) FROM b"), "0");
    assert_usable(&scratch, &mut connection);
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
    let tried = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = tried.clone();
    let manager = migrations.manager().on_event(move |event| {
        if let Event::Statement { number: 2, .. } = event {
            count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
    });
    manager.apply(&mut scratch.open()).expect_err("division by zero");
    assert_eq!(tried.load(std::sync::atomic::Ordering::Relaxed), 1);
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
