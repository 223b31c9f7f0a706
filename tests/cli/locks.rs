//! Locks: what keeps a run waiting, how long, and how it is told; what `repair` does.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};

use super::project::Project;

const ONE: &str = "2026-01-01-000000-0000_one";

fn project() -> Project {
    Project::with_session()
        .migration(ONE, "CREATE TABLE a (k INTEGER PRIMARY KEY);", "DROP TABLE a;")
        .migration("2026-01-02-000000-0000_two", "CREATE TABLE b (k INTEGER);", "DROP TABLE b;")
}

fn locked(project: &Project) -> SqliteConnection {
    let path = project.path().join("app.sqlite");
    let mut other = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    other.batch_execute("BEGIN EXCLUSIVE").unwrap();
    other
}

#[test]
fn a_locked_file_is_5_in_time_and_is_called_by_its_name() {
    let project = project();
    project.run("migrate").exit(0);
    let other = locked(&project);
    for verb in [
        "create",
        "migrate",
        "migrate --dry-run",
        "status",
        "revert --yes",
        "redo --yes",
        "repair --yes",
    ] {
        let start = Instant::now();
        let ran = project.run(&format!("{verb} --lock-timeout 1")).exit(5).stdout("");
        ran.stderr_has("another process kept the database file locked for 1");
        let took = start.elapsed();
        assert!(
            took >= Duration::from_secs(1) && took < Duration::from_secs(30),
            "{verb}: {took:?}"
        );
    }
    project.run("pull").exit(5).stdout("").stderr_has("database is locked");
    drop(other);
    project.run("status --check").exit(0);
}

/// The shell of SQLite in a transaction, which says so once it has its lock.
fn shell(project: &Project, sql: &str) -> std::process::Child {
    let mut child = Command::new("sqlite3")
        .arg(project.path().join("app.sqlite"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.as_mut().unwrap(), "{sql}\nSELECT 'ready';").unwrap();
    let mut told = BufReader::new(child.stdout.as_mut().unwrap());
    let mut line = String::new();
    while line != "ready\n" {
        line.clear();
        assert!(told.read_line(&mut line).unwrap() > 0, "the lock is taken");
    }
    child
}

/// Linux tells who has the lock: a writer of a plain file and of a WAL.
#[test]
#[cfg(target_os = "linux")]
fn who_locks_the_file_is_named() {
    for (journal, holds) in [("DELETE", "BEGIN IMMEDIATE;"), ("WAL", "BEGIN IMMEDIATE;")] {
        let project = project();
        project.run("migrate --to 2026-01-01-000000-0000").exit(0);
        project.sqlite("app.sqlite", &format!("PRAGMA journal_mode = {journal}"));
        let mut other = shell(&project, holds);
        let expected = format!("process {} (sqlite3)", other.id());
        let ran = project.run("migrate --lock-timeout 1");
        drop(other.stdin.take());
        other.wait().unwrap();
        let error = ran.err();
        assert!(error.contains(&expected), "{journal}, {holds}: {error}");
        project.run("migrate").exit(0);
    }
}

/// Without a WAL nothing is committed while somebody reads: in the run's own transaction, in that of
/// a file, and step by step.
#[test]
fn a_reader_that_keeps_a_commit_waiting_is_told_from_a_mistake_in_the_file() {
    let framed = "-- glowplug: rebuild\nPRAGMA foreign_keys = OFF;\nBEGIN IMMEDIATE;\n\
        CREATE TABLE b (k INTEGER);\nCOMMIT;\nPRAGMA foreign_keys = ON;\n";
    let outside = "run_in_transaction = false\n";
    let two = "2026-01-02-000000-0000_two";
    for (up, metadata, left) in [
        (
            "CREATE TABLE b (k INTEGER);",
            "run_in_transaction = true\n",
            "it was rolled back as a whole",
        ),
        (framed, outside, "it was rolled back as a whole"),
        ("CREATE TABLE b (k INTEGER); SELECT 1;", outside, "nothing of it was done"),
    ] {
        let project = project();
        project.run("migrate --to 2026-01-01-000000-0000").exit(0);
        project.write(&format!("migrations/{two}/up.sql"), up);
        project.write(&format!("migrations/{two}/metadata.toml"), metadata);
        let mut reader = shell(&project, "BEGIN; SELECT count(*) FROM a;");
        let who = if cfg!(target_os = "linux") {
            format!(": process {} (sqlite3)", reader.id())
        } else {
            String::new()
        };
        let ran = project.run("migrate --lock-timeout 1");
        drop(reader.stdin.take());
        reader.wait().unwrap();
        ran.exit(5).stdout("").stderr(&format!(
            "error: migration `{two}` could not be committed: another process kept reading the \
             database file for 1 s{who}; {left}\n\
             hint: run it again when that has read to its end; `--lock-timeout SECONDS` waits longer\n"
        ));
        project.run("migrate").exit(0).stdout(&format!("+ {two}\n"));
    }
}

#[test]
fn a_lock_that_is_freed_in_time_is_taken() {
    let project = project();
    project.run("migrate").exit(0);
    let mut other = locked(&project);
    let freed = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(600));
        other.batch_execute("ROLLBACK").unwrap();
    });
    project.run("revert --yes --lock-timeout 20").exit(0);
    freed.join().unwrap();
}

