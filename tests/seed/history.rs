//! The fifteen migrations: that the tool writes them, that they run, upgrade and revert.

use std::process::Command;

use crate::support::postgres::Database;

use super::project::{Project, application_migrations, names_in, root};

/// What one row of each table looks like; columns that a snapshot does not have are left out.
const ROWS: &[(&str, &[(&str, &str)])] = &[
    ("session", &[("id", "1"), ("command_line", "'fix the build'")]),
    (
        "human_input",
        &[("id", "1"), ("content", "'why?'"), ("source", "'chat'"), ("session_id", "1")],
    ),
    ("key_fact", &[("id", "1"), ("content", "'it''s Rust'"), ("human_input_id", "1")]),
    (
        "key_snippet",
        &[
            ("id", "1"),
            ("filepath", "'src/lib.rs'"),
            ("line_number", "7"),
            ("snippet", "'mod model;'"),
            ("session_id", "1"),
        ],
    ),
    ("research_note", &[("id", "1"), ("content", "'noted'"), ("human_input_id", "1")]),
    (
        "trajectory",
        &[
            ("id", "1"),
            ("tool_name", "'grep'"),
            ("cost", "0.25"),
            ("tokens", "12"),
            ("is_error", "0"),
        ],
    ),
];

/// Puts one row in each table that is there.
fn insert_rows(project: &Project) {
    let columns = project.sql(
        "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
         WHERE m.type = 'table'",
    );
    let has =
        |table: &str, column: &str| columns.lines().any(|it| it == format!("{table}.{column}"));
    for (table, values) in ROWS {
        let there: Vec<_> = values.iter().filter(|(column, _)| has(table, column)).collect();
        if there.is_empty() {
            continue;
        }
        let names: Vec<_> = there.iter().map(|(column, _)| *column).collect();
        let values: Vec<_> = there.iter().map(|(_, value)| *value).collect();
        project.sql(&format!(
            "INSERT INTO {table} ({}) VALUES ({});",
            names.join(", "),
            values.join(", ")
        ));
    }
}

/// What is left of the rows that [`insert_rows`] put there, whatever the snapshot.
fn texts(project: &Project) -> String {
    project.sql(
        "SELECT 'fact', content FROM key_fact UNION ALL
         SELECT 'snippet', filepath || snippet || line_number FROM key_snippet UNION ALL
         SELECT 'input', content || source FROM human_input UNION ALL
         SELECT 'note', content FROM research_note UNION ALL
         SELECT 'step', tool_name FROM trajectory UNION ALL
         SELECT 'session', command_line || status FROM session ORDER BY 1",
    )
}

/// Lives through the edits in an empty database; where the migrations are.
fn replay(url: &str) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().expect("a scratch directory");
    let output = Command::new(root().join("scripts/replay-seed-history"))
        .arg(scratch.path())
        .arg(url)
        .env("GLOWPLUG", env!("CARGO_BIN_EXE_glowplug"))
        .output()
        .expect("the script runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    scratch
}

#[test]
fn the_committed_migrations_are_what_the_tool_writes() {
    let scratch = replay("app.sqlite");

    assert_eq!(names_in(scratch.path()), application_migrations());
    for name in application_migrations() {
        for file in ["up.sql", "down.sql", "metadata.toml"] {
            let read = |path: std::path::PathBuf| std::fs::read_to_string(path).ok();
            let written = read(scratch.path().join(&name).join(file));
            let committed = read(root().join("migrations").join(&name).join(file));
            assert_eq!(written, committed, "{name}/{file}");
        }
    }
}

/// The same edits, lived through on a PostgreSQL server, and the migration of the example for it.
#[test]
fn the_history_can_be_lived_through_on_postgresql() {
    let step_by_step = Database::create();
    let scratch = replay(&step_by_step.url);
    assert_eq!(names_in(scratch.path()), application_migrations());

    let at_once = Database::create();
    let project = Project::of_the_application();
    let directory = root().join("examples/app/postgres");
    let directory = directory.to_str().expect("the path is UTF-8");
    let flags = ["--database-url", &at_once.url, "--migration-dir", directory];
    project.run(&[&["migrate"], &flags[..]].concat()).succeeds();
    project.run(&[&["create"], &flags[..]].concat()).succeeds().says(&["No changes detected"]);
    assert_eq!(at_once.fingerprint(), step_by_step.fingerprint());
}

