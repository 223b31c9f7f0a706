//! Freedom: stock Diesel CLI runs, reverts and redoes what glowplug wrote, so does the system's older
//! SQLite, and glowplug goes on where Diesel CLI began.

use std::path::Path;
use std::process::Command;

use glowplug::backend::Backend;
use glowplug::model::Schema;

use crate::cli::project::Project;
use crate::support::case::Case;
use crate::support::fate::Fates;
use crate::support::postgres::Database;
use crate::support::rows::{self, Rows};
use crate::support::sqlite::{Fingerprint, Judge, framed};
use crate::support::{difference, engine, try_postgres, try_sqlite};

/// A case through files: written by `glowplug create`, run by programs that know nothing of it.
pub(crate) fn through_other_programs(name: &str) {
    let case = Case::open(name);
    if case.text("sqlite/up.sql").is_none() {
        // Nothing is planned, or the change is refused: there is no file to run.
        return;
    }
    let project = project(&case, "app.sqlite");
    let database = project.path().join("app.sqlite");
    try_sqlite::prepare(&case, &database).unwrap();
    let judge = Judge::new(&database);
    let before = Look::at(&judge);
    create(&project, &case, "app.sqlite");

    diesel(&project, "app.sqlite", &["migration", "run"]);
    let after = Look::at(&judge);
    let fates = fates(&case, Backend::Sqlite);
    assert_eq!(fates.lost_on_the_way_up(&before.rows, &after.rows), Vec::<String>::new());
    project.run("create --dry-run").exit(0).stderr_has("No changes");
    project.run("status").exit(0);

    diesel(&project, "app.sqlite", &["migration", "revert"]);
    before.is_again(&Look::at(&judge), &fates, "diesel migration revert");
    diesel(&project, "app.sqlite", &["migration", "run"]);
    diesel(&project, "app.sqlite", &["migration", "redo"]);
    after.looks_like(&Look::at(&judge).catalog, "diesel migration redo");

    through_sqlite3(&case, &project, &before, &after, &fates);
}

/// The very files, run by the system's `sqlite3`, with foreign keys on and off.
fn through_sqlite3(case: &Case, project: &Project, before: &Look, after: &Look, fates: &Fates) {
    let [migration] = &project.migrations()[..] else { panic!("one migration") };
    let in_transaction = !project.exists(&format!("migrations/{migration}/metadata.toml"));
    for foreign_keys in [true, false] {
        let path = project.path().join(format!("{foreign_keys}.sqlite"));
        try_sqlite::prepare(case, &path).unwrap();
        let judge = Judge::new(&path);
        for (direction, step) in [("up", 1), ("down", 2), ("up", 3)] {
            let sql = project.read(&format!("migrations/{migration}/{direction}.sql"));
            judge.must(&framed(&sql, in_transaction, foreign_keys));
            assert_eq!(judge.problems(), Vec::<String>::new(), "step {step}");
            let look = Look::at(&judge);
            match direction {
                "up" => after.looks_like(&look.catalog, "up.sql in sqlite3"),
                _ => before.is_again(&look, fates, "down.sql in sqlite3"),
            }
        }
    }
}

/// Catalog and rows.
struct Look {
    catalog: Fingerprint,
    rows: Rows,
}

impl Look {
    fn at(judge: &Judge) -> Self {
        Self { catalog: judge.fingerprint(), rows: rows::read(judge) }
    }

    #[track_caller]
    fn looks_like(&self, catalog: &Fingerprint, step: &str) {
        for (expected, found) in
            [(&self.catalog.texts, &catalog.texts), (&self.catalog.meaning, &catalog.meaning)]
        {
            if let Some(lines) = difference(expected, found) {
                panic!("after {step}:\n{lines}");
            }
        }
    }

    #[track_caller]
    fn is_again(&self, later: &Self, fates: &Fates, step: &str) {
        self.looks_like(&later.catalog, step);
        let lost = fates.lost_on_the_way_back(&self.rows, &later.rows);
        assert!(lost.is_empty(), "after {step}:\n{}", lost.join("\n"));
    }
}

fn project(case: &Case, url: &str) -> Project {
    Project::new()
        .file(".env", &format!("DATABASE_URL={url}\n"))
        .file("schema.rs", &case.models("after.rs"))
        .file("migrations/.keep", "")
}

fn create(project: &Project, case: &Case, url: &str) {
    let mut arguments = vec!["create", "change", "--database-url", url];
    let flags = case.answers.flags();
    arguments.extend(flags.iter().map(String::as_str));
    project.command_of(&arguments).finish().exit(0);
}

fn fates(case: &Case, backend: Backend) -> Fates {
    let read = |side: &str| -> Schema {
        engine::models(&case.folder.join(side), &case.models(side), backend).unwrap()
    };
    Fates::of(&read("before.rs"), &read("after.rs"), &case.answers)
}

