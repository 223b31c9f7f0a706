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

/// SQLite's are written by their texts.
#[test]
fn what_a_first_migration_leaves_out_is_named() {
    let mysql = mysql::Database::create();
    mysql.must(TABLES);
    mysql.must("CREATE TRIGGER gone AFTER DELETE ON org FOR EACH ROW DELETE FROM session");
    let project = Project::new().file(".env", &format!("DATABASE_URL={}\n", mysql.url));
    project.run("baseline").exit(4).stdout("").stderr_has("  + trigger gone of org\n");
    assert!(!project.exists("migrations"));
    project.run("baseline --yes").exit(0).stderr_has("  + trigger gone of org\n");
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

/// A file that other programs wrote: small letters, comments, and kinds that no model can say.
const OTHERS: &str = "CREATE TABLE t (id integer primary key, name varchar(20) not null, -- who
    at datetime default (datetime('now')) -- when
);
CREATE TABLE log (what text);
CREATE INDEX by_name ON t(name collate nocase) -- folded
;
CREATE VIEW v AS SELECT name FROM t;
CREATE TRIGGER noted AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.name); INSERT INTO log VALUES ('x'); END;
CREATE TRIGGER through INSTEAD OF INSERT ON v BEGIN INSERT INTO t(name) VALUES (new.name); END;
CREATE VIRTUAL TABLE words USING fts5(name, content='t', content_rowid='id');
CREATE VIRTUAL TABLE box USING rtree(id, a, b);
CREATE TRIGGER searched AFTER INSERT ON t BEGIN INSERT INTO words(rowid, name) VALUES (new.id, new.name); END;
";

#[test]
fn a_file_is_taken_over_with_what_no_model_can_say() {
    const TEXTS: &str = "SELECT type, name, tbl_name, sql FROM sqlite_schema \
        WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY type, name;";
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    project.sqlite("app.sqlite", OTHERS);
    let models = project.run("pull").exit(0).out();
    project.write("schema.rs", models);
    let texts = project.sqlite("app.sqlite", TEXTS);
    project.run("baseline").exit(0);
    project.run("check").exit(0).stdout_has("app.sqlite: as the applied migrations say\n");
    project.run("diff migrations database --exit-code").exit(0).stdout("");
    // From nothing, and back to it.
    std::fs::remove_file(project.path().join("app.sqlite")).unwrap();
    project.run("migrate").exit(0);
    assert_eq!(project.sqlite("app.sqlite", TEXTS), texts);
    project.sqlite("app.sqlite", "INSERT INTO v VALUES ('a b');");
    assert_eq!(project.sqlite("app.sqlite", "SELECT rowid FROM words('b');"), "1\n");
    project.run("revert --yes").exit(0);
    assert_eq!(project.sqlite("app.sqlite", TEXTS), "");
}

#[test]
fn what_only_the_application_registers_is_left_to_it_by_name() {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    project.sqlite(
        "app.sqlite",
        "CREATE TABLE t (a); PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES \
         ('table', 'near', 'near', 0, 'CREATE VIRTUAL TABLE near USING vec0(a)');",
    );
    project
        .run("baseline")
        .exit(4)
        .stderr_has("module `vec0`")
        .stderr_has("hint: the setting `unmanaged` leaves out what needs it, by name");
    project.command("baseline").env("GLOWPLUG_UNMANAGED", "near").finish().exit(0);
}
