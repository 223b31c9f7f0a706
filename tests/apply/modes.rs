//! The lock modes, and a pooler between.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{ApplyError, Event, LockMode, Policy, Revert};
use glowplug::connection::AnyConnection;

use super::support::{Migrations, Scratch, assert_usable, each, open, query};
use crate::support::pgbouncer::PgBouncer;

fn two() -> Arc<Migrations> {
    Arc::new(Migrations::of(&[
        ("1_a", "CREATE TABLE a (x INTEGER);"),
        ("2_b", "CREATE TABLE b (x INTEGER); INSERT INTO b VALUES (1);"),
    ]))
}

#[test]
fn every_mode_applies_reverts_and_leaves_the_connection_clean() {
    each(|scratch| {
        for (mode, word) in LockMode::ALL {
            let migrations = two();
            migrations.add("2_b", "CREATE TABLE b (x INTEGER);", "DROP TABLE b;");
            let manager = || migrations.manager().lock_mode(mode);
            let mut connection = scratch.open();
            let report = manager().apply(&mut connection).expect(word);
            assert_eq!(report.applied.len(), 2, "{word}");
            assert_usable(scratch, &mut connection);
            assert!(manager().apply(&mut connection).expect(word).is_empty());
            assert!(manager().status(&mut connection).expect(word).is_up_to_date());
            let reverted = manager().redo(&mut connection, Revert::Last(1)).expect(word);
            assert_eq!((reverted.reverted.len(), reverted.applied.len()), (1, 1));
            manager().repair(&mut connection).expect(word);
            manager().revert(&mut connection, Revert::Last(1)).expect(word);
            assert_eq!(scratch.applied(), ["1"], "{word}");
            assert_usable(scratch, &mut connection);
            scratch.empty();
        }
    });
}

/// While one migrates, another waits as long as it may, and names the one it waits for.
#[test]
fn every_mode_but_none_keeps_others_away() {
    each(|scratch| {
        for mode in [LockMode::Session, LockMode::Transaction, LockMode::Table] {
            let (url, migrations, others) = (scratch.url.clone(), two(), two());
            let tried = Mutex::new(false);
            let manager = migrations.manager().lock_mode(mode).on_event(move |event| {
                let mut tried = tried.lock().expect("unpoisoned");
                if !matches!(event, Event::Statement { .. }) || std::mem::replace(&mut *tried, true)
                {
                    return;
                }
                let start = Instant::now();
                let manager =
                    others.manager().lock_mode(mode).lock_timeout(Duration::from_millis(200));
                let error = manager.apply(&mut open(&url)).expect_err("locked");
                assert!(error.is_lock_timeout() && !error.is_unclean(), "{mode:?}: {error}");
                assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
                let text = error.to_string();
                assert!(text.contains("server process") || text.contains("file locked"), "{text}");
            });
            assert_eq!(manager.apply(&mut scratch.open()).expect("applied").applied.len(), 2);
            scratch.empty();
        }
    });
}

#[test]
fn waiting_ends_when_it_is_asked_to() {
    each(|scratch| {
        let (url, migrations, others) = (scratch.url.clone(), two(), two());
        let manager = migrations.manager().on_event(move |event| {
            if let Event::Statement { number: 1, .. } = event {
                let start = Instant::now();
                let other = others
                    .manager()
                    .stop_when(move || start.elapsed() > Duration::from_millis(100));
                let error = other.apply(&mut open(&url)).expect_err("stopped");
                assert!(matches!(error, ApplyError::Stopped), "{error}");
                assert!(start.elapsed() < Duration::from_secs(5));
            }
        });
        manager.apply(&mut scratch.open()).expect("applied");
    });
}

#[test]
fn who_only_waits_applies_nothing() {
    each(|scratch| {
        let migrations = two();
        let manager =
            migrations.manager().policy(Policy::Wait).lock_timeout(Duration::from_millis(150));
        let error = manager.apply(&mut scratch.open()).expect_err("nobody applies");
        assert!(
            matches!(&error, ApplyError::StillPending { names, .. } if names == &["1_a", "2_b"])
        );
        assert!(error.is_pending(), "{error}");
        assert_eq!(scratch.catalog(), "");
        let (url, waits) = (scratch.url.clone(), migrations.clone());
        let waits = move || waits.manager().policy(Policy::Wait).apply(&mut open(&url));
        let waiting = std::thread::spawn(waits);
        std::thread::sleep(Duration::from_millis(100));
        assert!(!waiting.is_finished());
        migrations.manager().apply(&mut scratch.open()).expect("applied");
        assert!(waiting.join().expect("no panic").expect("done").is_empty());
    });
}

