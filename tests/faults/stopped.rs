//! A process that has the lock is stopped, as by a debugger or a host that sleeps: others wait so
//! long as they may and say for whom, and when it goes on it completes its work, or writes nothing
//! if another one had to take it over.

use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use glowplug::MigrationManager;
use glowplug::apply::{ApplyError, Event, LockMode};
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use glowplug::files::MigrationsDir;
use glowplug::model::Backend;

use crate::apply::support::{Migrations, Scratch, open};
use crate::replicas::{MIGRATIONS, MODE, URL, child, mode_told, tell, told};
use crate::support::canary;
use crate::support::signals::{Stopping, stop_here};

/// Where the child stops: the migration, and the number of a statement or the name of a step.
const STOP: &str = "GLOWPLUG_TEST_STOP";
/// The length of its lease in milliseconds.
pub(super) const LEASE: &str = "GLOWPLUG_TEST_LEASE";
const HEARTBEAT: &str = "GLOWPLUG_TEST_HEARTBEAT";

#[test]
#[ignore = "a process of the tests below"]
fn holder() {
    let (Some(url), Some(path)) = (told(URL), told(MIGRATIONS)) else { return };
    let url = DatabaseUrl::parse(&url).expect("a URL");
    let source = MigrationsDir::open(path.as_ref()).expect("a directory");
    let mut connection = AnyConnection::open(&url, OpenMode::Create).expect("a connection");
    let stop = told(STOP).unwrap_or_default();
    let place = Mutex::new((String::new(), false));
    let mut manager =
        MigrationManager::new(source).lock_mode(mode_told()).on_event(move |event: &Event<'_>| {
            let mut place = place.lock().expect("unpoisoned");
            let here = match event {
                Event::Started { migration, .. } => {
                    place.0 = (*migration).to_owned();
                    return;
                }
                Event::Statement { number, .. } => format!("{} {number}", place.0),
                Event::Step(step) => format!("{} {step}", place.0),
                _ => return,
            };
            if here == stop && !std::mem::replace(&mut place.1, true) {
                stop_here();
            }
        });
    if let Some(length) = told(LEASE) {
        manager = manager.lease(Duration::from_millis(length.parse().expect("a number")));
    }
    if told(HEARTBEAT).is_some() {
        manager = manager.heartbeat(move || AnyConnection::open(&url, OpenMode::Existing));
    }
    match manager.apply(&mut connection) {
        Ok(report) => tell(report.applied.len()),
        Err(error) => panic!("{error}"),
    }
}

/// Where a process stops, and how it locks.
struct Stop<'a> {
    scratch: &'a Scratch,
    mode: LockMode,
    at: &'a str,
    lease: Option<Duration>,
    heartbeat: bool,
}

impl Stop<'_> {
    fn start(&self, migrations: &Migrations) -> Child {
        let path = migrations.path().display().to_string();
        let url = match self.scratch.backend {
            Backend::Postgres => format!("{}?application_name=replica-7", self.scratch.url),
            Backend::Sqlite | Backend::Mysql => self.scratch.url.clone(),
        };
        let lease = self.lease.map(|lease| lease.as_millis().to_string());
        let mut variables = vec![
            (URL, url.as_str()),
            (MIGRATIONS, path.as_str()),
            (MODE, word(self.mode)),
            (STOP, self.at),
        ];
        variables.extend(lease.as_deref().map(|lease| (LEASE, lease)));
        variables.extend(self.heartbeat.then_some((HEARTBEAT, "1")));
        child("faults::stopped::holder", &variables)
    }

    fn stopped(&self, migrations: &Migrations) -> Stopping {
        Stopping::wait(self.start(migrations))
    }
}

fn word(mode: LockMode) -> &'static str {
    LockMode::ALL.into_iter().find(|(known, _)| *known == mode).expect("a mode").1
}

fn two() -> Migrations {
    Migrations::of(&[
        ("1_a", "CREATE TABLE ran (x INTEGER);"),
        ("2_b", "INSERT INTO ran VALUES (1); CREATE TABLE b (x INTEGER);"),
    ])
}