#[test]
fn a_mode_that_is_none_is_refused() {
    let project = project();
    project.run("migrate --lock-mode advisory").exit(2).stderr_has("transaction");
    let ran = project.command("migrate").env("GLOWPLUG_LOCK_MODE", "advisory").finish();
    ran.exit(1).stderr_has(
        "the setting `lock-mode` is `advisory`, expected one of `session`, `transaction`, `table`, `none`",
    );
    assert!(!project.exists("app.sqlite"));
    project.run("migrate --lock-mode table").exit(0);
}

#[test]
fn what_cannot_be_applied_makes_no_file() {
    let duplicate = project().migration("20260101000000_0000_twin", "SELECT 1;", "SELECT 1;");
    duplicate.write("migrations/20260101000000-0000_twin/up.sql", "SELECT 1;");
    duplicate.run("migrate").exit(1).stderr_has("belongs to more than one migration");
    assert!(!duplicate.exists("app.sqlite"));
    let unreadable = project();
    unreadable.write(&format!("migrations/{ONE}/up.sql"), b"SELECT \xff");
    unreadable.run("migrate").exit(1).stderr_has("UTF-8");
    assert!(!unreadable.exists("app.sqlite"));
    unreadable.run("migrate --migration-dir elsewhere").exit(1);
    assert!(!unreadable.exists("app.sqlite"));
}

#[test]
fn a_duplicate_is_told_and_counted_once() {
    let project = project();
    project.run("migrate --to 2026-01-01-000000-0000").exit(0);
    for (twin, applied, pending) in
        [("20260101000000-0000_twin", 1, 1), ("20260102000000-0000_x", 1, 1)]
    {
        project.write(&format!("migrations/{twin}/up.sql"), "SELECT 1;");
        let counts = format!("Applied    {applied}\nPending    {pending}\n");
        let ran = project.run("status").exit(1).stdout_has(&counts);
        ran.stdout_has("duplicate    ")
            .stderr_has("belongs to more than one migration")
            .stderr_has("hint: rename one of the directories");
        project.run("status --check").exit(3);
        std::fs::remove_dir_all(project.path().join("migrations").join(twin)).unwrap();
    }
    project.run("status").exit(0);
}

#[test]
fn repair_lists_asks_and_changes_notes_only() {
    let project = project();
    project.run("repair").exit(0).stdout("").stderr_has("Nothing to repair");
    assert!(!project.exists("app.sqlite"));
    project.run("migrate").exit(0);
    project.run("repair").exit(0).stdout("").stderr_has("Nothing to repair");
    project.write(
        &format!("migrations/{ONE}/up.sql"),
        "CREATE TABLE a (k INTEGER PRIMARY KEY, x TEXT);",
    );
    project.sqlite(
        "app.sqlite",
        "DELETE FROM __diesel_schema_migrations WHERE version LIKE '20260102%'",
    );
    let lines = "~ `2026-01-01-000000-0000_one`: its text as it is now counts as what was applied\n\
        ~ `2026-01-02-000000-0000_two`: it is not applied, what is noted about it is removed\n";
    project.run("status --check").exit(3);
    project
        .run("repair --dry-run")
        .exit(0)
        .stdout(lines)
        .stderr_has("2 notes; nothing was changed");
    project.run("repair").exit(4).stdout(lines).stderr_has("hint: `--yes` changes the notes");
    let dry = project.run("repair --dry-run --format json").exit(0).out();
    let dry: serde_json::Value = serde_json::from_str(&dry).unwrap();
    assert_eq!(
        (&dry["repaired"], &dry["repairs"][0]["change"]),
        (&false.into(), &"accepted".into())
    );
    let history = "SELECT count(*) FROM __glowplug_history";
    assert_eq!(project.sqlite("app.sqlite", history), "2\n");

    project.run("repair --yes").exit(0).stdout(lines).stderr_has("2 notes repaired");
    assert_eq!(project.sqlite("app.sqlite", history), "1\n");
    project.run("repair").exit(0).stdout("");
    // No migration was run.
    assert_eq!(project.sqlite("app.sqlite", "SELECT count(*) FROM pragma_table_info('a')"), "1\n");
}

