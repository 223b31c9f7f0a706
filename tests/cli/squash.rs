//! `glowplug squash`

use super::project::Project;
use crate::freedom;

const ONE: &str = "2026-01-01-000000-0000_one";
const TWO: &str = "2026-01-02-000000-0000_two";
const THREE: &str = "2026-01-03-000000-0000_three";
const FOUR: &str = "2026-01-04-000000-0000_four";
const SQUASHED: &str = "2026-01-04-000000-0000_squashed";

/// Four migrations: tables, rows that depend on the order, a last statement without a semicolon, a
/// trigger; and what takes them back.
const CHAIN: &[(&str, &str, &str)] = &[
    (
        ONE,
        "CREATE TABLE a (k INTEGER PRIMARY KEY, x TEXT);\nINSERT INTO a VALUES (1, 'it''s; -- one')",
        "DROP TABLE a;",
    ),
    (
        TWO,
        "ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 7;\nINSERT INTO a (k, x) VALUES (2, 'two');",
        "DELETE FROM a WHERE k = 2;\nALTER TABLE a DROP COLUMN y",
    ),
    (
        THREE,
        "CREATE TRIGGER t AFTER UPDATE ON a BEGIN\n  SELECT 1;\nEND;\nUPDATE a SET y = y + k; -- the end",
        "DROP TRIGGER t;\nUPDATE a SET y = y - k;",
    ),
    (FOUR, "CREATE VIEW v AS SELECT y FROM a;\n", "DROP VIEW v;\n"),
];

fn chain() -> Project {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    CHAIN.iter().fold(project, |project, (name, up, down)| project.migration(name, up, down))
}

