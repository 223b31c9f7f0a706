//! The setting `sqlite-min-version`: the library that runs a migration is the application's.

use crate::cli::project::Project;

const BEFORE: &str = "\
diesel::table! { session (id) { id -> Integer, status -> Text, plan -> Nullable<Text> } }
";

/// A project with a row, whose models have lost a column and got another.
fn changed(to: &str) -> Project {
    let project =
        Project::new().file(".env", "DATABASE_URL=app.sqlite\n").file("schema.rs", BEFORE);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    project.sqlite("app.sqlite", "INSERT INTO session VALUES (1, 'open', 'none')");
    let models = BEFORE.replace("plan -> Nullable<Text>", to);
    project.file("schema.rs", &models)
}

/// up.sql and down.sql of the latest migration.
fn latest(project: &Project) -> [String; 2] {
    let name = project.migrations().pop().expect("a migration");
    ["up", "down"].map(|file| project.read(&format!("migrations/{name}/{file}.sql")))
}

fn create(project: &Project, version: &str) -> [String; 2] {
    let line = "create --no-renames --allow drop-column";
    project.command(line).env("GLOWPLUG_SQLITE_MIN_VERSION", version).finish().exit(0);
    latest(project)
}

#[test]
fn before_3_35_no_column_is_dropped_in_place() {
    for version in ["3.26", "3.34.1"] {
        let project = changed("");
        let [up, down] = create(&project, version);
        assert!(up.contains("-- glowplug: rebuild\n") && !up.contains("DROP COLUMN"), "{up}");
        assert!(!down.contains("DROP COLUMN"), "{down}");
        project.run("migrate").exit(0);
        assert_eq!(project.sqlite("app.sqlite", "SELECT * FROM session"), "1|open\n");
        project.run("revert --yes").exit(0);
        assert_eq!(project.sqlite("app.sqlite", "SELECT * FROM session"), "1|open|\n");
    }
    for version in ["3.35", "3.53.0", "4.0"] {
        let [up, _] = create(&changed(""), version);
        assert!(up.contains("ALTER TABLE \"session\" DROP COLUMN \"plan\";"), "{up}");
    }
}

/// The way back of a new column is one that goes.
#[test]
fn before_3_35_a_new_column_goes_by_a_rebuild() {
    let project = changed("plan -> Nullable<Text>, note -> Nullable<Text>");
    let [up, down] = create(&project, "3.30");
    assert!(up.contains("ADD COLUMN \"note\" TEXT;"), "{up}");
    assert!(down.contains("-- glowplug: rebuild\n") && !down.contains("DROP COLUMN"), "{down}");
    project.run("migrate").exit(0);
    project.run("create").exit(0).stderr("No changes detected\n");
    project.run("revert --yes").exit(0);
    assert_eq!(project.sqlite("app.sqlite", "SELECT * FROM session"), "1|open|none\n");
}

#[test]
fn what_is_older_than_every_migration_is_refused() {
    for (version, of) in [("3.25.9", "3.25.9"), ("2.8", "2.8"), ("new", "new"), ("3", "3")] {
        let project = changed("").file(
            "Cargo.toml",
            &format!("[package.metadata.glowplug]\nsqlite-min-version = \"{version}\"\n"),
        );
        let before = project.contents();
        let ran = project.run("create --allow drop-column").exit(1);
        ran.stderr_has(&format!("is `{of}`, expected a version of SQLite that is 3.26 or newer"))
            .stderr_has("`sqlite-min-version` in `");
        assert_eq!(project.contents(), before);
    }
}
