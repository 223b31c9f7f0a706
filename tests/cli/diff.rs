//! `glowplug diff`

use super::project::Project;

const OLD: &str = "CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY, status TEXT NOT NULL);";
const NEW: &str = "CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY, status TEXT NOT NULL,
    plan TEXT);
CREATE INDEX session_plan ON session (plan);";

fn project() -> Project {
    Project::with_session().file("old.sql", OLD).file("new.sql", NEW)
}

#[test]
fn diff_shows_what_create_would_change() {
    let project = project();
    project
        .run("diff")
        .exit(0)
        .stdout("+ table session\n")
        .stderr("1 difference; nothing was changed\n");
    project.run("diff models database").exit(0).stdout("- table session\n");
    project.run("diff --exit-code").exit(3);
    assert!(!project.exists("app.sqlite") && !project.exists("migrations"));
    project.sqlite("app.sqlite", OLD);
    project.run("diff --exit-code").exit(0).stdout("").stderr("No differences\n");
    project.run("diff models database --exit-code").exit(0);
}

#[test]
fn what_no_model_names_is_told_and_no_difference() {
    let project = project();
    project.sqlite("app.sqlite", &format!("{OLD} CREATE TABLE other (k INTEGER);"));
    project
        .run("diff --exit-code")
        .exit(0)
        .stdout("")
        .stderr("  table other is in no model and is left alone\nNo differences\n");
    let json = project.run("diff --format json").exit(0).json();
    assert_eq!(json["notices"][0]["name"], "other");
}

#[test]
fn any_two_sources_can_be_compared() {
    let project = project();
    project.sqlite("new.sqlite", NEW);
    let forth = "+ column session.plan  TEXT\n+ index session_plan on session (plan)\n";
    for arguments in ["diff old.sql new.sql", "diff models new.sql", "diff old.sql new.sqlite"] {
        project.run(arguments).exit(0).stdout(forth);
    }
    for arguments in ["diff old.sql models", "diff models models", "diff new.sql new.sqlite"] {
        project.run(&format!("{arguments} --exit-code")).exit(0).stdout("");
    }
    let back = project.run("diff new.sqlite old.sql").exit(0).out();
    assert!(back.contains("- column session.plan\n"), "{back}");
    assert!(back.contains("- index session_plan on session (plan)\n"), "{back}");
}

#[test]
fn the_sql_goes_from_the_one_to_the_other() {
    let project = project();
    for (from, to) in [("old.sql", "new.sql"), ("new.sql", "old.sql"), ("new.sql", "models")] {
        let sql = project.run(&format!("diff {from} {to} --sql")).exit(0).out();
        let _ = std::fs::remove_file(project.path().join("scratch.sqlite"));
        project.sqlite("scratch.sqlite", &project.read(from));
        project.sqlite("scratch.sqlite", &sql);
        project.run(&format!("diff scratch.sqlite {to} --exit-code")).exit(0);
    }
    project.run("diff old.sql old.sql --sql").exit(0).stdout("");
}

#[test]
fn migrations_are_replayed_where_nothing_stays() {
    let project = project();
    project.run("diff migrations models").exit(1).stderr_has("there is no directory");
    std::fs::create_dir(project.path().join("migrations")).unwrap();
    project.run("diff migrations models --exit-code").exit(3).stdout("+ table session\n");
    project.run("create").exit(0);
    project.run("diff migrations models --exit-code").exit(0);
    assert!(!project.exists("app.sqlite"));
    let project =
        project.migration("2030-01-01-000000-0000_bad", "INSERT INTO nowhere VALUES (1);", "");
    project
        .run("diff migrations models")
        .exit(1)
        .stderr_has("2030-01-01-000000-0000_bad")
        .stderr_has("no such table: nowhere")
        .stderr_has("hint: the migrations were replayed on an empty scratch database");
}

#[test]
fn the_json_names_both_sides() {
    let json = project().run("diff old.sql new.sql --format json --sql").exit(0).stderr("").json();
    assert_eq!(json["version"], 1);
    assert_eq!((&json["from"], &json["to"]), (&"old.sql".into(), &"new.sql".into()));
    assert_eq!(json["changes"][0]["summary"], "+ column session.plan  TEXT");
    // In the words of the side that has it.
    assert!(json["sql"].as_str().unwrap().contains("ADD COLUMN plan TEXT"));
    let json = project().run("diff old.sql old.sql --format json").exit(0).json();
    assert_eq!(json["changes"], serde_json::json!([]));
}

