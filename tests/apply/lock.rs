use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use glowplug::apply::{ApplyError, Event, Policy};
use glowplug::model::Backend;

use super::support::{Migrations, Scratch, assert_usable, each, open};

fn one() -> Migrations {
    Migrations::of(&[("1_a", "CREATE TABLE a (x INTEGER);")])
}

/// Runs `other` while the lock is held by a migration that is in its middle.
fn while_locked(scratch: &Scratch, other: impl FnOnce() + Send + 'static) {
    let other = Mutex::new(Some(other));
    let migrations = one();
    let manager = migrations.manager().on_event(move |event| {
        if let Event::Statement { .. } = event {
            let other = other.lock().expect("unpoisoned").take();
            std::thread::spawn(other.expect("once")).join().expect("no panic");
        }
    });
    let report = manager.apply(&mut scratch.open()).expect("applied");
    assert_eq!(report.applied.len(), 1);
}

#[test]
fn waiting_is_bounded_and_says_for_whom() {
    each(|scratch| {
        let (url, backend) = (scratch.url.clone(), scratch.backend);
        while_locked(scratch, move || {
            let mut connection = open(&url);
            let heard = Arc::new(Mutex::new(0));
            let told = heard.clone();
            let start = Instant::now();
            let error = one()
                .manager()
                .lock_timeout(Duration::from_millis(300))
                .on_event(move |event| {
                    if let Event::Waiting { .. } = event {
                        *told.lock().expect("unpoisoned") += 1;
                    }
                })
                .apply(&mut connection)
                .expect_err("locked");
            assert!(error.is_lock_timeout() && !error.is_unclean(), "{error}");
            let waited = start.elapsed();
            assert!(waited >= Duration::from_millis(300) && waited < Duration::from_secs(5));
            if backend == Backend::Postgres {
                assert!(error.to_string().contains("pg_terminate_backend("), "{error}");
                assert_eq!(*heard.lock().expect("unpoisoned"), 1);
            }
            connection.batch_execute("SELECT 1").expect("usable");
        });
    });
}

#[test]
fn who_waited_finds_nothing_to_do() {
    each(|scratch| {
        let url = scratch.url.clone();
        let waiting = Arc::new(Mutex::new(None));
        let started = waiting.clone();
        while_locked(scratch, move || {
            let run = move || one().manager().apply(&mut open(&url)).expect("waits");
            *started.lock().expect("unpoisoned") = Some(std::thread::spawn(run));
            std::thread::sleep(Duration::from_millis(200));
        });
        let handle = waiting.lock().expect("unpoisoned").take().expect("started");
        assert!(handle.join().expect("no panic").is_empty());
        assert_eq!(scratch.applied(), ["1"]);
    });
}

/// An application that only starts must not wait for the one that migrates something else.
#[test]
fn nothing_pending_does_not_wait() {
    let scratch = Scratch::postgres();
    let nothing = Migrations::new();
    let path = nothing.path().to_owned();
    let url = scratch.url.clone();
    while_locked(&scratch, move || {
        let source = glowplug::files::MigrationsDir::open(&path).expect("a directory");
        let start = Instant::now();
        glowplug::MigrationManager::new(source).apply(&mut open(&url)).expect("nothing to do");
        assert!(start.elapsed() < Duration::from_secs(5));
    });
}

