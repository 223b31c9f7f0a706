//! Tests: many processes start at once, as replicas of an application do.
//!
//! A process is this test binary again, with an exact filter for one ignored test.

mod many;

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use glowplug::MigrationManager;
use glowplug::apply::{Event, LockMode};
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use glowplug::files::MigrationsDir;
use glowplug::model::Backend;

use crate::apply::support::{Migrations, Scratch, each};
use crate::support::canary;

const PROCESSES: usize = 8;

/// What a child is told, by its environment.
pub(crate) const URL: &str = "GLOWPLUG_TEST_URL";
pub(crate) const MIGRATIONS: &str = "GLOWPLUG_TEST_MIGRATIONS";
const START: &str = "GLOWPLUG_TEST_START";
const GO: &str = "go";
pub(crate) const MODE: &str = "GLOWPLUG_TEST_MODE";

/// Starts this binary for one of its ignored tests.
pub(crate) fn child(test: &str, variables: &[(&str, &str)]) -> Child {
    Command::new(std::env::current_exe().expect("this binary"))
        .args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"])
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a process")
}

#[allow(
    clippy::disallowed_methods,
    reason = "a child process is told what to do by its environment"
)]
pub(crate) fn told(variable: &str) -> Option<String> {
    std::env::var(variable).ok()
}