/// What a transaction that is open when the lease runs out did, goes.
#[test]
fn a_lease_that_another_run_took_over_rolls_back() {
    let scratch = Scratch::postgres();
    let take = "UPDATE __glowplug_lock SET owner = 'another'";
    let migrations = two();
    let url = scratch.url.clone();
    let manager = migrations.manager().lock_mode(LockMode::Table).on_event(move |event| {
        if let Event::Statement { migration: "2_b", number: 2, .. } = event {
            open(&url).batch_execute(take).expect("taken");
        }
    });
    let error = manager.apply(&mut scratch.open()).expect_err("lost");
    let text = error.to_string();
    assert!(
        text.contains("the lease of the migration lock ran out before `2_b` was done"),
        "{text}"
    );
    assert_eq!(scratch.applied(), ["1"]);
    assert_eq!(scratch.ask("SELECT to_regclass('b')"), "");
    // It is the other's until it runs out, by the server's clock.
    let short =
        || migrations.manager().lock_mode(LockMode::Table).lock_timeout(Duration::from_millis(50));
    assert!(short().apply(&mut scratch.open()).expect_err("taken").is_lock_timeout());
    scratch.ask("UPDATE __glowplug_lock SET expires_at = now() - interval '1 second'");
    short().apply(&mut scratch.open()).expect("applied");
    assert_eq!(scratch.ask("SELECT count(*) FROM __glowplug_lock"), "0");
}

#[test]
fn a_pooler_works_with_locks_of_transactions() {
    let pooler = PgBouncer::start(3);
    let scratch = Scratch::postgres();
    let url = pooler.url(&scratch.url);
    let migrations = two();
    let up = "SET work_mem = '5MB'; SET ROLE pg_monitor; RESET ROLE; CREATE TABLE c (x INTEGER);";
    migrations.add("3_c", up, "DROP TABLE c;");
    let manager = || migrations.manager().lock_mode(LockMode::Transaction);
    let mut connection = open(&url);
    assert_eq!(manager().status(&mut connection).expect("a status").pending_count(), 3);
    assert_eq!(manager().apply(&mut connection).expect("applied").applied.len(), 3);
    assert!(manager().apply(&mut connection).expect("nothing to do").is_empty());
    manager().revert(&mut connection, Revert::Last(1)).expect("reverted");
    manager().apply(&mut connection).expect("applied");
    assert_eq!(scratch.applied(), ["1", "2", "3"]);
    // Nothing stays with the servers that the pooler shares.
    for _ in 0..6 {
        connection.batch_execute("BEGIN").expect("begun");
        let settings = "SELECT current_setting('work_mem') || current_setting('role') AS v";
        assert_eq!(query(&mut connection, settings), ["4MBnone"]);
        connection.batch_execute("COMMIT").expect("ended");
    }
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' \
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert_eq!(scratch.ask(locks), "0");

    migrations.add_outside("4_d", "CREATE INDEX CONCURRENTLY i ON c (x);", "SELECT 1;");
    migrations.add("5_e", "CREATE TABLE e (x INTEGER);", "SELECT 1;");
    let error = manager().apply(&mut connection).expect_err("outside a transaction");
    let text = error.to_string();
    assert!(matches!(error, ApplyError::OutsideTransaction { .. }), "{text}");
    assert!(text.contains("`4_d`; expected the lock mode `session`"), "{text}");
    assert_eq!(scratch.applied(), ["1", "2", "3"]);
}

/// The pooler gives the server that has the lock to another client: noticed, and said.
#[test]
fn a_pooler_under_a_lock_of_the_session_is_noticed() {
    let pooler = PgBouncer::start(2);
    let scratch = Scratch::postgres();
    let url = pooler.url(&scratch.url);
    let busy: Mutex<Option<AnyConnection>> = Mutex::new(None);
    let own = url.clone();
    let migrations = two();
    let manager = migrations.manager().on_event(move |event| {
        if let Event::Finished { migration: "1_a", .. } = event {
            // Takes the server that was used last, and keeps it.
            let mut other = open(&own);
            other.batch_execute("BEGIN; SELECT 1").expect("begun");
            *busy.lock().expect("unpoisoned") = Some(other);
        }
    });
    let error = manager.apply(&mut open(&url)).expect_err("another server");
    let text = error.to_string();
    assert!(text.contains("the lock mode `transaction`"), "{text}");
    assert_eq!(scratch.ask("SELECT to_regclass('b')"), "");
    // The lock is still there, with the pooler's server: who comes to it is told, too.
    let held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";
    assert_ne!(scratch.ask(held), "0");
    let error =
        migrations.manager().lock_timeout(Duration::from_millis(300)).apply(&mut open(&url));
    let text = error.expect_err("shared or taken").to_string();
    assert!(text.contains("`transaction`") || text.contains("pg_terminate_backend"), "{text}");
}

