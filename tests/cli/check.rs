//! `glowplug check`

use super::project::{Project, SESSION};

const ONE: &str = "2026-01-01-000000-0000_one";
const TWO: &str = "2026-01-02-000000-0000_two";

const SESSION_UP: &str =
    "CREATE TABLE session (\n    id INTEGER NOT NULL PRIMARY KEY,\n    status TEXT NOT NULL\n);\n";

/// Models, one migration that makes them, and a database to which it is applied.
fn agreeing() -> Project {
    let project = Project::with_session().migration(ONE, SESSION_UP, "DROP TABLE session;\n");
    project.run("migrate").exit(0);
    project
}

/// The lines that follow the one that starts so, as long as they are indented.
fn part(answer: &str, start: &str) -> Vec<String> {
    let mut lines = answer.lines().skip_while(|line| !line.starts_with(start));
    let head = lines.next().unwrap_or_else(|| panic!("no {start} in\n{answer}"));
    let body = lines.take_while(|line| line.starts_with("  ")).map(|line| line.trim().to_owned());
    [head.to_owned()].into_iter().chain(body).collect()
}

#[test]
fn nothing_is_told_and_nothing_written_where_all_agree() {
    let project = agreeing();
    let before = project.contents();
    project.run("check").exit(0).stderr("No differences\n").stdout(
        "Migrations migrations: 1 migration ran up, down and up again\n\
         Models     as the migrations say\n\
         Database   app.sqlite: as the applied migrations say\n",
    );
    let json = project.run("check --format json").exit(0).json();
    assert_eq!(json["version"], 1);
    assert_eq!((&json["agrees"], &json["halted"]), (&true.into(), &serde_json::Value::Null));
    assert_eq!(json["migrations"][0]["name"], ONE);
    for part in ["migrations", "changes", "objects", "notes"] {
        assert_eq!(json["database"][part], serde_json::json!([]), "{part}");
    }
    assert_eq!(project.contents(), before);
}

#[test]
fn the_database_may_be_left_out() {
    let project =
        Project::new().file("schema.rs", SESSION).migration(ONE, SESSION_UP, "DROP TABLE session;");
    project
        .run("check")
        .exit(1)
        .stderr_has("no database is named")
        .stderr_has("`glowplug check --no-database` leaves the database out");
    project.run("check --no-database").exit(0).stdout_has("Database   left out\n");
    let json = project.run("check --no-database --format json").exit(0).json();
    assert_eq!(json["database"], serde_json::Value::Null);
    // A database that is named and wrong is not looked at.
    project.write("app.sqlite", "no database");
    project.run("check --no-database --database-url app.sqlite").exit(0);
    project.run("check --database-url app.sqlite").exit(1).stderr_has("is not a SQLite database");
    let project = project.file("schema.rs", &SESSION.replace("status", "state"));
    let run = project.run("check --no-database").exit(3);
    assert_eq!(
        part(&run.out(), "Models"),
        [
            "Models     2 differences from the migrations",
            "- column session.status",
            "+ column session.state  TEXT, not null"
        ]
    );
    run.stderr_has("`make migrate-create`");
}

#[test]
fn a_database_that_does_not_exist_is_not_made() {
    let project = agreeing();
    std::fs::remove_file(project.path().join("app.sqlite")).unwrap();
    let run = project.run("check").exit(3).stderr_has("`make migrate`");
    assert_eq!(
        part(&run.out(), "Database"),
        ["Database   app.sqlite: it does not exist yet", &format!("pending      {ONE}")]
    );
    assert!(!project.exists("app.sqlite"));
}