fn glowplug(scratch: &Scratch, migrations: &Migrations, mode: LockMode, patience: &str) -> Child {
    let path = migrations.path();
    Command::new(env!("CARGO_BIN_EXE_glowplug"))
        .args(["migrate", "--lock-timeout", patience, "--lock-mode", word(mode)])
        .args(["--database-url", &scratch.url, "--migration-dir"])
        .arg(path)
        .current_dir(path)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("glowplug")
}

fn said(output: &Output) -> String {
    canary::search(output);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// What is said of the holder, by each kind of lock.
fn named(scratch: &Scratch, mode: LockMode) -> Vec<&'static str> {
    match (scratch.backend, mode) {
        (Backend::Sqlite, _) => vec!["another process kept the database file locked for 1"],
        (_, LockMode::Table) => vec!["process ", ", server process ", ", since ", ", until "],
        (Backend::Mysql, _) => vec!["connection ", " of ", " from ", "`Sleep` for ", "KILL "],
        (Backend::Postgres, _) => {
            vec!["server process ", "replica-7", "since ", "pg_terminate_backend("]
        }
    }
}

#[test]
fn a_holder_that_is_stopped_is_waited_for_named_and_completes_when_it_goes_on() {
    let places = [
        (Scratch::sqlite(), vec![LockMode::Session]),
        (Scratch::postgres(), vec![LockMode::Session, LockMode::Transaction, LockMode::Table]),
        (Scratch::mariadb(), vec![LockMode::Session, LockMode::Table]),
    ];
    for (scratch, modes) in places {
        for mode in modes {
            let migrations = two();
            let stop = Stop { scratch: &scratch, mode, at: "1_a 1", lease: None, heartbeat: false };
            let holder = stop.stopped(&migrations);
            let start = Instant::now();
            let late = glowplug(&scratch, &migrations, mode, "1").wait_with_output();
            let late = late.expect("an end");
            let took = start.elapsed();
            let text = said(&late);
            assert_eq!(late.status.code(), Some(5), "{mode:?}: {text}");
            assert!(took >= Duration::from_secs(1) && took < Duration::from_secs(20), "{took:?}");
            for part in named(&scratch, mode) {
                assert!(text.contains(part), "{mode:?}: no `{part}` in {text}");
            }
            let patient = glowplug(&scratch, &migrations, mode, "60");
            let ended = holder.go_on();
            let patient = patient.wait_with_output().expect("an end");
            assert!(ended.status.success(), "{}", said(&ended));
            assert!(patient.status.success(), "{}", said(&patient));
            assert_eq!(scratch.ask("SELECT count(*) FROM ran"), "1", "{mode:?}");
            assert_eq!(scratch.applied(), ["1", "2"]);
            scratch.empty();
        }
    }
}

const SHORT: Duration = Duration::from_millis(400);

/// The lease is looked at in the transaction that notes the migration: what the suspended run did in
/// it goes. Where no transaction holds a statement, it is looked at just before.
#[test]
fn a_run_that_was_suspended_for_longer_than_its_lease_writes_nothing() {
    let places = [
        (Scratch::postgres(), vec!["2_b 2", "2_b rows"]),
        (Scratch::mariadb(), vec!["2_b 1", "2_b begin", "2_b 2", "2_b statement done"]),
    ];
    for (scratch, points) in places {
        for at in points {
            for heartbeat in [false, true] {
                let migrations = Migrations::of(&[("1_a", "CREATE TABLE ran (x INTEGER);")]);
                // On PostgreSQL the transaction that is suspended is in nobody's way.
                let second = match scratch.backend {
                    Backend::Mysql => "CREATE TABLE b (x INTEGER);",
                    _ => "INSERT INTO ran VALUES (2);",
                };
                migrations.add(
                    "2_b",
                    &format!("INSERT INTO ran VALUES (1); {second}"),
                    "SELECT 1;",
                );
                let (mode, lease) = (LockMode::Table, Some(SHORT));
                let stop = Stop { scratch: &scratch, mode, at, lease, heartbeat };
                let suspended = stop.stopped(&migrations);
                let manager = migrations.manager().lock_mode(mode);
                let report =
                    manager.lock_timeout(Duration::from_secs(30)).apply(&mut scratch.open());
                let report = report.unwrap_or_else(|error| panic!("{at}: {error}"));
                assert_eq!(report.applied.len(), 1, "{at}");
                let before = scratch.ask("SELECT x FROM ran ORDER BY x");
                let ended = suspended.go_on();
                let text = said(&ended);
                assert!(
                    !ended.status.success()
                        && text.contains("the lease of the migration lock ran out"),
                    "{at}: {text}"
                );
                assert_eq!(scratch.ask("SELECT x FROM ran ORDER BY x"), before, "{at}");
                assert_eq!(scratch.applied(), ["1", "2"]);
                let states = "SELECT DISTINCT state FROM __glowplug_history";
                assert_eq!(scratch.ask(states), "applied", "{at}");
                scratch.empty();
            }
        }
    }
}