/// Runs stock Diesel CLI, which must succeed.
#[track_caller]
pub(crate) fn diesel(project: &Project, url: &str, arguments: &[&str]) -> String {
    let output = diesel_in(&project.path(), url, arguments);
    assert!(
        output.status.success(),
        "diesel {arguments:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The same, where it may refuse; what it says then.
pub(crate) fn try_diesel(
    project: &Project,
    url: &str,
    arguments: &[&str],
) -> Result<String, String> {
    let output = diesel_in(&project.path(), url, arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

fn diesel_in(directory: &Path, url: &str, arguments: &[&str]) -> std::process::Output {
    Command::new("diesel")
        .args(arguments)
        .args(["--database-url", url])
        .current_dir(directory)
        .env_remove("DATABASE_URL")
        .env_remove("MIGRATION_DIRECTORY")
        .output()
        .expect("diesel is in PATH (scripts/diesel-cli builds it)")
}

/// Changes of every kind, on PostgreSQL.
#[test]
fn diesel_cli_runs_what_was_written_for_postgres() {
    const NAMES: &[&str] = &[
        "column-add-fill",
        "column-rename-indexed",
        "enum-drop-value",
        "many-changes-one-table",
        "many-tables",
        "names-hostile",
        "table-create",
        "table-drop",
        "tables-create-cycle",
        "type-text-to-integer",
        "view-over-new-column",
    ];
    for name in NAMES {
        let case = Case::open(name);
        let database = Database::create();
        try_postgres::prepare_case(&case, &database).unwrap_or_else(|e| panic!("{name}: {e}"));
        let before = (database.fingerprint(), database.rows());
        let project = project(&case, &database.url);
        create(&project, &case, &database.url);
        let fates = fates(&case, Backend::Postgres);

        diesel(&project, &database.url, &["migration", "run"]);
        let after = (database.fingerprint(), database.rows());
        assert_eq!(fates.lost_on_the_way_up(&before.1, &after.1), Vec::<String>::new(), "{name}");
        project.run("create --dry-run").exit(0).stderr_has("No changes");

        diesel(&project, &database.url, &["migration", "revert"]);
        assert_eq!(difference(&before.0, &database.fingerprint()), None, "{name}");
        let lost = fates.lost_on_the_way_back(&before.1, &database.rows());
        assert_eq!(lost, Vec::<String>::new(), "{name}");

        diesel(&project, &database.url, &["migration", "run"]);
        diesel(&project, &database.url, &["migration", "redo"]);
        assert_eq!(difference(&after.0, &database.fingerprint()), None, "{name}");
    }
}

/// The two share one history, whoever began.
#[test]
fn glowplug_goes_on_where_diesel_cli_began() {
    let project = Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .file("migrations/.keep", "")
        .file("schema.rs", crate::cli::project::SESSION);
    diesel(&project, "app.sqlite", &["migration", "generate", "make_session"]);
    let [name] = &project.migrations()[..] else { panic!("one migration") };
    let up = "CREATE TABLE session (id INTEGER PRIMARY KEY, status TEXT NOT NULL);\n";
    project.write(&format!("migrations/{name}/up.sql"), up);
    project.write(&format!("migrations/{name}/down.sql"), "DROP TABLE session;\n");

    project.run("migrate").exit(0);
    let listed = diesel(&project, "app.sqlite", &["migration", "list"]);
    assert!(listed.contains(&format!("[X] {name}")), "{listed}");
    project.run("create").exit(0).stderr_has("No changes");

    project.run("revert --yes").exit(0);
    let pending = diesel(&project, "app.sqlite", &["migration", "pending"]);
    assert_eq!(pending.trim(), "true");
    diesel(&project, "app.sqlite", &["migration", "run"]);
    project.run("status").exit(0);
    project.run("redo --yes").exit(0);
    diesel(&project, "app.sqlite", &["migration", "redo"]);
    project.run("create").exit(0).stderr_has("No changes");
}

/// Several migrations of Diesel's own making, with one that runs outside a transaction.
#[test]
fn glowplug_runs_diesels_own_layouts() {
    let project = Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .file("schema.rs", crate::cli::project::SESSION)
        .migration("00000000000000_diesel_initial_setup", "SELECT 1;\n", "SELECT 1;\n")
        .migration(
            "2020-01-01-000000_create_session",
            "-- Your SQL goes here\nCREATE TABLE session (id INTEGER PRIMARY KEY);\n",
            "-- This file should undo anything in `up.sql`\nDROP TABLE session;\n",
        )
        .migration(
            "2020-01-02-000000-0000_add_status",
            "PRAGMA foreign_keys = OFF;\nALTER TABLE session ADD COLUMN status TEXT NOT NULL DEFAULT '';\n",
            "ALTER TABLE session DROP COLUMN status;\n",
        )
        .file(
            "migrations/2020-01-02-000000-0000_add_status/metadata.toml",
            "run_in_transaction = false\n",
        );
    project.run("migrate").exit(0);
    assert_eq!(
        diesel(&project, "app.sqlite", &["migration", "pending"]).trim(),
        "false",
        "Diesel knows all of them"
    );
    project.run("revert --yes").exit(0);
    project.run("revert --yes").exit(0);
    diesel(&project, "app.sqlite", &["migration", "run"]);
    project.run("status").exit(0);
}