/// What is changed by hand, and the line that names it.
const DRIFTS: &[(&str, &str)] = &[
    ("CREATE TABLE other (k INTEGER)", "+ table other"),
    ("DROP TABLE child", "- table child"),
    (
        "ALTER TABLE session ADD COLUMN hand INTEGER DEFAULT 3",
        "+ column session.hand  INTEGER, default 3",
    ),
    (
        "DROP INDEX session_status; CREATE INDEX session_status ON session (status, id)",
        "+ index session_status on session (status, id)",
    ),
    ("DROP INDEX session_status", "- index session_status on session (status)"),
    ("CREATE INDEX more ON session (id)", "+ index more on session (id)"),
    ("DROP VIEW running; CREATE VIEW running AS SELECT 1 AS one", "+ view running"),
    ("DROP VIEW running", "- view running"),
    ("DROP TRIGGER touch", "- trigger touch of session"),
    ("CREATE TRIGGER more AFTER DELETE ON child BEGIN SELECT 1; END", "+ trigger more of child"),
    (
        "DROP TRIGGER touch; CREATE TRIGGER touch AFTER UPDATE ON session BEGIN SELECT 2; END",
        "~ trigger touch of session",
    ),
    ("CREATE VIRTUAL TABLE words USING fts5(word)", "+ table words"),
    (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'TEXT NOT NULL', 'BLOB NOT NULL') WHERE name = 'session'",
        "~ column session.status  TEXT → BLOB",
    ),
    (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'DEFAULT 1', 'DEFAULT 2') WHERE name = 'child'",
        "~ column child.kind  default 1 → 2",
    ),
    (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, '> 0', '> 1') WHERE name = 'child'",
        "+ check positive on child  kind > 1",
    ),
    (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'ON DELETE CASCADE', 'ON DELETE SET NULL') WHERE name = 'child'",
        "+ foreign key child (session) → session (id) on delete set null",
    ),
    // Introspection sees the same key; the text does not say the same.
    (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'PRIMARY KEY,', 'PRIMARY KEY ASC,') WHERE name = 'session'",
        "~ table session",
    ),
];

fn full() -> Project {
    let up = format!(
        "{SESSION_UP}CREATE INDEX session_status ON session (status);\n\
         CREATE TABLE child (\n    k INTEGER PRIMARY KEY,\n    session INTEGER REFERENCES session (id) ON DELETE CASCADE,\n    \
         kind INTEGER DEFAULT 1,\n    CONSTRAINT positive CHECK (kind > 0)\n);\n\
         CREATE VIEW running AS SELECT id FROM session WHERE status = 'running';\n\
         CREATE TRIGGER touch AFTER UPDATE ON session BEGIN SELECT 1; END;\n"
    );
    let down = "DROP VIEW running; DROP TABLE child; DROP TABLE session;";
    let project = Project::with_session().migration(ONE, &up, down);
    project.run("migrate").exit(0);
    project
}

#[test]
fn what_was_changed_by_hand_is_named_object_by_object() {
    let project = full();
    project.run("check").exit(0);
    let pristine = std::fs::read(project.path().join("app.sqlite")).unwrap();
    for (sql, line) in DRIFTS {
        project.write("app.sqlite", &pristine);
        project.sqlite("app.sqlite", sql);
        let run = project.run("check").exit(3);
        let told = part(&run.out(), "Database");
        assert!(told.iter().any(|told| told == line), "{sql}\n{told:#?}");
        project.run("check --no-database").exit(0);
    }
}

#[test]
fn both_texts_of_a_changed_object_are_shown() {
    let project = full();
    let sql =
        "DROP TRIGGER touch; CREATE TRIGGER touch AFTER UPDATE ON session BEGIN SELECT 2; END";
    project.sqlite("app.sqlite", sql);
    let run = project.run("check").exit(3);
    assert_eq!(
        part(&run.out(), "Database")[1..],
        [
            "~ trigger touch of session",
            "migrations: CREATE TRIGGER touch AFTER UPDATE ON session BEGIN SELECT 1; END",
            "database:   CREATE TRIGGER touch AFTER UPDATE ON session BEGIN SELECT 2; END",
        ]
    );
    run.stderr_has("`glowplug migrate --fake`");
    let json = project.run("check --format json").exit(3).json();
    let object = &json["database"]["objects"][0];
    assert_eq!((&object["kind"], &object["name"]), (&"trigger".into(), &"touch".into()));
    assert!(object["from"].as_str().unwrap().contains("SELECT 1"));
    assert!(object["to"].as_str().unwrap().contains("SELECT 2"));
}

#[test]
fn another_spelling_is_told_and_no_difference() {
    let project = agreeing();
    project.sqlite("app.sqlite", "DROP TABLE session");
    project.sqlite(
        "app.sqlite",
        "create table [session] (status text not null, id integer not null primary key)",
    );
    project
        .run("check")
        .exit(0)
        .stderr_has("table `session` is spelt otherwise and says the same\n");
    let json = project.run("check --format json").exit(0).json();
    assert_eq!(json["database"]["notes"][0]["name"], "session");
}

#[test]
fn what_is_unmanaged_is_nobodys_business() {
    let project = agreeing();
    project.sqlite("app.sqlite", "CREATE TABLE audit_log (k INTEGER PRIMARY KEY); CREATE TRIGGER audit_touch AFTER INSERT ON audit_log BEGIN SELECT 1; END");
    project.run("check").exit(3).stdout_has("+ table audit_log\n");
    project.command("check").env("GLOWPLUG_UNMANAGED", "audit_*").finish().exit(0);
}