/// What a migration says of its transaction and of the session, under the lock of each transaction.
#[test]
fn a_lock_of_each_transaction_refuses_what_it_cannot_bear_before_anything_runs() {
    let scratch = Scratch::postgres();
    let mode = LockMode::Transaction;
    for (up, said) in [
        ("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 1;", "must come before the query"),
        ("set local transaction isolation level repeatable read;", "must come before the query"),
        ("SET TRANSACTION SNAPSHOT '1-1';", "the lock mode `session` over a direct connection"),
        ("SELECT 1;\nDISCARD ALL;", "up.sql line 2 of `2_b` says `DISCARD ALL;`"),
        ("DEALLOCATE PREPARE ALL;", "the statements that Diesel prepared"),
        ("BEGIN; CREATE TABLE b (x int); COMMIT;", "runs in a transaction, but up.sql line 1"),
        ("CREATE TABLE b (x int); COMMIT;", "expected `run_in_transaction = false`"),
    ] {
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);"), ("2_b", up)]);
        let mut connection = scratch.open();
        let error = migrations.manager().lock_mode(mode).apply(&mut connection).expect_err(up);
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(scratch.catalog(), "", "{up}");
        assert_usable(&scratch, &mut connection);
    }
    // What the server refuses in a transaction is rolled back with it.
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int); VACUUM a;")]);
    let mut connection = scratch.open();
    let error = migrations.manager().lock_mode(mode).apply(&mut connection).expect_err("VACUUM");
    assert!(error.to_string().contains("statement 2 of 2: VACUUM cannot run"), "{error}");
    assert_eq!(scratch.catalog(), "");
}

#[test]
fn settings_of_a_transaction_end_with_it_under_each_lock() {
    let scratch = Scratch::postgres();
    for mode in [LockMode::Session, LockMode::Transaction, LockMode::Table] {
        let settings = "SELECT current_setting('work_mem') || ' ' || current_setting('DateStyle')";
        let up = format!(
            "SET LOCAL work_mem = '7MB'; SET TRANSACTION READ WRITE; SET DateStyle = 'German'; \
             DISCARD PLANS; CREATE TABLE seen AS {settings} AS s;"
        );
        let migrations = Migrations::of(&[("1_a", &up), ("2_b", "CREATE TABLE b (x int);")]);
        let mut connection = scratch.open();
        let before = query(&mut connection, &format!("{settings} AS v"));
        let applied = migrations.manager().lock_mode(mode).apply(&mut connection);
        assert_eq!(applied.expect("applied").applied.len(), 2);
        assert_eq!(scratch.ask("SELECT s FROM seen"), "7MB German, DMY", "{mode:?}");
        assert_eq!(query(&mut connection, &format!("{settings} AS v")), before);
        assert_usable(&scratch, &mut connection);
        scratch.empty();
    }
}

/// Outside a transaction as well: the lock would be gone with the rest of the session.
#[test]
fn what_discards_the_session_is_refused_under_each_lock() {
    let scratch = Scratch::postgres();
    for mode in [LockMode::Session, LockMode::Table, LockMode::None] {
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
        migrations.add_outside("2_b", "-- all of it\nDISCARD ALL;", "DEALLOCATE ALL;");
        let manager = || migrations.manager().lock_mode(mode);
        let error = manager().apply(&mut scratch.open()).expect_err("the lock would be gone");
        assert!(matches!(&error, ApplyError::DiscardsSession { line: 2, .. }), "{error}");
        migrations.add_outside("2_b", "DISCARD TEMP;", "DEALLOCATE ALL;");
        manager().apply(&mut scratch.open()).expect("applied");
        let error = manager().revert(&mut scratch.open(), Revert::Last(1)).expect_err("refused");
        assert!(error.to_string().contains("down.sql line 1 of `2_b`"), "{error}");
        assert_eq!(scratch.applied(), ["1", "2"]);
        scratch.empty();
    }
}