/// A run that has the row of the lease in a transaction keeps it: it has looked, and notes next.
#[test]
fn a_run_that_is_suspended_in_its_commit_keeps_the_lease() {
    for scratch in [Scratch::postgres(), Scratch::mariadb()] {
        let (migrations, mode) = (two(), LockMode::Table);
        let stop =
            Stop { scratch: &scratch, mode, at: "2_b commit", lease: Some(SHORT), heartbeat: true };
        let suspended = stop.stopped(&migrations);
        let manager = migrations.manager().lock_mode(mode).lock_timeout(Duration::from_secs(3));
        let start = Instant::now();
        let error = manager.apply(&mut scratch.open()).expect_err("the row is not free");
        assert!(error.is_lock_timeout() && !error.is_unclean(), "{error}");
        assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
        let ended = suspended.go_on();
        assert!(ended.status.success(), "{}", said(&ended));
        assert_eq!(scratch.ask("SELECT count(*) FROM ran"), "1");
        assert_eq!(scratch.applied(), ["1", "2"]);
    }
}

#[test]
fn a_killed_holder_loses_its_lease_when_it_runs_out() {
    for scratch in [Scratch::postgres(), Scratch::mariadb()] {
        let (migrations, mode, lease) = (two(), LockMode::Table, Some(Duration::from_secs(2)));
        let stop = Stop { scratch: &scratch, mode, at: "2_b 1", lease, heartbeat: true };
        let start = Instant::now();
        stop.stopped(&migrations).kill();
        let manager = || migrations.manager().lock_mode(mode);
        if start.elapsed() < Duration::from_secs(1) {
            let early =
                manager().lock_timeout(Duration::from_millis(100)).apply(&mut scratch.open());
            assert!(early.expect_err("it lasts").is_lock_timeout());
        }
        let late = manager().lock_timeout(Duration::from_secs(30)).apply(&mut scratch.open());
        assert_eq!(late.expect("it has run out").applied.len(), 1);
        assert!(start.elapsed() >= Duration::from_secs(2), "{:?}", start.elapsed());
        assert_eq!(scratch.ask("SELECT count(*) FROM ran"), "1");
        assert_eq!(scratch.ask("SELECT count(*) FROM __glowplug_lock"), "0");
    }
}

/// A statement that takes longer than the lease.
fn long(backend: Backend) -> &'static str {
    match backend {
        Backend::Mysql => "DO SLEEP(3); CREATE TABLE b (x INTEGER);",
        _ => "SELECT pg_sleep(3); CREATE TABLE b (x INTEGER);",
    }
}