#[test]
fn drift_is_judged_by_what_is_applied() {
    let project = agreeing().migration(TWO, "CREATE INDEX s ON session (status);", "DROP INDEX s;");
    let run = project.run("check").exit(3);
    assert_eq!(
        part(&run.out(), "Database"),
        ["Database   app.sqlite: as the applied migrations say", &format!("pending      {TWO}")]
    );
    project.sqlite("app.sqlite", "CREATE INDEX hand ON session (id)");
    project.run("check").exit(3).stdout_has("  + index hand on session (id)\n");
}

#[test]
fn edited_missing_and_late_migrations_are_told_as_in_status() {
    let project = agreeing();
    let up = format!("migrations/{ONE}/up.sql");
    let text = project.read(&up);
    project.write(&up, format!("{text}-- edited\n"));
    project
        .run("check")
        .exit(3)
        .stdout_has(&format!("  edited       {ONE}"))
        .stderr_has("put the old text back");
    project.write(&up, &text);
    let late = "2025-01-01-000000-0000_late";
    let project = project.migration(late, "CREATE TABLE late (k INTEGER);", "DROP TABLE late;");
    project.run("check").exit(3).stdout_has(&format!("  out of order {late}"));
    std::fs::remove_dir_all(project.path().join("migrations").join(ONE)).unwrap();
    project
        .run("check")
        .exit(3)
        .stdout_has(&format!("  missing      {ONE}"))
        .stdout_has("  + table session\n")
        .stderr_has("switch to the branch that has it");
}

#[test]
fn two_migrations_of_one_version_are_not_replayed() {
    let project = agreeing().migration("2026-01-01-000000-0000_other", "SELECT 1;", "SELECT 1;");
    project
        .run("check")
        .exit(3)
        .stdout_has("Migrations migrations: not replayed: two have one version\n")
        .stdout_has("  duplicate 2026-01-01-000000-0000_one\n")
        .stdout_has("  duplicate 2026-01-01-000000-0000_other\n")
        .stderr_has("rename one of the directories");
}

/// A second migration that does not go down and up again, and what is told of it.
const BROKEN: &[(&str, &str, &[&str])] = &[
    (
        "CREATE TABLE b (k INTEGER);\nCREATE INDEX b_k ON session (status);",
        "DROP TABLE b;",
        &[
            "down.sql leaves index `b_k` of `session`, which was not there",
            "up.sql:2",
            "CREATE INDEX b_k ON session (status);",
        ],
    ),
    (
        "DROP TRIGGER touch;\n",
        "SELECT 1;",
        &[
            "down.sql does not bring trigger `touch` of `session` back",
            "up.sql:1",
            "DROP TRIGGER touch;",
        ],
    ),
    (
        "ALTER TABLE session ADD COLUMN plan TEXT DEFAULT 'a';",
        "ALTER TABLE session DROP COLUMN plan; ALTER TABLE session ADD COLUMN plan TEXT;",
        &["down.sql does not restore table `session`", "before:", "after:", "up.sql:1"],
    ),
    (
        "CREATE TABLE b (k INTEGER);",
        "DROP TABLE b;\nDROP TABLE c;",
        &["down.sql fails: no such table: c", "down.sql:2", "DROP TABLE c;"],
    ),
    (
        "INSERT INTO session VALUES (1, 'a');",
        "SELECT 1;",
        &[
            "up.sql, run again after down.sql, fails: UNIQUE constraint failed: session.id",
            "up.sql:1",
        ],
    ),
];

#[test]
fn a_migration_that_does_not_go_down_and_up_again_is_named() {
    let base = full();
    for (up, down, told) in BROKEN {
        let project = Project::with_session()
            .migration(
                ONE,
                &base.read(&format!("migrations/{ONE}/up.sql")),
                &base.read(&format!("migrations/{ONE}/down.sql")),
            )
            .migration(TWO, up, down)
            // It goes on after it, from where it ends.
            .migration(
                "2026-01-03-000000-0000_three",
                "CREATE TABLE d (k INTEGER);",
                "DROP TABLE d;",
            );
        let run = project.run("check --no-database").exit(3);
        let migrations = part(&run.out(), "Migrations");
        assert_eq!(migrations[0], "Migrations migrations: 1 problem in 3 migrations");
        assert!(migrations[1].starts_with(&format!("! {TWO}: {}", told[0])), "{migrations:#?}");
        for told in *told {
            assert!(migrations.join("\n").contains(told), "lacks {told}:\n{migrations:#?}");
        }
        let json = project.run("check --no-database --format json").exit(3).json();
        let problem = &json["migrations"][1]["problems"][0];
        assert!(problem["message"].as_str().unwrap().starts_with(told[0]), "{problem}");
        assert!(problem["statement"]["line"].is_number(), "{problem}");
        assert_eq!(json["migrations"][2]["problems"], serde_json::json!([]));
    }
}

