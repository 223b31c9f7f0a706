//! `status`: that it only reads, and tells everything.

use super::project::{Project, application_migrations};

const VERSION: &str = "2025-01-01-000000-0000";

/// One migration by hand, applied, on models that agree with it.
fn one_applied() -> Project {
    let project = Project::new("diesel::table! { a (k) { k -> Integer, } }");
    project.migration(
        &format!("{VERSION}_one"),
        "CREATE TABLE a (k INTEGER NOT NULL PRIMARY KEY);",
        "DROP TABLE a;",
    );
    project.run(&["migrate"]).succeeds();
    project
}

/// R1: looking created the file, six tables and the history.
#[test]
fn r01_status_creates_nothing() {
    let project = Project::of_the_application();
    let run = project.run(&["status"]).succeeds();
    assert!(!project.path("app.sqlite").exists());
    for name in application_migrations() {
        assert!(run.stdout().contains(&name), "{name} is pending:\n{}", run.stdout());
    }
    project.run(&["status", "--check"]).exits(3);
    assert!(!project.path("app.sqlite").exists());
}

/// R1: and it writes nothing to a file that is there.
#[test]
fn r01_status_writes_nothing() {
    let project = Project::migrated();
    let read = || std::fs::read(project.path("app.sqlite")).expect("the database is a file");
    let before = read();
    project.run(&["status"]).succeeds();
    project.run(&["status", "--check"]).succeeds();
    assert_eq!(read(), before);
    let files = std::fs::read_dir(project.path(".")).expect("the project is a directory");
    let beside: Vec<_> = files
        .map(|file| file.expect("the directory is read").file_name())
        .filter(|name| name.to_string_lossy().starts_with("app.sqlite"))
        .collect();
    assert_eq!(beside, ["app.sqlite"], "no journal is left behind");
}

/// R16: an applied file could be edited without anybody noticing.
#[test]
fn r16_an_edited_migration_is_told_and_refused() {
    let project = one_applied();
    let file = format!("migrations/{VERSION}_one/up.sql");
    // What an editor or a checkout does to a file is no edit of it.
    project.write(&file, &format!("\u{feff}{}", project.read(&file).replace('\n', "\r\n")));
    project.run(&["status", "--check"]).succeeds();

    project.write(&file, "CREATE TABLE a (k INTEGER NOT NULL PRIMARY KEY, more TEXT);");
    project.run(&["status"]).says(&["edited", &format!("{VERSION}_one")]);
    project.run(&["status", "--check"]).exits(3);
    project.run(&["create"]).exits(4).says(&[VERSION]);
}

/// R18: a migration that was applied and is gone was invisible, until something died of it.
#[test]
fn r18_an_applied_migration_without_a_file_is_told_and_refused() {
    let project = one_applied();
    std::fs::remove_dir_all(project.path(&format!("migrations/{VERSION}_one"))).expect("removed");
    // The version, spelt with dashes or as Diesel stores it.
    let run = project.run(&["status"]).says(&["missing"]);
    assert!(run.stdout().replace('-', "").contains(&VERSION.replace('-', "")), "{}", run.stdout());
    project.run(&["status", "--check"]).exits(3);
    project.run(&["create"]).exits(4).says(&[VERSION]);
}

/// R20: the path that status printed was not the one that was used.
#[test]
fn r20_status_names_the_database_that_it_read() {
    let project = Project::migrated();
    project.run(&["status"]).succeeds().says(&["app.sqlite"]);

    project.write("elsewhere/note.txt", "");
    let other = project.path("elsewhere/other.sqlite");
    let url = other.to_str().expect("the path is UTF-8");
    project.run(&["migrate", "--database-url", url]).succeeds();
    project.run(&["status", "--database-url", url, "--check"]).succeeds().says(&["other.sqlite"]);
    assert!(other.exists());
}

/// R20: and a password is never printed.
#[test]
fn r20_a_password_is_not_printed() {
    let project = Project::new("diesel::table! { a (k) { k -> Integer, } }");
    for verb in ["status", "migrate", "create"] {
        // Nobody listens on port 1.
        let url = "postgres://app:hunter2@127.0.0.1:1/app";
        let run = project.run(&[verb, "--database-url", url]).exits(1);
        assert!(!run.said().contains("hunter2"), "{verb}: {}", run.said());
    }
}

/// R23: with pending migrations the exit code was 0, so that nothing could be gated on it.
#[test]
fn r23_check_tells_pending_from_done_by_its_exit_code() {
    let project = one_applied();
    project.run(&["status", "--check"]).succeeds();
    project.migration("2025-01-02-000000-0000_two", "CREATE TABLE b (k INT);", "DROP TABLE b;");
    project.run(&["status"]).succeeds().says(&["2025-01-02-000000-0000_two"]);
    project.run(&["status", "--check"]).exits(3);
}
