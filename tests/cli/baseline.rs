//! `glowplug baseline`

use super::project::Project;
use crate::support::mysql;
use crate::support::postgres;

const TABLES: &str = "CREATE TABLE org (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL DEFAULT 'x' UNIQUE);
CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY, org_id INTEGER REFERENCES org (id) ON DELETE CASCADE);
CREATE INDEX session_org ON session (org_id);
INSERT INTO org VALUES (1, 'a')";

#[test]
fn a_database_without_migrations_gets_the_one_that_makes_it() {
    let (postgres, mysql) = (postgres::Database::create(), mysql::Database::create());
    postgres.must(TABLES);
    mysql.must(&TABLES.replace(
        "org_id INTEGER REFERENCES org (id) ON DELETE CASCADE",
        "org_id INTEGER, FOREIGN KEY (org_id) REFERENCES org (id) ON DELETE CASCADE",
    ));
    for url in ["app.sqlite", &postgres.url, &mysql.url] {
        let project = Project::new().file(".env", &format!("DATABASE_URL={url}\n"));
        if url == "app.sqlite" {
            project.sqlite(url, TABLES);
        }
        let ran = project
            .run("baseline")
            .exit(0)
            .stderr_has("1 migration noted as applied; nothing was run");
        let [name] = &project.migrations()[..] else { panic!("one migration") };
        assert!(name.ends_with("_baseline"), "{name}");
        assert_eq!(ran.out(), format!("{name}\n"));
        project.run("status --check").exit(0);
        // From nothing it makes the same.
        project.run("diff migrations database --exit-code").exit(0).stdout("");
        project.run("baseline").exit(0).stdout("").stderr_has("0 migrations noted");
    }
}

#[test]
fn migrations_that_are_there_are_compared_and_noted() {
    let project = Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .migration(
            "1_org",
            "CREATE TABLE org (id INTEGER NOT NULL PRIMARY KEY);",
            "DROP TABLE org;",
        )
        .migration(
            "2_note",
            "CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY);",
            "DROP TABLE note;",
        );
    project.sqlite("app.sqlite", "CREATE TABLE org (id INTEGER NOT NULL PRIMARY KEY);");
    let before = project.sqlite("app.sqlite", ".dump");
    project
        .run("baseline")
        .exit(4)
        .stderr_has("the database is not what the migrations make")
        .stderr_has("note")
        .stderr_has("--to VERSION");
    assert_eq!(project.sqlite("app.sqlite", ".dump"), before);
    project.run("baseline --to 1").exit(0).stdout("1_org\n");
    project.run("migrate").exit(0).stdout("+ 2_note\n");
    project.run("status --check").exit(0);
}

#[test]
fn a_database_that_is_not_there_is_no_starting_point() {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    project.run("baseline").exit(1).stderr_has("there is no database file");
    assert!(!project.exists("app.sqlite") && !project.exists("migrations"));
}