#[test]
#[ignore = "a process of the tests in this file"]
fn replica() {
    let (Some(url), Some(migrations)) = (told(URL), told(MIGRATIONS)) else { return };
    let url = DatabaseUrl::parse(&url).expect("a URL");
    let source = MigrationsDir::open(migrations.as_ref()).expect("a directory");
    let mut connection = AnyConnection::open(&url, OpenMode::Create).expect("a connection");
    wait_for_start();
    // A slow statement makes the others meet it in its middle.
    let manager = MigrationManager::new(source).lock_mode(mode_told()).on_event(|event| {
        if let Event::Statement { .. } = event {
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    let report = manager.apply(&mut connection).expect("applied, or nothing to do");
    tell(report.applied.len());
}

#[test]
#[ignore = "a process of the tests in this file"]
fn diesel_replica() {
    many::diesel_replica();
}

/// The lock mode that a child is to use.
pub(crate) fn mode_told() -> LockMode {
    let word = told(MODE).unwrap_or_else(|| "session".to_owned());
    LockMode::ALL.into_iter().find(|(_, known)| *known == word).expect("a mode").0
}

/// All of them at the same moment: each says that it is there, and waits for the word.
fn wait_for_start() {
    let place = PathBuf::from(told(START).expect("a directory"));
    std::fs::write(place.join(std::process::id().to_string()), "").expect("a file");
    while !place.join(GO).exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Where processes gather before they start.
struct Gathering(tempfile::TempDir);

impl Gathering {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory"))
    }

    fn place(&self) -> String {
        self.0.path().display().to_string()
    }

    /// Lets them start once all of them are there.
    fn start(&self, processes: usize) {
        let start = Instant::now();
        while std::fs::read_dir(self.0.path()).expect("a directory").count() < processes {
            // Who is missing has failed, which its parent finds out.
            if start.elapsed() > Duration::from_secs(60) {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        std::fs::write(self.0.path().join(GO), "").expect("a file");
    }
}

/// Tells the parent how many migrations it applied.
#[expect(clippy::print_stdout, reason = "the parent reads it")]
pub(crate) fn tell(applied: usize) {
    println!("applied={applied}");
}

/// Runs the processes; how many migrations each applied.
fn run_all(scratch: &Scratch, migrations: &Migrations) -> Vec<usize> {
    let path = migrations.path().display().to_string();
    let gathering = Gathering::new();
    let start = gathering.place();
    let variables = [(URL, scratch.url.as_str()), (MIGRATIONS, &path), (START, &start)];
    let children: Vec<_> = (0..PROCESSES).map(|_| child("replicas::replica", &variables)).collect();
    gathering.start(PROCESSES);
    let mut applied = Vec::new();
    for child in children {
        let output = child.wait_with_output().expect("an end");
        canary::search(&output);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{text}{error}");
        let count = text.lines().find_map(|line| line.split("applied=").nth(1));
        applied.push(count.expect("a count").trim().parse().expect("a number"));
    }
    applied
}

fn side_effects(scratch: &Scratch) -> String {
    scratch.ask("SELECT count(*) FROM ran")
}

#[test]
fn each_migration_is_applied_by_exactly_one() {
    each(|scratch| {
        let migrations = Migrations::of(&[("0_ran", "CREATE TABLE ran (x INTEGER);")]);
        for name in ["1_a", "2_b", "3_c", "4_d"] {
            let up =
                format!("INSERT INTO ran VALUES (1); CREATE TABLE t{} (x INTEGER);", &name[..1]);
            migrations.add(name, &up, "SELECT 1;");
        }
        let applied = run_all(scratch, &migrations);
        assert_eq!(applied.iter().sum::<usize>(), 5, "{applied:?}");
        assert_eq!(side_effects(scratch), "4");
        assert_eq!(scratch.applied(), ["0", "1", "2", "3", "4"]);
        assert_eq!(
            scratch.ask("SELECT count(*) FROM __glowplug_history WHERE state = 'applied'"),
            "5"
        );
    });
}

#[test]
fn a_step_outside_a_transaction_runs_once_too() {
    each(|scratch| {
        let migrations = Migrations::of(&[("0_ran", "CREATE TABLE ran (x INTEGER);")]);
        let own = match scratch.backend {
            Backend::Sqlite => "VACUUM; PRAGMA foreign_keys = OFF;",
            _ => "CREATE INDEX CONCURRENTLY i ON ran (x); VACUUM ran;",
        };
        let up = format!(
            "INSERT INTO ran VALUES (1); INSERT INTO ran VALUES (2); {own} \
             BEGIN; INSERT INTO ran VALUES (3); INSERT INTO ran VALUES (4); COMMIT; INSERT INTO ran VALUES (5);"
        );
        migrations.add_outside("1_a", &up, "SELECT 1;");
        let setting = match scratch.backend {
            Backend::Sqlite => "PRAGMA foreign_keys = ON;",
            _ => "SET work_mem = '5MB';",
        };
        migrations.add_outside("2_b", setting, setting);
        run_all(scratch, &migrations);
        assert_eq!(scratch.ask("SELECT count(*) || ':' || sum(x) FROM ran"), "5:15");
        assert_eq!(scratch.applied(), ["0", "1", "2"]);
        assert_eq!(
            scratch.ask("SELECT count(*) FROM __glowplug_history WHERE state = 'applied'"),
            "3"
        );
    });
}

#[test]
fn a_rebuild_runs_once() {
    let scratch = Scratch::sqlite();
    let migrations = Migrations::of(&[(
        "0_ran",
        "CREATE TABLE ran (x INTEGER); CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t VALUES (1, 'a');",
    )]);
    let frame = "-- glowplug: rebuild\nBEGIN IMMEDIATE;\nSELECT count(*) FROM t;\nCOMMIT;\n\
        PRAGMA foreign_keys = OFF;\nBEGIN IMMEDIATE;\nINSERT INTO ran VALUES (1);\n\
        CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT NOT NULL);\nINSERT INTO n SELECT * FROM t;\n\
        DROP TABLE t;\nALTER TABLE n RENAME TO t;\nCOMMIT;\nPRAGMA foreign_keys = ON;\n";
    migrations.add_outside("1_a", frame, frame);
    let applied = run_all(&scratch, &migrations);
    assert_eq!(applied.iter().sum::<usize>(), 2, "{applied:?}");
    assert_eq!(side_effects(&scratch), "1");
    assert_eq!(scratch.ask("SELECT x FROM t"), "a");
}

#[test]
fn in_wal_mode_as_well() {
    let scratch = Scratch::sqlite();
    scratch.ask("PRAGMA journal_mode = WAL; CREATE TABLE ran (x INTEGER)");
    let migrations = Migrations::of(&[
        ("1_a", "INSERT INTO ran VALUES (1); CREATE TABLE a (x);"),
        ("2_b", "INSERT INTO ran VALUES (1); CREATE TABLE b (x);"),
    ]);
    let applied = run_all(&scratch, &migrations);
    assert_eq!(applied.iter().sum::<usize>(), 2, "{applied:?}");
    assert_eq!(side_effects(&scratch), "2");
}