/// A run that waits for `b`, which another connection has locked, and the lines it tells.
fn waiting(project: &Project) -> (std::process::Child, BufReader<std::process::ChildStderr>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_glowplug"))
        .args(["migrate", "--verbose"])
        .current_dir(project.path())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let told = BufReader::new(child.stderr.take().unwrap());
    (child, told)
}

fn until(told: &mut BufReader<std::process::ChildStderr>, part: &str) {
    let mut line = String::new();
    while !line.contains(part) {
        line.clear();
        assert!(told.read_line(&mut line).unwrap() > 0, "`{part}` is told");
    }
}

fn signal(child: &std::process::Child, name: &str) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
}

#[test]
fn a_signal_ends_the_wait_for_a_lock() {
    for name in ["-INT", "-TERM"] {
        let project = project();
        project.run("migrate --to 2026-01-01-000000-0000").exit(0);
        let mut other = locked(&project);
        other.batch_execute("ROLLBACK; BEGIN IMMEDIATE").unwrap();
        let (child, mut told) = waiting(&project);
        until(&mut told, "waiting for another process");
        signal(&child, name);
        let start = Instant::now();
        let output = child.wait_with_output().unwrap();
        assert!(start.elapsed() < Duration::from_secs(3));
        let mut rest = String::new();
        told.read_to_string(&mut rest).unwrap();
        assert_eq!(output.status.code(), Some(1), "{rest}");
        assert!(rest.contains("stopped while waiting for another process, as asked"), "{rest}");
        other.batch_execute("ROLLBACK").unwrap();
        project.run("migrate").exit(0).stdout("+ 2026-01-02-000000-0000_two\n");
    }
}

/// What was running is rolled back by the server or the file; the next start goes on.
#[test]
fn the_second_signal_stops_at_once() {
    let slow = "CREATE TABLE s (n INTEGER); INSERT INTO s VALUES (0);
        WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000000000)
        INSERT INTO s SELECT max(n) FROM c;";
    let project = project().migration("2026-01-03-000000-0000_slow", slow, "DROP TABLE s;");
    let (child, mut told) = waiting(&project);
    until(&mut told, "statement 3 of 3");
    signal(&child, "-TERM");
    until(&mut told, "once more stops at once");
    signal(&child, "-TERM");
    let start = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(start.elapsed() < Duration::from_secs(3));
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(project.sqlite("app.sqlite", "PRAGMA integrity_check"), "ok\n");
    project.run("status").exit(0).stdout_has("Applied    2\nPending    1\n");
    let quick = "CREATE TABLE s (n INTEGER);";
    project.write("migrations/2026-01-03-000000-0000_slow/up.sql", quick);
    project.run("migrate").exit(0).stdout("+ 2026-01-03-000000-0000_slow\n");
}

#[test]
fn the_verbs_of_an_application_are_small() {
    let size = size_of::<glowplug::cli::ApplicationCommand>();
    assert!(size <= 2 * size_of::<usize>(), "{size} bytes");
}

/// What was listed is not what is done where another process finishes the migration meanwhile.
#[test]
fn a_note_that_is_gone_meanwhile_is_not_said_to_be_repaired() {
    let scratch = crate::apply::support::Scratch::postgres();
    let name = "2026-01-01-000000-0000_a";
    let project = Project::new()
        .file(".env", &format!("DATABASE_URL={}\n", scratch.url))
        .migration(name, "CREATE TABLE a (x int); nonsense;", "DROP TABLE a;")
        .file(&format!("migrations/{name}/metadata.toml"), "run_in_transaction = false\n");
    project.run("migrate").exit(1);
    project
        .write(&format!("migrations/{name}/up.sql"), "CREATE TABLE a (x int); SELECT pg_sleep(4);");
    let mut other = Command::new(env!("CARGO_BIN_EXE_glowplug"))
        .arg("migrate")
        .current_dir(project.path())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let sleeps = "SELECT count(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg\\_sleep(4)%' \
        AND pid <> pg_backend_pid()";
    while scratch.ask(sleeps) != "1" {
        assert!(other.try_wait().unwrap().is_none(), "it came too late");
    }
    project
        .run("repair --yes")
        .exit(0)
        .stderr_has("0 notes repaired")
        .stderr_has("warning: another process was faster, not repaired: ");
    assert!(other.wait().unwrap().success());
    project.run("status --check").exit(0);
}
