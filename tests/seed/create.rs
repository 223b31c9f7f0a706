//! `create`: what it compares with, what it writes and what it says.

use std::path::Path;
use std::process::Command;

use super::project::{Project, application_migrations, root};

const NOTES: &str = "diesel::table! { note (id) { id -> Integer, text -> Text, } }";

/// R4: an index was created over `"status"`, a column that was not there; SQLite took it for a text.
#[test]
fn r04_an_index_over_a_text_is_not_taken_for_one_over_the_column() {
    let project = Project::new(
        "diesel::table! { session (id) { id -> Integer, status -> Nullable<Text>, } }
         glowplug::ddl! { table session { index session_status (status); } }",
    );
    project.sql(
        "CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY);
         INSERT INTO session DEFAULT VALUES;
         CREATE INDEX session_status ON session (\"status\")",
    );
    let keys = "SELECT group_concat(cid) FROM pragma_index_xinfo('session_status') WHERE key";
    assert_eq!(project.sql(keys), "-2", "the index is over an expression, as in the seed");

    project.run(&["create", "repair", "--allow", "all"]).succeeds();
    project.run(&["migrate"]).succeeds();
    assert_eq!(project.sql(keys), "1", "the index is over the column");
    project.run(&["diff", "database", "models", "--exit-code"]).succeeds();
}

/// R4: what glowplug writes never depends on SQLite's reading of a double-quoted name as a text.
#[test]
fn r04_the_written_sql_runs_where_double_quotes_are_names_only() {
    let project = Project::of_the_application();
    for name in application_migrations() {
        let output = Command::new("sqlite3")
            .args([
                "-batch",
                "-bail",
                "-cmd",
                ".dbconfig dqs_ddl off",
                "-cmd",
                ".dbconfig dqs_dml off",
            ])
            .arg(project.path("strict.sqlite"))
            .arg(format!(
                ".read '{}'",
                project.path(&format!("migrations/{name}/up.sql")).display()
            ))
            .output()
            .expect("sqlite3 runs");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
    }
}

/// R5: fresh and upgraded databases differed in foreign-key actions and had indexes twice.
#[test]
fn r05_a_foreign_key_action_and_a_doubled_index_are_differences() {
    let project = Project::new(
        "diesel::table! { session (id) { id -> Integer, } }
         diesel::table! { key_fact (id) { id -> Integer, session_id -> Nullable<Integer>, } }
         glowplug::ddl! { table key_fact {
             foreign key (session_id) references session (id) on delete cascade;
             index key_fact_session_id (session_id);
         } }",
    );
    project.sql(
        "CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY);
         CREATE TABLE key_fact (id INTEGER NOT NULL PRIMARY KEY, session_id INTEGER,
             FOREIGN KEY (session_id) REFERENCES session (id));
         CREATE INDEX keyfact_session_id ON key_fact (session_id);
         CREATE INDEX key_fact_session_id ON key_fact (session_id)",
    );
    let run = project.run(&["diff", "database", "models", "--exit-code"]).exits(3);
    run.says(&["keyfact_session_id", "foreign key"]);
    project.run(&["create", "agree"]).exits(4).says(&["drop-index"]);
    assert_eq!(project.migrations(), [""; 0], "nothing is written before the answer");

    project.run(&["create", "agree", "--allow", "drop-index,drop-constraint"]).succeeds();
    project.run(&["migrate"]).succeeds();
    assert_eq!(project.sql("SELECT on_delete FROM pragma_foreign_key_list('key_fact')"), "CASCADE");
    assert_eq!(
        project.sql("SELECT name FROM pragma_index_list('key_fact')"),
        "key_fact_session_id"
    );
    project.run(&["create"]).succeeds().says(&["No changes detected"]);
}

/// R6: once a migration had looked at the live database, nothing could be created or applied again,
/// because autogeneration replayed the history.
#[test]
fn r06_the_history_is_not_replayed_to_learn_the_state() {
    let project = Project::new(NOTES);
    project.sql("CREATE TABLE legacy (k TEXT PRIMARY KEY); INSERT INTO legacy VALUES ('here')");
    // On an empty database this fails: there is no `legacy`.
    project.migration(
        "2025-01-01-000000-0000_look_at_the_database",
        "UPDATE legacy SET k = 'seen' WHERE k = 'here';",
        "UPDATE legacy SET k = 'here' WHERE k = 'seen';",
    );
    project.run(&["migrate"]).succeeds();
    project.run(&["create", "add_note"]).succeeds();
    project.run(&["migrate"]).succeeds();
    assert_eq!(project.sql("SELECT count(*) FROM note"), "0");
    assert_eq!(project.sql("SELECT k FROM legacy"), "seen");
    assert_eq!(project.migrations().len(), 2);
}

/// R7: success was printed, and nothing was written, when nothing had changed or the models broke.
#[test]
fn r07_no_changes_write_nothing_and_broken_models_are_an_error() {
    let project = Project::new(NOTES);
    project.run(&["create"]).succeeds();
    project.run(&["migrate"]).succeeds();
    let before = project.migrations();
    let again = project.run(&["create", "nothing_new"]).succeeds().says(&["No changes detected"]);
    assert_eq!(again.stdout().lines().filter(|line| line.contains("migrations/")).count(), 0);
    assert_eq!(project.migrations(), before);

    project.write("schema.rs", "diesel::table! { note (id) { id -> , } }");
    project.run(&["create", "broken"]).exits(1).says(&["schema.rs"]);
    assert_eq!(project.migrations(), before);
}

/// R8 and R24: the printed name named no file; the documents named another directory.
#[test]
fn r08_r24_the_printed_paths_are_those_of_the_written_files_from_here() {
    let project = Project::new(NOTES);
    let run = project.run(&["create", "add_note"]).succeeds();
    let printed = run.stdout();
    let paths: Vec<&str> = printed
        .split_whitespace()
        .filter(|word| word.contains("migrations/"))
        .map(|word| word.trim_matches(|c| c == '`' || c == ',' || c == ':'))
        .collect();
    assert!(!paths.is_empty(), "no path in {printed:?}");
    for path in paths {
        assert!(Path::new(path).is_relative(), "{path} is relative to where the user is");
        assert!(project.path(path).exists(), "{path} exists");
    }
    assert!(project.migrations()[0].ends_with("_add_note"));
}

/// R9: files were numbered by their count, so that a number could come twice and in disorder.
#[test]
fn r09_versions_grow_and_never_collide() {
    let project = Project::new(NOTES);
    // A version of the far future: the next one must still be greater.
    project.migration("2999-12-31-235959-0000_far", "SELECT 1;", "SELECT 1;");
    project.run(&["migrate"]).succeeds();
    project.run(&["create", "one"]).succeeds();
    project.run(&["migrate"]).succeeds();
    project.write(
        "schema.rs",
        &NOTES.replace("text -> Text,", "text -> Text, n -> Nullable<Integer>,"),
    );
    project.run(&["create", "two"]).succeeds();

    let names: Vec<_> = project.migrations();
    let ends: Vec<_> = names.iter().map(|name| name.rsplit('_').next().expect("a name")).collect();
    assert_eq!(ends, ["far", "one", "two"], "{names:?}");
    let mut versions: Vec<_> = names.iter().map(|name| name.split('_').next()).collect();
    versions.dedup();
    assert_eq!(versions.len(), 3, "{names:?}");
}

/// R9: two directories of one version are refused, by both names.
#[test]
fn r09_a_version_that_is_there_twice_is_an_error() {
    let project = Project::new(NOTES);
    project.migration("2025-01-01-000000-0000_one", "CREATE TABLE a (k INT);", "DROP TABLE a;");
    project.migration("2025-01-01-000000-0000_two", "CREATE TABLE b (k INT);", "DROP TABLE b;");
    for verb in ["migrate", "create"] {
        let run = project
            .run(&[verb])
            .says(&["2025-01-01-000000-0000_one", "2025-01-01-000000-0000_two"]);
        assert_ne!(run.stdout(), "No changes detected");
    }
    assert!(!project.path("app.sqlite").exists() || project.catalog().is_empty());
}

/// R11: a name went into the path as it was.
#[test]
fn r11_a_name_becomes_a_slug() {
    let table = [
        ("sub/dir x", "sub_dir_x"),
        ("../../escape", "escape"),
        ("Ärger & Co", ""),
        ("a\"b'c`d$e", ""),
        ("UPPER Case", "upper_case"),
        ("con\u{0007}trol\nline", ""),
        ("\u{202e}evil", ""),
    ];
    for (name, slug) in table {
        let project = Project::new(NOTES);
        project.run(&["create", "--name", name]).succeeds();
        let migrations = project.migrations();
        assert_eq!(migrations.len(), 1, "{name:?}: {migrations:?}");
        let written = migrations[0].split_once('_').expect("a version and a name").1;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(!written.is_empty() && written.chars().all(plain), "{name:?} became {written:?}");
        assert!(slug.is_empty() || written == slug, "{name:?} became {written:?}");
        assert!(!root().join("migrations").join(written).exists());
    }
}

/// R11: what has no letter in it is refused, or named after the change.
#[test]
fn r11_a_name_without_a_letter_writes_no_nameless_migration() {
    let project = Project::new(NOTES);
    project.run(&["create", "--name", "../.."]);
    for migration in project.migrations() {
        assert!(migration.split_once('_').is_some_and(|(_, name)| !name.is_empty()), "{migration}");
    }
}