/// The catalog and the rows, in the shell's own words.
fn look(project: &Project, database: &str) -> String {
    let catalog = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE \
                   '%\\_\\_%' ESCAPE '\\' ORDER BY 1, 2;";
    let there = project.sqlite(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'a'");
    let rows = if there == "1\n" { "SELECT * FROM a ORDER BY k;" } else { "" };
    project.sqlite(database, &format!("{catalog} {rows}"))
}

/// A database at each state of the chain, from none to all, and the last one's look.
fn states(project: &Project, by: &dyn Fn(&str, &str)) -> String {
    for (at, (name, ..)) in CHAIN.iter().enumerate() {
        by(&format!("{}.sqlite", at + 1), name);
    }
    look(project, &format!("{}.sqlite", CHAIN.len()))
}

fn by_glowplug(project: &Project) -> impl Fn(&str, &str) {
    move |database, to| {
        project.run(&format!("migrate --to {to} --database-url {database}")).exit(0);
    }
}

#[test]
fn a_squash_is_shown_asked_for_and_done() {
    let project = chain();
    let before = project.contents();
    let list = format!(
        "- migrations/{ONE}\n- migrations/{TWO}\n- migrations/{THREE}\n- migrations/{FOUR}\n\
         + migrations/{SQUASHED}\n"
    );
    let proven =
        "proven: a new database and one of each of the 4 states before end alike, with 2 rows\n";
    project
        .run("squash --dry-run")
        .exit(0)
        .stdout(&list)
        .stderr(&format!("{proven}nothing was replaced\n"));
    project.run("squash").exit(4).stdout(&list).stderr(&format!(
        "{proven}error: 4 migrations would be replaced by one\nhint: `--yes` replaces without asking\n"
    ));
    assert_eq!(project.contents(), before);
    project
        .run("squash --yes")
        .exit(0)
        .stdout(&list)
        .stderr(&format!("{proven}4 migrations replaced\n"));
    assert_eq!(project.migrations(), [SQUASHED]);
    assert!(
        !project.exists("app.sqlite")
            && !project.exists(&format!("migrations/{SQUASHED}/metadata.toml"))
    );
    project.run("squash --yes").exit(0).stdout("").stderr_has("Nothing to squash");
    let left = std::fs::read_dir(project.path()).unwrap();
    let left = left
        .filter(|it| it.as_ref().unwrap().file_name().to_string_lossy().starts_with(".glowplug"));
    assert_eq!(left.count(), 0);
}

#[test]
fn a_database_at_every_old_state_comes_to_the_same_end() {
    let project = chain();
    let end = states(&project, &by_glowplug(&project));
    project.run("squash --yes --name Initial").exit(0);
    assert_eq!(project.migrations(), ["2026-01-04-000000-0000_initial"]);
    for (at, (name, ..)) in CHAIN.iter().enumerate() {
        let database = format!("{}.sqlite", at + 1);
        let flag = format!("--database-url {database}");
        let left: String = CHAIN[at + 1..].iter().map(|(name, ..)| format!("+ {name}\n")).collect();
        let status = project.run(&format!("status {flag}")).exit(0);
        let status = status.stdout_has(&format!("Applied    {}\n", at + 1));
        assert!(!status.out().contains("missing") && !status.out().contains("edited"));
        project.run(&format!("migrate {flag}")).exit(0).stdout(&left);
        assert_eq!(look(&project, &database), end, "from {name}");
        project.run(&format!("status --check {flag}")).exit(0);
        project
            .run(&format!("migrate --strict {flag}"))
            .exit(0)
            .stdout("")
            .stderr("Nothing to apply\n");
        // It goes back as it came: one by one.
        project
            .run(&format!("revert -n 3 --yes {flag}"))
            .exit(0)
            .stdout(&format!("- {FOUR}\n- {THREE}\n- {TWO}\n"));
        project.run(&format!("migrate {flag}")).exit(0);
        assert_eq!(look(&project, &database), end, "there and back from {name}");
    }
    project.run("migrate").exit(0).stdout("+ 2026-01-04-000000-0000_initial\n");
    assert_eq!(look(&project, "app.sqlite"), end);
    project.run("redo --yes").exit(0);
    assert_eq!(look(&project, "app.sqlite"), end);
    project.run("revert --yes").exit(0);
    assert_eq!(look(&project, "app.sqlite"), "");
}

#[test]
fn stock_diesel_runs_it_on_new_databases_and_refuses_the_others() {
    let project = chain();
    let end = states(&project, &|database, to| {
        // As Diesel leaves it: without a history of glowplug's.
        by_glowplug(&project)(database, to);
        project.sqlite(database, "DROP TABLE __glowplug_history");
    });
    project.run("squash --yes").exit(0);
    for verb in ["run", "revert", "run", "redo"] {
        freedom::diesel(&project, "new.sqlite", &["migration", verb]);
        let expected = if verb == "revert" { "" } else { &end };
        assert_eq!(look(&project, "new.sqlite"), expected, "diesel migration {verb}");
    }
    for at in 1..CHAIN.len() {
        let database = format!("{at}.sqlite");
        let before = look(&project, &database);
        let refused = freedom::try_diesel(&project, &database, &["migration", "run"]);
        let refused = refused.expect_err("some were applied one by one");
        assert!(
            refused.contains("some were applied one by one, which takes glowplug"),
            "{refused}"
        );
        assert_eq!(look(&project, &database), before);
        project.run(&format!("migrate --database-url {database}")).exit(0);
        assert_eq!(look(&project, &database), end);
    }
    let all = "4.sqlite";
    freedom::diesel(&project, all, &["migration", "run"]);
    let refused = freedom::try_diesel(&project, all, &["migration", "revert"]);
    assert!(refused.unwrap_err().contains("which takes glowplug"));
    assert_eq!(look(&project, all), end);
}

#[test]
fn some_may_stay_behind_or_before() {
    let setup = "00000000000000_diesel_initial_setup";
    let project = chain().migration(setup, "CREATE TABLE setup (k INTEGER);", "DROP TABLE setup;");
    project.run("migrate").exit(0);
    project.run(&format!("squash --yes --to {TWO}")).exit(0);
    assert_eq!(project.migrations(), [setup, "2026-01-02-000000-0000_squashed", THREE, FOUR]);
    project.run("status --check").exit(0).stdout_has("Applied    5\n");
    project.run("migrate --database-url new.sqlite").exit(0);
    assert_eq!(look(&project, "new.sqlite"), look(&project, "app.sqlite"));
    // A squash may be squashed again; both kinds of database go on.
    project.run("migrate --database-url half.sqlite --to 2026-01-02-000000-0000").exit(0);
    project.run("squash --yes --name all").exit(0);
    assert_eq!(project.migrations(), [setup, "2026-01-04-000000-0000_all"]);
    for database in ["app", "new", "half", "newest"] {
        project.run(&format!("migrate --database-url {database}.sqlite")).exit(0);
        project.run(&format!("status --check --database-url {database}.sqlite")).exit(0);
        assert_eq!(look(&project, &format!("{database}.sqlite")), look(&project, "app.sqlite"));
    }
}

#[test]
fn what_runs_outside_a_transaction_or_has_no_way_back_is_told() {
    let project =
        chain().file(&format!("migrations/{TWO}/metadata.toml"), "run_in_transaction = false\n");
    std::fs::remove_file(project.path().join(format!("migrations/{THREE}/down.sql"))).unwrap();
    let end = states(&project, &by_glowplug(&project));
    project
        .run("squash --yes")
        .exit(0)
        .stderr_has("warning: it runs outside a transaction")
        .stderr_has("warning: it has no down.sql");
    assert_eq!(
        project.read(&format!("migrations/{SQUASHED}/metadata.toml")),
        "run_in_transaction = false\n"
    );
    assert!(!project.exists(&format!("migrations/{SQUASHED}/down.sql")));
    project.run("migrate").exit(0);
    assert_eq!(look(&project, "app.sqlite"), end);
    for at in 1..=CHAIN.len() {
        let database = format!("{at}.sqlite");
        project.run(&format!("migrate --database-url {database}")).exit(0);
        assert_eq!(look(&project, &database), end);
    }
}

#[test]
fn the_json_says_what_was_proven() {
    let project = chain();
    let json = project.run("squash --dry-run --format json --quiet").exit(0).stderr("").json();
    assert_eq!((&json["version"], &json["path"]), (&1.into(), &serde_json::Value::Null));
    assert_eq!(json["squashed"], serde_json::json!([ONE, TWO, THREE, FOUR]));
    assert_eq!(json["proof"], serde_json::json!({"upgrades": 5, "rows": 2, "limits": []}));
    let json = project.run("squash --yes --format json").exit(0).json();
    assert_eq!(json["path"], format!("migrations/{SQUASHED}"));
    assert_eq!((&json["run_in_transaction"], &json["reversible"]), (&true.into(), &true.into()));
    let json = project.run("squash --yes --format json").exit(0).json();
    assert_eq!(json["migration"], serde_json::Value::Null);
}

#[test]
fn bad_input_replaces_nothing() {
    let project = chain();
    let before = project.contents();
    project
        .run("squash --to 1999-01-01 --yes")
        .exit(1)
        .stderr_has("there is no migration of the version `1999-01-01`");
    project.run("squash --name").exit(2);
    project.run("squash now").exit(2);
    assert_eq!(project.contents(), before);
    let project = project.migration("2026-01-02-000000-0000_other", "SELECT 1;", "SELECT 1;");
    project.run("squash --yes").exit(1).stderr_has("belongs to more than one migration");
    std::fs::remove_dir_all(project.path().join("migrations/2026-01-02-000000-0000_other"))
        .unwrap();
    let five = "2026-01-05-000000-0000_five";
    let project = project.migration(five, "DROP VIEW v;", "SELECT 1;");
    project
        .run("squash --yes")
        .exit(1)
        .stderr_has("nothing was replaced; `glowplug check` tells which migration is to blame");
    project.write(&format!("migrations/{five}/down.sql"), "CREATE VIEW v AS SELECT y FROM a;");
    project.write(&format!("migrations/{five}/up.sql"), "DROP TABLE nowhere;");
    project
        .run("squash --yes")
        .exit(1)
        .stderr_has("no such table: nowhere")
        .stderr_has(&format!("--> migrations/{five}/up.sql:1"));
    assert_eq!(project.migrations().len(), 5);

    let project = Project::new();
    project.run("squash").exit(1).stderr_has("no database is named");
    let project = project.file(".env", "DATABASE_URL=app.sqlite\n");
    project.run("squash").exit(1).stderr_has("there is no directory");
}

#[cfg(unix)]
#[test]
fn a_linked_directory_is_left_alone() {
    let project = chain();
    std::fs::rename(project.path().join("migrations"), project.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", project.path().join("migrations")).unwrap();
    project.run("squash --yes").exit(1).stderr_has("is a symbolic link");
}

#[test]
fn other_files_of_the_directory_stay() {
    let project = chain().file("migrations/README.md", "notes\n").file("migrations/.keep/x/y", "z");
    project.run("squash --yes").exit(0);
    assert_eq!(project.read("migrations/README.md"), "notes\n");
    assert_eq!(project.read("migrations/.keep/x/y"), "z");
}

#[test]
fn a_part_that_fails_is_named_and_rolled_back() {
    let project = chain();
    project.run(&format!("migrate --to {THREE}")).exit(0);
    project.run("squash --yes").exit(0);
    project.sqlite("app.sqlite", "CREATE TABLE v (k INTEGER)");
    let before = look(&project, "app.sqlite");
    let run = project.run("migrate").exit(1).stdout("");
    let run = run.stderr_has(&format!("migration `{FOUR}` failed in up.sql line 1"));
    // It names no file that is not there.
    assert!(run.err().contains(&format!("  --> {FOUR}\n")), "{}", run.err());
    assert_eq!(look(&project, "app.sqlite"), before);
    project.sqlite("app.sqlite", "DROP TABLE v");
    project.run("migrate").exit(0).stdout(&format!("+ {FOUR}\n"));
}