#[test]
fn a_source_that_is_none_is_an_error() {
    let project = project();
    project.run("diff nowhere.sql models").exit(1).stderr_has("`nowhere.sql` cannot be read");
    project.run("diff modles models").exit(1).stderr_has("there is no database file `modles`");
    project.write("bad.sql", "CREATE TABLE;");
    project.run("diff bad.sql models").exit(1).stderr_has("`bad.sql` cannot be run");
    project
        .run("diff database postgres://u:hunter2@h/d")
        .exit(2)
        .stderr("error: `app.sqlite` is SQLite and `postgres://u:***@h/d` is PostgreSQL; expected two of one kind\n");
    project.run("diff oracle://x models").exit(2);
    project.run("diff a b c").exit(2);
    assert!(!project.exists("modles"));
}

const KINDS: [&str; 2] = [
    "CREATE TABLE t (id integer primary key, a integer, b text);
CREATE TABLE log (x text);
CREATE TABLE gone (x text);
CREATE TRIGGER kept AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('kept'); END;
CREATE TRIGGER changed AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('old'); END;
CREATE TRIGGER lost AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('lost'); END;
CREATE TRIGGER moves AFTER INSERT ON gone BEGIN INSERT INTO log VALUES ('gone'); END;
CREATE VIEW v AS SELECT a FROM t;
CREATE TRIGGER through INSTEAD OF INSERT ON v BEGIN INSERT INTO t(a) VALUES (new.a); END;
CREATE VIEW w AS SELECT a FROM t;
CREATE TRIGGER quiet INSTEAD OF INSERT ON w BEGIN INSERT INTO t(a) VALUES (new.a); END;
CREATE VIRTUAL TABLE f USING fts5(b);
CREATE VIRTUAL TABLE f_old USING fts5(b);
",
    "CREATE TABLE t (id integer primary key, a integer CHECK (a > 0), b text);
CREATE TABLE log (x text);
CREATE TABLE come (x text);
CREATE TRIGGER kept AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('kept'); END;
CREATE TRIGGER changed AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('new'); END;
CREATE TRIGGER moves AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('moved'); END;
CREATE TRIGGER fresh AFTER INSERT ON come BEGIN INSERT INTO log VALUES ('c'); END;
CREATE VIEW v AS SELECT a, b FROM t;
CREATE TRIGGER through INSTEAD OF INSERT ON v BEGIN INSERT INTO t(a) VALUES (new.a); END;
CREATE VIEW w AS SELECT a FROM t;
CREATE VIRTUAL TABLE f USING fts5(b, tokenize = 'porter');
CREATE VIRTUAL TABLE g USING rtree(id, a, b);
",
];

#[test]
fn triggers_and_virtual_tables_are_told_by_name_and_none_is_lost() {
    const TEXTS: &str = "SELECT type, name, tbl_name, \
        CASE type WHEN 'table' THEN replace(sql, '\"', '') ELSE sql END \
        FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name;";
    let project = project().file("a.sql", KINDS[0]).file("b.sql", KINDS[1]);
    let told = project.run("diff a.sql b.sql").exit(0).out();
    for line in [
        "- trigger changed of t\n",
        "+ trigger changed of t\n",
        "- trigger lost of t\n",
        "+ trigger moves of t\n",
        "- trigger quiet of w\n",
        "- virtual table f\n",
        "+ virtual table f\n",
        "- virtual table f_old\n",
        "+ virtual table g\n",
    ] {
        assert_eq!(told.matches(line).count(), 1, "{line}{told}");
    }
    assert!(!told.contains("kept") && !told.contains("through"), "{told}");
    for (from, to) in [("a", "b"), ("b", "a")] {
        let sql = project.run(&format!("diff {from}.sql {to}.sql --sql")).exit(0).out();
        let (done, wanted) = (format!("{from}{to}.sqlite"), format!("{to}.sqlite"));
        project.sqlite(&done, &project.read(&format!("{from}.sql")));
        project.sqlite(&done, &sql);
        project.sqlite(&wanted, &project.read(&format!("{to}.sql")));
        assert_eq!(project.sqlite(&done, TEXTS), project.sqlite(&wanted, TEXTS));
        project.run(&format!("diff {done} {wanted} --exit-code")).exit(0).stdout("");
    }
}

#[test]
fn the_case_of_a_type_is_no_difference_between_databases() {
    let project = project()
        .file("small.sql", "CREATE TABLE t (id integer primary key, a varchar (20));")
        .file("large.sql", "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(20));");
    project.run("diff small.sql large.sql --exit-code").exit(0).stdout("");
}