#[test]
fn what_cannot_be_tried_is_named() {
    let project = agreeing().migration(TWO, "INSERT INTO session VALUES (7, 'a');", "");
    std::fs::remove_file(project.path().join(format!("migrations/{TWO}/down.sql"))).unwrap();
    let three = "2026-01-03-000000-0000_three";
    let project = project.migration(
        three,
        "INSERT INTO session VALUES (8, 'b') ON CONFLICT DO NOTHING;",
        "SELECT 1;",
    );
    project.run("migrate").exit(0);
    project
        .run("check")
        .exit(0)
        .stderr_has(&format!("{TWO} has no down.sql: only up.sql ran\n"))
        .stderr_has(&format!(
            "{three} down.sql does not bring the rows of `session` back: 1 before, 2 after\n"
        ));
    let json = project.run("check --format json").exit(0).json();
    assert_eq!(json["migrations"][1]["notes"][0]["note"], "no-down");
    assert_eq!(json["migrations"][2]["notes"][0]["note"], "rows-stay");
}

#[test]
fn a_migration_that_fails_on_an_empty_database_ends_the_check() {
    let project =
        agreeing().migration(TWO, "SELECT 1;\nINSERT INTO nowhere VALUES (1);", "SELECT 1;");
    let run = project.run("check").exit(1);
    run.stdout_has(
        "Migrations migrations: 1 migration ran up, down and up again, and the next one fails\n",
    )
    .stdout_has("Models     not compared")
    .stdout_has("Database   app.sqlite: as the applied migrations say\n")
    .stderr_has("no such table: nowhere")
    .stderr_has(&format!("--> migrations/{TWO}/up.sql:2"))
    .stderr_has("hint: the migrations were replayed on an empty scratch database");
    let run = project.run("check --format json").exit(1);
    assert!(run.json()["halted"].as_str().unwrap().contains("no such table: nowhere"));
    assert_eq!(run.json()["models"], serde_json::Value::Null);
}

#[test]
fn a_rebuild_goes_down_and_up_too() {
    let project = agreeing();
    let nullable = SESSION.replace("status -> Text", "status -> Nullable<Text>");
    project.write("schema.rs", nullable);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    project.run("check").exit(0).stdout_has("2 migrations ran up, down and up again");
    project.run("redo --yes").exit(0);
    project.run("check").exit(0);
}

#[test]
fn bad_input_is_an_error() {
    let project = Project::with_session();
    project.run("check").exit(1).stderr_has("there is no directory").stderr_has("`glowplug init`");
    std::fs::create_dir(project.path().join("migrations")).unwrap();
    project.write(&format!("migrations/{ONE}/down.sql"), "SELECT 1;");
    project.run("check").exit(1).stderr_has("has no `up.sql`");
    for wrong in ["check x", "check --offline", "check --format yaml"] {
        project.run(wrong).exit(2);
    }
    project
        .run("check --no-database --database-url postgres://u:hunter2@127.0.0.1:1/d --models schema.rs")
        .exit(1);
}

/// The scratch database is in memory; a file that a migration names is not.
#[test]
fn a_replay_writes_no_other_file() {
    for up in [
        "ATTACH 'other.db' AS o; CREATE TABLE IF NOT EXISTS o.x (i); INSERT INTO o.x VALUES (1);",
        "VACUUM INTO 'snap.db';",
    ] {
        let name = "2031-01-01-000000-0000_far";
        let project = agreeing()
            .migration(name, up, "SELECT 1;")
            .file(&format!("migrations/{name}/metadata.toml"), "run_in_transaction = false\n");
        project.run("check").exit(1).stderr_has("which would change more than a scratch database");
        assert!(!project.exists("other.db") && !project.exists("snap.db"), "{up}");
    }
    let project = agreeing()
        .migration(
            "2031-01-01-000000-0000_near",
            "ATTACH ':memory:' AS o; DETACH o; VACUUM;",
            "VACUUM;",
        )
        .file(
            "migrations/2031-01-01-000000-0000_near/metadata.toml",
            "run_in_transaction = false\n",
        );
    project.run("migrate").exit(0);
    project.run("check").exit(0);
}
