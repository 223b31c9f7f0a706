//! `glowplug pull`

use super::project::Project;

const DATABASE: &str = "\
CREATE TABLE org (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE session (
    id INTEGER NOT NULL PRIMARY KEY,
    org_id INTEGER NOT NULL REFERENCES org (id) ON DELETE CASCADE,
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status <> '')
);
CREATE INDEX session_status ON session (status);
";

fn project() -> Project {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    project.sqlite("app.sqlite", DATABASE);
    project
}

#[test]
fn what_is_pulled_is_what_is_there() {
    let project = project();
    let printed = project.run("pull").exit(0).stderr("").out();
    assert!(printed.contains("table! {") && printed.contains("ddl! {"), "{printed}");
    project.run("pull --output schema.rs").exit(0).stdout("schema.rs\n");
    assert_eq!(project.read("schema.rs"), printed);
    project.run("diff --exit-code").exit(0).stdout("");
    project.run("create").exit(0).stderr("No changes detected\n");
}

#[test]
fn a_file_that_is_there_is_not_overwritten_unasked() {
    let project = project().file("schema.rs", "// mine\n");
    let before = project.contents();
    project
        .run("pull --output schema.rs")
        .exit(4)
        .stdout("")
        .stderr("error: `schema.rs` is already there\nhint: `--yes` overwrites it\n");
    assert_eq!(project.contents(), before);
    project.run("pull --output schema.rs --yes").exit(0);
    assert!(project.read("schema.rs").contains("table! {"));
    project.run("pull --output nowhere/schema.rs").exit(1).stderr_has("cannot be written");
}

#[test]
fn without_a_database_there_is_nothing_to_pull() {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    project.run("pull").exit(1).stdout("").stderr_has("there is no database file `app.sqlite`");
    project.run("pull extra").exit(2);
    assert!(!project.exists("app.sqlite"));
}
