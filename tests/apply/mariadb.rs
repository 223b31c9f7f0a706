//! What only MySQL and MariaDB have: each change of the schema ends the transaction.

use std::time::{Duration, Instant};

use glowplug::apply::{ApplyError, Event, LockMode, Policy, Revert};

use super::support::{Migrations, Scratch, assert_usable, open};

fn two() -> Migrations {
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INTEGER);")]);
    migrations.add("2_b", "CREATE TABLE b (x INTEGER); INSERT INTO b VALUES (1);", "DROP TABLE b;");
    migrations
}

const MODES: [LockMode; 3] = [LockMode::Session, LockMode::Table, LockMode::None];

#[test]
fn the_modes_that_it_has_apply_and_revert() {
    let scratch = Scratch::mariadb();
    for mode in MODES {
        let migrations = two();
        let manager = || migrations.manager().lock_mode(mode);
        let mut connection = scratch.open();
        assert_eq!(manager().apply(&mut connection).expect("applied").applied.len(), 2);
        assert!(manager().apply(&mut connection).expect("nothing to do").is_empty());
        manager().redo(&mut connection, Revert::Last(1)).expect("redone");
        manager().revert(&mut connection, Revert::Last(1)).expect("reverted");
        assert_eq!(scratch.applied(), ["1"]);
        assert_usable(&scratch, &mut connection);
        scratch.empty();
    }
    let error = two().manager().lock_mode(LockMode::Transaction).apply(&mut scratch.open());
    let error = error.expect_err("there is none");
    assert!(matches!(error, ApplyError::NoTransactionLock), "{error}");
    assert!(error.to_string().contains("expected `session` or `table`"), "{error}");
}

#[test]
fn others_wait_and_know_for_whom() {
    let scratch = Scratch::mariadb();
    for mode in [LockMode::Session, LockMode::Table] {
        let (migrations, others, url) = (two(), two(), scratch.url.clone());
        let manager = migrations.manager().lock_mode(mode).on_event(move |event| {
            if let Event::Statement { migration: "1_a", number: 1, .. } = event {
                let start = Instant::now();
                let manager = others.manager().lock_mode(mode);
                let manager = manager.lock_timeout(Duration::from_millis(200));
                let error = manager.apply(&mut open(&url)).expect_err("locked");
                assert!(error.is_lock_timeout() && !error.is_unclean(), "{mode:?}: {error}");
                assert!(start.elapsed() < Duration::from_secs(3));
                assert!(error.to_string().contains("s: "), "{error}");
            }
        });
        assert_eq!(manager.apply(&mut scratch.open()).expect("applied").applied.len(), 2);
        scratch.empty();
    }
}

#[test]
fn who_only_waits_sees_what_another_applies() {
    let scratch = Scratch::mariadb();
    let (migrations, url) = (two(), scratch.url.clone());
    let waits = migrations.manager().policy(Policy::Wait);
    let waiting = std::thread::spawn(move || waits.apply(&mut open(&url)));
    std::thread::sleep(Duration::from_millis(100));
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    assert!(waiting.join().expect("no panic").expect("done").is_empty());
}

/// A setting is run again each time, so it is no part of what is done.
#[test]
fn a_statement_that_fails_behind_a_setting_fails_again() {
    let scratch = Scratch::mariadb();
    scratch.ask("CREATE TABLE t (id INT); CREATE INDEX u ON t (id)");
    let up = "SET foreign_key_checks = 0; CREATE UNIQUE INDEX u ON t (id);";
    let migrations = Migrations::of(&[("1_a", up)]);
    for _ in 0..2 {
        let error = migrations.manager().apply(&mut scratch.open()).expect_err("there is one");
        assert!(error.to_string().contains("Duplicate key name 'u'"), "{error}");
    }
    scratch.ask("DROP INDEX u ON t");
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    let unique = "SELECT NON_UNIQUE FROM information_schema.STATISTICS \
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 't'";
    assert_eq!(scratch.ask(unique), "0");
}
