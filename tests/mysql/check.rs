//! `glowplug check` on MariaDB.

use crate::cli::project::Project;
use crate::support::mysql::Database;

const MODELS: &str = "\
diesel::table! {
    session (id) {
        id -> Integer,
        status -> Varchar,
        body -> Nullable<Mediumtext>,
    }
}
glowplug::ddl! {
    table session {
        status: default \"'pending'\";
        index session_status (status);
        check filled \"status <> ''\";
    }
}
";

const BESIDES: &str = "2030-01-01-000000-0000_besides";

/// Models, the migration that makes them, one of objects that no model names, and a database.
fn agreeing(database: &Database) -> Project {
    let project = Project::new()
        .file(".env", &format!("DATABASE_URL={}\n", database.url))
        .file("schema.rs", MODELS);
    project.run("create").exit(0);
    let up = "CREATE VIEW running AS SELECT id FROM session;\n\
        CREATE TRIGGER touch BEFORE INSERT ON session FOR EACH ROW SET NEW.status = 'x';\n";
    let project = project.migration(BESIDES, up, "DROP TRIGGER touch;\nDROP VIEW running;\n");
    project.run("migrate").exit(0);
    project
}

#[test]
fn nothing_is_told_and_nothing_written_where_all_agree() {
    let database = Database::create();
    let project = agreeing(&database);
    let (files, catalog) = (project.contents(), database.fingerprint());
    project
        .run("check")
        .exit(0)
        .stdout_has("2 migrations ran up, down and up again\nModels     as the migrations say\n")
        .stdout_has("as the applied migrations say\n")
        .stderr_has("No differences");
    let json = project.run("check --format json").exit(0).json();
    assert_eq!(json["agrees"], true);
    for part in ["migrations", "changes", "objects", "notes"] {
        assert_eq!(json["database"][part], serde_json::json!([]), "{part}");
    }
    assert_eq!(project.contents(), files);
    assert_eq!(database.fingerprint(), catalog);
    project.run("check --no-database").exit(0).stdout_has("Database   left out\n");
}

/// What is changed by hand, and the one line that names it.
const DRIFTS: &[(&str, &str)] = &[
    ("CREATE TABLE other (k INT PRIMARY KEY)", "+ table other"),
    ("ALTER TABLE session ADD COLUMN hand INT DEFAULT 3", "+ column session.hand  int, default 3"),
    ("DROP INDEX session_status ON session", "- index session_status on session (status)"),
    ("CREATE INDEX more ON session (id)", "+ index more on session (id)"),
    ("ALTER TABLE session DROP CONSTRAINT filled", "- check filled on session  `status` <> ''"),
    (
        "ALTER TABLE session MODIFY status varchar(77) NOT NULL DEFAULT 'pending'",
        "~ column session.status  varchar(255) → varchar(77)",
    ),
    ("DROP TRIGGER touch", "- trigger touch of session"),
    (
        "CREATE TRIGGER more AFTER DELETE ON session FOR EACH ROW SET @x = 1",
        "+ trigger more of session",
    ),
    ("DROP VIEW running", "- view running"),
    ("CREATE VIEW more AS SELECT 1 AS x", "+ view more"),
    ("CREATE PROCEDURE p() SELECT 1", "+ procedure p"),
    ("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1", "+ event e"),
    ("CREATE SEQUENCE s", "+ sequence s"),
    ("ALTER TABLE session COMMENT 'by hand'", "~ table session  comment"),
    (
        "ALTER TABLE session MODIFY body mediumtext COMMENT 'by hand'",
        "~ column session.body  comment",
    ),
];

#[test]
fn what_was_changed_by_hand_is_named_object_by_object() {
    for (by_hand, line) in DRIFTS {
        let database = Database::create();
        let project = agreeing(&database);
        database.must(by_hand);
        let ran = project.run("check").exit(3).stderr_has("They do not agree");
        let answer = ran.out();
        let told: Vec<_> = answer.lines().filter(|line| line.starts_with("  ")).collect();
        assert_eq!(told, [format!("  {line}")], "{by_hand}\n{answer}");
    }
}

#[test]
fn models_that_are_ahead_and_migrations_that_do_not_go_back_are_named() {
    let database = Database::create();
    let project = agreeing(&database);
    project.write("schema.rs", MODELS.replace("status", "state"));
    let ran = project.run("check --no-database").exit(3);
    ran.stdout_has("- column session.status").stdout_has("+ column session.state");
    project.write("schema.rs", MODELS);
    project.write(&format!("migrations/{BESIDES}/down.sql"), "DROP VIEW running;\n");
    project.run("check").exit(3).stdout_has(BESIDES).stdout_has("trigger `touch`");
}

/// The scratch database holds only what names none: the tables of `app` would be changed for good.
#[test]
fn what_names_another_database_is_not_replayed() {
    let (database, other) = (Database::create(), Database::create());
    other.must("CREATE TABLE k (x INT); INSERT INTO k VALUES (1)");
    let name = &other.name;
    for up in [
        format!("DELETE FROM {name}.k;"),
        format!("INSERT INTO `{name}` . k VALUES (2);"),
        format!("USE {name}; DELETE FROM k;"),
        format!("DROP DATABASE {name};"),
        format!("/*!50000 DELETE FROM {name}.k */;"),
        format!("SET STATEMENT max_statement_time = 5 FOR DROP DATABASE {name};"),
        format!("PREPARE s FROM 'DELETE FROM {name}.k'; EXECUTE s;"),
        "CREATE OR REPLACE USER glowplug_nobody@localhost IDENTIFIED BY 'x';".to_owned(),
        "DROP USER IF EXISTS glowplug_nobody@localhost;".to_owned(),
        "SET GLOBAL slow_launch_time = 2;".to_owned(),
    ] {
        let project = agreeing(&database).migration("2031-01-01-000000-0000_far", &up, "SELECT 1;");
        let said = format!("`2031-01-01-000000-0000_far` says `{}", up.split(';').next().unwrap());
        for verb in
            ["check", "check --no-database", "diff migrations models", "create --from migrations"]
        {
            project.run(verb).exit(1).stderr_has("cannot be replayed").stderr_has(&said);
        }
        assert_eq!(
            crate::support::mysql::lines(
                &mut other.connect(),
                "SELECT CAST(x AS CHAR) AS line FROM k"
            ),
            ["1"]
        );
        database.must("DROP TABLE session; DROP VIEW running; DROP TABLE __diesel_schema_migrations, __glowplug_history");
    }
    // What only asks the server is.
    let up = "CREATE TABLE seen AS SELECT count(*) AS n FROM information_schema.TABLES;";
    let project =
        agreeing(&database).migration("2031-01-01-000000-0000_near", up, "DROP TABLE seen;");
    project.run("check --no-database").exit(0);
}
