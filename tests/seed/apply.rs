//! `migrate`: errors, many processes at once, and what the history says afterwards.

use std::process::Stdio;

use super::project::{Project, application_migrations};

const NO_MODELS: &str = "diesel::table! { a (k) { k -> Integer, } }";

/// R12: a database that could not be read looked up to date.
#[test]
fn r12_a_broken_database_is_an_error_with_every_verb() {
    let project = Project::of_the_application();
    project.write("app.sqlite", &"this is no database\n".repeat(100));
    for verb in ["status", "migrate", "create"] {
        let run = project.run(&[verb]).exits(1);
        assert!(run.stderr().contains("error"), "{verb}: {}", run.said());
    }
    assert!(project.read("app.sqlite").starts_with("this is no database"));
}

/// R13 and R14: a failure was logged, the migration recorded, and the application went on.
#[test]
fn r13_r14_a_migration_that_fails_leaves_nothing_behind() {
    let project = Project::new(NO_MODELS);
    project.migration("2025-01-01-000000-0000_good", "CREATE TABLE a (k INT);", "DROP TABLE a;");
    project.migration(
        "2025-01-02-000000-0000_bad",
        "CREATE TABLE b (k INT);\nINSERT INTO b VALUES (1);\nINSERT INTO nowhere VALUES (1);",
        "DROP TABLE b;",
    );
    project.migration("2025-01-03-000000-0000_after", "CREATE TABLE c (k INT);", "DROP TABLE c;");
    project.run(&["migrate"]).exits(1).says(&["2025-01-02-000000-0000_bad", "nowhere"]);

    let tables = "SELECT group_concat(name) FROM sqlite_schema
                  WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'";
    assert_eq!(project.sql(tables), "a");
    assert_eq!(project.sql("SELECT version FROM __diesel_schema_migrations"), "202501010000000000");

    project.write(
        "migrations/2025-01-02-000000-0000_bad/up.sql",
        "CREATE TABLE b (k INT);\nINSERT INTO b VALUES (1);",
    );
    project.run(&["migrate"]).succeeds();
    assert_eq!(project.sql("SELECT k FROM b"), "1", "it ran once");
}

/// R15: of three processes that started at once two died.
#[test]
fn r15_of_many_processes_at_once_every_one_succeeds() {
    let project = Project::of_the_application();
    let start = || {
        let mut command = project.command(&["migrate", "--quiet"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("glowplug starts")
    };
    let running: Vec<_> = (0..16).map(|_| start()).collect();
    for process in running {
        let output = process.wait_with_output().expect("glowplug ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let rows =
        project.sql("SELECT count(*), count(DISTINCT version) FROM __diesel_schema_migrations");
    assert_eq!(rows, "15|15");
    assert_eq!(project.catalog(), Project::migrated().catalog());
}

/// R17: a migration that came late, from another branch, was applied without a word.
#[test]
fn r17_a_late_migration_is_told_or_refused() {
    let late = "2025-01-01-120000-0000_late";
    for (arguments, code, applied) in
        [(&["migrate"][..], 0, "1"), (&["migrate", "--strict"][..], 1, "0")]
    {
        let project = Project::new(NO_MODELS);
        project.migration("2025-01-02-000000-0000_new", "CREATE TABLE a (k INT);", "DROP TABLE a;");
        project.run(&["migrate"]).succeeds();
        project.migration(late, "CREATE TABLE b (k INT);", "DROP TABLE b;");
        project.run(&["status"]).says(&[late]);
        project.run(arguments).exits(code).says(&[late]);
        let count = "SELECT count(*) FROM sqlite_schema WHERE name = 'b'";
        assert_eq!(project.sql(count), applied, "{arguments:?}");
    }
}

/// R19: one statement a migration, and no triggers.
#[test]
fn r19_a_migration_may_hold_many_statements_and_triggers() {
    let project = Project::new(NO_MODELS);
    project.migration(
        "2025-01-01-000000-0000_many",
        "CREATE TABLE a (k INTEGER NOT NULL PRIMARY KEY); -- one; two
         CREATE TABLE log (what TEXT);
         CREATE TRIGGER a_log AFTER INSERT ON a BEGIN
             INSERT INTO log VALUES ('first; ' || new.k);
             INSERT INTO log VALUES (CASE WHEN new.k > 1 THEN 'many;' ELSE 'one;' END);
         END;
         INSERT INTO a VALUES (1); INSERT INTO a VALUES (2)",
        "DROP TABLE log; DROP TABLE a;",
    );
    project.run(&["migrate"]).succeeds();
    let log = project.sql("SELECT group_concat(what, ',') FROM log");
    assert_eq!(log, "first; 1,one;,first; 2,many;");
    project.run(&["revert", "--yes"]).succeeds();
    assert_eq!(project.catalog(), "");
}

/// R22: the history told a name and a time, not what was run, by what and for how long.
#[test]
fn r22_the_history_tells_what_ran_by_what_and_for_how_long() {
    let project = Project::migrated();
    let columns =
        project.sql("SELECT group_concat(name) FROM pragma_table_info('__glowplug_history')");
    for column in ["name", "checksum"] {
        assert!(columns.split(',').any(|it| it == column), "{columns}");
    }
    let rows = project.sql("SELECT count(*), count(DISTINCT checksum) FROM __glowplug_history");
    let count = application_migrations().len();
    assert_eq!(rows, format!("{count}|{count}"));
    // Diesel's own table is as Diesel makes it.
    let diesel = project
        .sql("SELECT group_concat(name) FROM pragma_table_info('__diesel_schema_migrations')");
    assert_eq!(diesel, "version,run_on");
}