#[test]
fn a_heartbeat_keeps_the_lease_while_one_statement_runs() {
    for scratch in [Scratch::postgres(), Scratch::mariadb()] {
        for heartbeat in [true, false] {
            let migrations = Migrations::of(&[("1_a", "CREATE TABLE ran (x INTEGER);")]);
            migrations.manager().apply(&mut scratch.open()).expect("applied");
            migrations.add("2_b", long(scratch.backend), "SELECT 1;");
            let manager = migrations.manager().lock_mode(LockMode::Table).lease(SHORT);
            let url = scratch.url.clone();
            let manager = if heartbeat {
                let url = DatabaseUrl::parse(&url).expect("a URL");
                manager.heartbeat(move || AnyConnection::open(&url, OpenMode::Existing))
            } else {
                manager
            };
            let running = std::thread::spawn(move || manager.apply(&mut open(&url)));
            std::thread::sleep(Duration::from_millis(1000));
            // Another database of the same migrations, so that it is only about the lease.
            let other = migrations.manager().lock_mode(LockMode::Table);
            let other = other.lock_timeout(Duration::from_millis(600)).apply(&mut scratch.open());
            let ended = running.join().expect("no panic");
            if heartbeat {
                assert!(other.expect_err("it is renewed").is_lock_timeout());
                assert_eq!(ended.expect("applied").applied.len(), 1);
            } else if scratch.backend == Backend::Mysql {
                // The server sees that the statement still runs.
                let error = other.expect_err("its statement runs");
                assert!(error.to_string().contains("its statement still runs"), "{error}");
                assert_eq!(ended.expect("applied").applied.len(), 1);
            } else {
                assert_eq!(other.expect("it ran out").applied.len(), 1);
                let error = ended.expect_err("taken over");
                assert!(matches!(error, ApplyError::LeaseLost { .. }), "{error}");
            }
            assert_eq!(scratch.applied(), ["1", "2"]);
            scratch.empty();
        }
    }
}

#[test]
fn a_heartbeat_without_a_connection_is_an_error_before_anything_runs() {
    let scratch = Scratch::postgres();
    let nowhere = DatabaseUrl::parse("postgres://glowplug@127.0.0.1:1/x").expect("a URL");
    let migrations = two();
    let manager = migrations.manager().lock_mode(LockMode::Table);
    let manager = manager.heartbeat(move || AnyConnection::open(&nowhere, OpenMode::Existing));
    let error = manager.apply(&mut scratch.open()).expect_err("nobody listens");
    assert!(matches!(error, ApplyError::Heartbeat { .. }), "{error}");
    assert_eq!(scratch.ask("SELECT to_regclass('ran')"), "");
    assert_eq!(scratch.ask("SELECT count(*) FROM __glowplug_lock"), "0");
}

/// The server runs a statement to its end after its client is gone; the lease waits for that.
#[test]
fn a_lease_is_not_taken_over_while_a_statement_of_a_dead_client_runs() {
    let scratch = Scratch::mariadb();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE ran (x INTEGER);")]);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    // As many as take four seconds on this machine.
    let start = Instant::now();
    scratch.ask("SELECT BENCHMARK(1000000, MD5('x'))");
    let times = 4.0 / start.elapsed().as_secs_f64() * 1e6;
    let up = format!(
        "CREATE TABLE b AS SELECT BENCHMARK({times:.0}, MD5('x')) AS x; ALTER TABLE ran ADD COLUMN y INT;"
    );
    migrations.add("2_b", &up, "SELECT 1;");
    let (mode, lease) = (LockMode::Table, Some(SHORT));
    let stop = Stop { scratch: &scratch, mode, at: "never", lease, heartbeat: false };
    let mut holder = stop.start(&migrations);
    let running = "SELECT count(*) FROM information_schema.processlist WHERE db = database() \
                   AND info LIKE 'CREATE TABLE b%'";
    let start = Instant::now();
    while scratch.ask(running) != "1" {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not run");
        std::thread::sleep(Duration::from_millis(20));
    }
    holder.kill().expect("killed");
    holder.wait().expect("an end");
    let manager = || migrations.manager().lock_mode(mode);
    let early = manager().lock_timeout(Duration::from_millis(900)).apply(&mut scratch.open());
    let early = early.expect_err("its statement runs").to_string();
    assert!(early.contains("but its statement still runs"), "{early}");
    let late = manager().lock_timeout(Duration::from_secs(60)).apply(&mut scratch.open());
    assert_eq!(late.expect("goes on").applied.len(), 1);
    assert_eq!(scratch.ask("SELECT count(*) FROM b"), "1");
    let columns = "SELECT count(*) FROM information_schema.columns \
                   WHERE table_schema = database() AND table_name = 'ran'";
    assert_eq!(scratch.ask(columns), "2");
}
