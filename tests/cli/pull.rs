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

#[cfg(feature = "postgres")]
#[test]
fn pull_goes_on_without_what_no_model_can_say() {
    let database = crate::support::postgres::Database::create();
    database.must(
        r#"CREATE SCHEMA "We""ird.sch"; CREATE TABLE "We""ird.sch".t (id int PRIMARY KEY);
        CREATE TABLE raw (id int PRIMARY KEY, "r\#x" int); CREATE TABLE nothing ();
        CREATE TYPE e AS ENUM (); CREATE TABLE t (a int, b int, c int, e e,
            CHECK (b > 0), CHECK (b > 0), UNIQUE (a), UNIQUE (a), EXCLUDE USING btree (b WITH =),
            EXCLUDE USING btree (b WITH =));
        CREATE INDEX ON t (a); CREATE INDEX ON t (a); CREATE INDEX ON t (a);
        CREATE TABLE twice (a int REFERENCES raw, b int REFERENCES raw,
            FOREIGN KEY (a) REFERENCES raw);
        CREATE TABLE child (a int PRIMARY KEY REFERENCES raw);
        CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE INDEX ON m (a); CREATE INDEX ON m (a)"#
            .replace("\\#", "#")
            .as_str(),
    );
    let project = Project::new().file(".env", &format!("DATABASE_URL={}\n", database.url));
    let pulled = project.run("pull --schema We\"ird.sch --output schema.rs").exit(0);
    for left_out in [
        "left out: table `We\"ird.sch.t`: its schema `We\"ird.sch` is no Rust identifier",
        "left out: column `raw.r#x`: ",
        "left out: table `nothing`: it has no column",
        "left out: type `e`: it has no value",
        "left out: table `twice`: two foreign keys lead from (a) to the same columns of `raw`",
    ] {
        assert!(pulled.err().contains(left_out), "{left_out} in {}", pulled.err());
    }
    let text = project.read("schema.rs");
    assert!(text.contains("// table `nothing`\n") && text.contains("// type `e`\n"), "{text}");
    project.run("diff --exit-code").exit(0).stdout("");
    project.run("create").exit(0).stdout("");
}
