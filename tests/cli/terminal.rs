//! What only a terminal sees: questions, colours, Ctrl-C.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Output, Stdio};

use diesel::connection::SimpleConnection as _;

use super::project::Project;

/// Runs the binary on a terminal of its own, types, and gives back what the terminal shows and the
/// exit code.
fn on_a_terminal(project: &Project, arguments: &str, typed: &str) -> (String, i32) {
    let line = format!("{} {arguments}", env!("CARGO_BIN_EXE_glowplug"));
    let mut child = Command::new("script")
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .current_dir(project.path())
        .env_clear()
        .env("TERM", "xterm")
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`script` of util-linux is installed");
    let mut keyboard = child.stdin.take().unwrap();
    keyboard.write_all(typed.as_bytes()).unwrap();
    let mut shown = String::new();
    child.stdout.take().unwrap().read_to_string(&mut shown).unwrap();
    drop(keyboard);
    (shown, child.wait().unwrap().code().unwrap())
}

/// A project whose column changed its name, with one row.
fn renamed() -> Project {
    let project = Project::with_session();
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    project.sqlite("app.sqlite", "INSERT INTO session VALUES (1, 'done')");
    let models = project.read("schema.rs").replace("status", "state");
    project.file("schema.rs", &models)
}

#[test]
fn a_rename_is_asked_about_and_done() {
    let project = renamed();
    let (shown, code) = on_a_terminal(&project, "create", "y");
    assert!(shown.contains("was column `session.status` → `state` renamed?"), "{shown}");
    assert!(shown.contains("[y/N]"), "{shown}");
    assert_eq!(code, 0, "{shown}");
    project.run("migrate").exit(0);
    assert_eq!(project.sqlite("app.sqlite", "SELECT state FROM session"), "done\n");
}

#[test]
fn no_is_the_default_of_every_question() {
    let project = renamed();
    let before = project.contents();
    // Not renamed; no expression to fill with; the loss is not meant.
    let (shown, code) = on_a_terminal(&project, "create", "\r\r\r");
    assert_eq!(code, 4, "{shown}");
    assert!(shown.contains("go on?") && shown.contains("fill it with"), "{shown}");
    assert_eq!(project.contents(), before);

    let (shown, code) = on_a_terminal(&project, "revert", "\r");
    assert_eq!(code, 4, "{shown}");
    assert!(shown.contains("revert 1 migration of `app.sqlite`?"), "{shown}");
    project.run("status --check").exit(0);
    let (shown, code) = on_a_terminal(&project, "revert", "y");
    assert_eq!(code, 0, "{shown}");
    project.run("status --check").exit(3);
}

#[test]
fn a_terminal_is_coloured_unless_it_says_otherwise() {
    let project = renamed();
    let red = "\u{1b}[31m-\u{1b}[0m column session.status";
    assert!(on_a_terminal(&project, "diff", "").0.contains(red));
    assert!(!on_a_terminal(&project, "diff --color never", "").0.contains('\u{1b}'));
    project.write(".env", "DATABASE_URL=app.sqlite\n");
    let plain = project.command("diff").env("NO_COLOR", "1").finish().out();
    assert!(plain.contains("- column session.status\n"), "{plain}");
}

/// `migrate`, interrupted when it says this; how it ended, and what it said afterwards.
fn interrupted(project: &Project, at: &str) -> (Output, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_glowplug"))
        .args(["migrate", "--verbose"])
        .current_dir(project.path())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains(at) {
        line.clear();
        assert!(told.read_line(&mut line).unwrap() > 0, "`{at}` is said");
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let mut rest = String::new();
    told.read_to_string(&mut rest).unwrap();
    (output, rest)
}

#[test]
fn the_first_interrupt_stops_after_the_running_migration() {
    let slow = "CREATE TABLE a (n INTEGER);
        WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000000)
        INSERT INTO a SELECT max(n) FROM c;";
    let project = Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .migration("2026-01-01-000000-0000_slow", slow, "DROP TABLE a;")
        .migration("2026-01-02-000000-0000_next", "CREATE TABLE b (n INTEGER);", "DROP TABLE b;");
    let (output, rest) = interrupted(&project, "statement 2 of 2");
    assert_eq!(output.status.code(), Some(1), "{rest}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "+ 2026-01-01-000000-0000_slow\n");
    assert!(rest.contains("warning: stopping after this migration"), "{rest}");
    assert!(rest.contains("error: stopped between two migrations, as asked"), "{rest}");

    assert_eq!(project.sqlite("app.sqlite", "SELECT n FROM a"), "3000000\n");
    project.run("status").exit(0).stdout_has("Applied    1\nPending    1\n");
    project.run("migrate").exit(0).stdout("+ 2026-01-02-000000-0000_next\n");

    // There is nothing after the last one that could be left out.
    project.run("revert -n 2 --yes").exit(0);
    std::fs::remove_dir_all(project.path().join("migrations/2026-01-02-000000-0000_next")).unwrap();
    let (output, told) = interrupted(&project, "statement 2 of 2");
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("1 migration applied") && !told.contains("error"), "{told}");
}

/// Whoever waits for the lock of a table, and for the next try, hears it too.
#[test]
fn an_interrupt_ends_the_wait_for_a_table() {
    let scratch = crate::apply::support::Scratch::postgres();
    let up = "ALTER TABLE a ADD y int;";
    let project = Project::new()
        .file(".env", &format!("DATABASE_URL={}\n", scratch.url))
        .migration("2026-01-01-000000-0000_a", "CREATE TABLE a (x int);", "DROP TABLE a;");
    project.run("migrate").exit(0);
    let project = project.migration("2026-01-02-000000-0000_b", up, "SELECT 1;");
    let mut reader = scratch.open();
    reader.batch_execute("BEGIN; SELECT * FROM a").unwrap();
    let start = std::time::Instant::now();
    let (output, told) = interrupted(&project, "statement 1 of 1");
    assert!(start.elapsed() < std::time::Duration::from_secs(30), "{:?}", start.elapsed());
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("canceling statement due to lock timeout"), "{told}");
    assert!(told.contains("it was rolled back as a whole"), "{told}");
    assert_eq!(scratch.applied(), ["202601010000000000"]);
}
