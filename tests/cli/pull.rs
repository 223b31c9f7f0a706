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

#[test]
fn the_ddl_alone_goes_with_diesel_clis_own_schema() {
    let project = project();
    project.sqlite("app.sqlite", "CREATE TABLE \"type\" (id INTEGER NOT NULL PRIMARY KEY, \"it's\" TEXT DEFAULT 'x'); CREATE TABLE other (id INTEGER PRIMARY KEY);");
    let printed = project.run("print-schema --except-tables other").exit(0).out();
    project.write("src/schema.rs", &printed);
    project.run("pull --ddl-only --output src/ddl.rs").exit(0).stdout("src/ddl.rs\n");
    let ddl = project.read("src/ddl.rs");
    assert!(ddl.contains("use crate::schema::*;") && !ddl.contains("table! {"), "{ddl}");
    assert!(ddl.contains("table type_ {") && ddl.contains("it_s: default"), "{ddl}");
    assert!(!ddl.contains("table other"), "what no model names has no block: {ddl}");
    assert_eq!(project.read("src/schema.rs"), printed);
    project.run("diff --exit-code").exit(0).stdout("");
    // And it says all: an index that goes is a difference.
    project.sqlite("app.sqlite", "DROP INDEX session_status");
    project.run("diff --exit-code").exit(3).stdout_has("session_status");
    // Written again it stays out of its own way.
    project.run("pull --ddl-only --yes --output src/ddl.rs").exit(0);
    project.run("diff --exit-code").exit(0).stdout("");
}