/// A writer may come between the two tables.
#[test]
fn reading_the_history_waits_for_a_writer() {
    use diesel::connection::InstrumentationEvent::FinishQuery;

    let scratch = Scratch::sqlite();
    let migrations = one();
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    for (strict, policy) in
        [(false, Policy::Apply), (true, Policy::Apply), (false, Policy::VerifyOnly)]
    {
        let url = scratch.url.clone();
        let mut connection = diesel::SqliteConnection::establish(&url).expect("open");
        let writer = Arc::new(Mutex::new(None));
        let begun = writer.clone();
        connection.set_instrumentation(
            move |event: diesel::connection::InstrumentationEvent<'_>| {
                let FinishQuery { query, .. } = event else { return };
                let mut begun = begun.lock().expect("unpoisoned");
                if begun.is_some() || !query.to_string().contains("__diesel_schema_migrations") {
                    return;
                }
                let mut other = open(&url);
                other.batch_execute("BEGIN EXCLUSIVE").expect("locked");
                *begun = Some(std::thread::spawn(move || {
                    std::thread::sleep(Duration::from_millis(200));
                    other.batch_execute("COMMIT").expect("committed");
                }));
            },
        );
        let manager = migrations.manager().strict(strict).policy(policy);
        if strict || policy == Policy::VerifyOnly {
            manager.apply(&mut connection).expect("nothing to do");
        } else {
            assert!(manager.status(&mut connection).expect("a status").is_up_to_date());
        }
        let writer = writer.lock().expect("unpoisoned").take().expect("there was a writer");
        writer.join().expect("no panic");
    }
}

/// What the caller has not committed yet, another process does not see.
#[test]
fn the_lock_lasts_as_long_as_the_callers_transaction() {
    for commits in [true, false] {
        let scratch = Scratch::postgres();
        let url = scratch.url.clone();
        let mut connection = scratch.open();
        let run = |connection: &mut glowplug::connection::AnyConnection| {
            let report = one().manager().apply(connection).expect("applied");
            assert_eq!(report.applied.len(), 1);
            let other = std::thread::spawn(move || one().manager().apply(&mut open(&url)));
            std::thread::sleep(Duration::from_millis(400));
            assert!(!other.is_finished(), "{:?}", other.join());
            if commits { Ok(other) } else { Err(Undone(Some(other))) }
        };
        let other = match connection.transaction(run) {
            Ok(other) => other,
            Err(Undone(other)) => other.expect("a thread"),
        };
        let report = other.join().expect("no panic").expect("waits");
        assert_eq!(report.is_empty(), commits);
        assert_eq!(scratch.applied(), ["1"]);
        assert_usable(&scratch, &mut connection);
    }
}

/// An error of the caller's own, with the thread that waits.
struct Undone(Option<std::thread::JoinHandle<Result<glowplug::apply::Report, ApplyError>>>);

impl From<diesel::result::Error> for Undone {
    fn from(_: diesel::result::Error) -> Self {
        Self(None)
    }
}

#[test]
fn a_transaction_that_the_caller_began_by_hand_is_left_alone() {
    let scratch = Scratch::sqlite();
    let mut connection = scratch.open();
    connection.batch_execute("CREATE TABLE t (x); BEGIN; INSERT INTO t VALUES (1)").expect("begun");
    let error = one().manager().apply(&mut connection).expect_err("cannot begin");
    assert!(matches!(error, ApplyError::Database { .. }), "{error}");
    connection.batch_execute("COMMIT").expect("still the caller's");
    assert_eq!(scratch.ask("SELECT count(*) FROM t"), "1");
    one().manager().apply(&mut connection).expect("applied");
    assert_usable(&scratch, &mut connection);
}

#[test]
fn a_file_that_cannot_be_written_is_an_error_and_stays_as_it_is() {
    let scratch = Scratch::sqlite();
    one().manager().apply(&mut scratch.open()).expect("applied");
    let migrations = one();
    migrations.add("2_b", "CREATE TABLE b (x);", "SELECT 1;");
    // A full disk, as SQLite sees one.
    let mut connection = scratch.open();
    connection.batch_execute("PRAGMA max_page_count = 1; PRAGMA foreign_keys = ON").expect("set");
    let error = migrations.manager().apply(&mut connection).expect_err("full");
    assert!(error.to_string().contains("full"), "{error}");
    assert_eq!(scratch.applied(), ["1"]);
    assert_eq!(scratch.ask("PRAGMA integrity_check"), "ok");

    let url = format!("file:{}?mode=ro", scratch.url);
    let mut connection = diesel::SqliteConnection::establish(&url).expect("open");
    let error = migrations.manager().apply(&mut connection).expect_err("read-only");
    assert!(error.to_string().contains("readonly"), "{error}");
    migrations.remove("2_b");
    migrations.manager().apply(&mut connection).expect("nothing to do");
}