/// One migration each, named as in the system that it was taken from.
#[test]
fn there_is_one_migration_for_each_edit() {
    let without_number =
        |name: &str| name.split_once('_').expect("a number and a name").1.to_owned();
    let edits = std::fs::read_dir(root().join("tests/seed/edits")).expect("the edits are there");
    let mut edits: Vec<String> = edits
        .map(|edit| edit.expect("the edits are read").file_name().into_string().expect("UTF-8"))
        .collect();
    edits.sort();
    let edits: Vec<_> =
        edits.iter().map(|edit| without_number(edit.trim_end_matches(".patch"))).collect();
    let migrations = application_migrations();
    let migrations: Vec<_> = migrations.iter().map(|name| without_number(name)).collect();
    assert_eq!(migrations, edits);
    assert_eq!(migrations.len(), 15);
    assert_eq!(migrations[0], "add_key_fact_model");
    assert_eq!(migrations[14], "add_plan_to_session");
}

/// R2: the shipped chain ran only where the application had created the tables before.
#[test]
fn r02_the_history_replays_on_an_empty_database_and_gives_the_models() {
    let project = Project::migrated();
    let tables = project.sql(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1",
    );
    let expected =
        ["human_input", "key_fact", "key_snippet", "research_note", "session", "trajectory"];
    assert_eq!(tables.lines().collect::<Vec<_>>(), expected);
    project.run(&["diff", "database", "models", "--exit-code"]).succeeds();
}

/// R3: an upgrade from an older release could get stuck for ever.
#[test]
fn r03_every_release_upgrades_to_the_newest_and_keeps_its_rows() {
    let fresh = Project::migrated();
    let (catalog, shape) = (fresh.catalog(), fresh.shape());
    let names = application_migrations();
    for (place, name) in names.iter().enumerate() {
        let project = Project::of_the_application();
        let version = name.split_once('_').expect("a version and a name").0;
        project.run(&["migrate", "--to", version]).succeeds();
        insert_rows(&project);
        project.run(&["migrate"]).succeeds();

        assert_eq!(project.shape(), shape, "from {name}");
        assert_eq!(project.catalog(), catalog, "from {name}");
        assert_eq!(project.sql("PRAGMA foreign_key_check; PRAGMA integrity_check"), "ok", "{name}");
        let kept = texts(&project);
        assert!(kept.contains("fact|it's Rust"), "from {name}: {kept}");
        if place >= 6 {
            let all = "fact|it's Rust\ninput|why?chat\nnote|noted\nsession|fix the buildpending\n\
                       snippet|src/lib.rsmod model;7\nstep|grep";
            assert_eq!(kept, all, "from {name}");
        }
    }
}

/// R10: after a migration, autogeneration proposed to add again what was there, and to drop data.
#[test]
fn r10_after_the_history_there_is_nothing_to_create() {
    let project = Project::migrated();
    let before = project.migrations();
    project.run(&["create"]).succeeds().says(&["No changes detected"]);
    assert_eq!(project.migrations(), before);
}

/// R21: roll-backs were written but could not be run, and lost data in other tables when they were.
#[test]
fn r21_up_down_up_gives_the_same_catalog_and_keeps_the_rows_of_other_tables() {
    let project = Project::migrated();
    let catalog = project.catalog();
    insert_rows(&project);
    let rows = texts(&project);

    // Status and plan go; their table is built anew under the five that refer to it.
    project.run(&["revert", "-n", "2", "--yes"]).succeeds();
    assert_eq!(project.sql("SELECT count(*) FROM pragma_table_info('session')"), "7");
    assert_eq!(project.sql("SELECT session_id FROM key_snippet"), "1", "the reference survives");
    project.run(&["migrate"]).succeeds();
    assert_eq!(project.catalog(), catalog);
    assert_eq!(texts(&project), rows);

    project.run(&["revert", "--all", "--yes"]).succeeds();
    assert_eq!(project.catalog(), "");
    project.run(&["migrate"]).succeeds();
    assert_eq!(project.catalog(), catalog);
}

/// The cost of a step was renamed, not dropped and added: the seed lost it.
#[test]
fn the_cost_of_a_step_survives_its_new_name() {
    let project = Project::of_the_application();
    let names = application_migrations();
    let before = names.iter().position(|name| name.ends_with("_add_token_fields_to_trajectory"));
    let before = &names[before.expect("the migration is there") - 1];
    let version = before.split_once('_').expect("a version and a name").0;
    project.run(&["migrate", "--to", version]).succeeds();
    insert_rows(&project);
    project.run(&["migrate"]).succeeds();
    assert_eq!(project.sql("SELECT current_cost, input_tokens FROM trajectory"), "0.25|");
}
