//! `migrate`, `status`, `revert` and `redo`

use super::project::Project;

const ONE: &str = "2026-01-01-000000-0000_one";
const TWO: &str = "2026-01-02-000000-0000_two";

/// Two migrations, and no database.
fn two() -> Project {
    Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .migration(ONE, "CREATE TABLE a (k INTEGER PRIMARY KEY);", "DROP TABLE a;")
        .migration(TWO, "CREATE TABLE b (k INTEGER PRIMARY KEY);", "DROP TABLE b;")
}

fn migrated() -> Project {
    let project = two();
    project.run("migrate").exit(0);
    project
}

#[test]
fn migrate_applies_what_is_pending() {
    let project = two();
    project
        .run("migrate")
        .exit(0)
        .stdout(&format!("+ {ONE}\n+ {TWO}\n"))
        .stderr("2 migrations applied\n");
    assert_eq!(project.sqlite("app.sqlite", "SELECT count(*) FROM a, b"), "0\n");
    project.run("migrate").exit(0).stdout("").stderr("Nothing to apply\n");
    project.run("migrate --quiet").exit(0).stdout("").stderr("");
}

#[test]
fn migrate_goes_as_far_as_it_is_told() {
    let project = two();
    project.run("migrate --to 2026-01-01-000000-0000").exit(0).stdout(&format!("+ {ONE}\n"));
    project.run(&format!("migrate --to {TWO}")).exit(0).stdout(&format!("+ {TWO}\n"));
    project.run("migrate --to 1999-01-01-000000-0000").exit(1).stderr(
        "error: there is no migration of the version `1999-01-01-000000-0000`\n\
         hint: `glowplug status` lists them\n",
    );
}

#[test]
fn migrate_dry_runs_and_fakes() {
    let project = two();
    project
        .run("migrate --dry-run")
        .exit(0)
        .stdout(&format!("+ {ONE}\n+ {TWO}\n"))
        .stderr("2 migrations pending; nothing was applied\n");
    let json =
        project.run("migrate --dry-run --to 2026-01-01-000000-0000 --format json").exit(0).json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["pending"].as_array().unwrap().len(), 1);
    project.run("migrate --dry-run --to 1999-01-01-000000-0000").exit(1).stderr_has("no migration");
    assert!(!project.exists("app.sqlite"));

    project
        .run("migrate --fake --to 2026-01-01-000000-0000")
        .exit(0)
        .stderr("1 migration noted as applied\n");
    let tables =
        "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table' AND name IN ('a', 'b')";
    assert_eq!(project.sqlite("app.sqlite", tables), "\n");
    project.run("migrate").exit(0).stdout(&format!("+ {TWO}\n"));
    assert_eq!(project.sqlite("app.sqlite", tables), "b\n");
}

#[test]
fn a_report_is_json_where_json_is_asked_for() {
    let project = two();
    let json = project.run("migrate --format json").exit(0).json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["applied"][0]["name"], ONE);
    assert_eq!(json["applied"][0]["version"], "202601010000000000");
    assert!(json["applied"][0]["seconds"].is_number());
    assert_eq!(json["reverted"], serde_json::json!([]));
    assert_eq!(json["warnings"], serde_json::json!([]));
    let json = project.run("revert --yes --format json").exit(0).json();
    assert_eq!(json["reverted"][0]["name"], TWO);
    let json = project.run("redo --yes --format json").exit(0).json();
    assert_eq!(
        (&json["reverted"][0]["name"], &json["applied"][0]["name"]),
        (&ONE.into(), &ONE.into())
    );
}

#[test]
fn a_failing_migration_is_shown_with_its_place() {
    let project = two().migration(
        "2026-01-03-000000-0000_bad",
        "CREATE TABLE c (k INTEGER);\n\nINSERT INTO nowhere\nVALUES (1);\n",
        "DROP TABLE c;",
    );
    let expected = [
        "error: migration `2026-01-03-000000-0000_bad` failed in up.sql line 3, statement 2 of 2: \
         no such table: nowhere; it was rolled back as a whole",
        "  --> migrations/2026-01-03-000000-0000_bad/up.sql:3",
        "      INSERT INTO nowhere",
        "      VALUES (1);",
        "hint: mend the file and run `glowplug migrate` again",
        "",
    ];
    project
        .run("migrate")
        .exit(1)
        .stdout(&format!("+ {ONE}\n+ {TWO}\n"))
        .stderr(&expected.join("\n"));
    let run = project.run("migrate --format json").exit(1).stdout("");
    let json: serde_json::Value = serde_json::from_str(&run.err()).unwrap();
    assert_eq!(json["place"], "migrations/2026-01-03-000000-0000_bad/up.sql:3");
    assert_eq!(json["exit_code"], 1);
}

#[test]
fn strict_refuses_what_comes_late() {
    let late = "2025-01-01-000000-0000_late";
    let project = migrated().migration(late, "CREATE TABLE c (k INTEGER);", "DROP TABLE c;");
    project.run("migrate --strict").exit(1).stderr_has(late).stderr_has("without `--strict`");
    project
        .command("migrate")
        .env("GLOWPLUG_STRICT", "maybe")
        .finish()
        .exit(1)
        .stderr("error: the variable `GLOWPLUG_STRICT` is `maybe`, expected `true` or `false`\n");
    project.command("migrate").env("GLOWPLUG_STRICT", "true").finish().exit(1);
    project.run("migrate").exit(0).stdout(&format!("+ {late}\n")).stderr_has("warning: ");
}

#[test]
fn a_lock_that_is_not_free_is_5() {
    let project = two();
    project.sqlite("app.sqlite", "CREATE TABLE x (k INTEGER)");
    let mut holder = std::process::Command::new("sqlite3")
        .arg(project.path().join("app.sqlite"))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    use std::io::{BufRead as _, Write as _};
    let mut input = holder.stdin.take().unwrap();
    input.write_all(b"BEGIN IMMEDIATE; SELECT 'held';\n").unwrap();
    let mut line = String::new();
    std::io::BufReader::new(holder.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "held\n");

    project.run("migrate --lock-timeout 0").exit(5).stdout("").stderr_has("--lock-timeout");
    drop(input);
    holder.wait().unwrap();
    project.run("migrate").exit(0);
}

#[test]
fn status_counts_and_lists() {
    let project = two();
    project.run("status").exit(0).stderr("").stdout(&format!(
        "Database   app.sqlite (it does not exist yet)\n\
         Migrations migrations\n\
         Applied    0\n\
         Pending    2\n\
         \n\
         pending      {ONE}\n\
         pending      {TWO}\n"
    ));
    assert!(!project.exists("app.sqlite"));
    project.run("migrate --to 2026-01-01-000000-0000").exit(0);
    let status = project.run("status").exit(0).out();
    assert!(status.contains("Database   app.sqlite\n"), "{status}");
    assert!(status.contains("Applied    1\nPending    1\n"), "{status}");
    let applied = status.lines().find(|line| line.starts_with("applied")).unwrap();
    // When it was applied stands behind the name.
    let time = applied.strip_prefix(&format!("applied      {ONE}  20")).unwrap_or(applied);
    assert!(time.ends_with('Z') && time.contains('T'), "{applied}");
}

#[test]
fn status_writes_nothing() {
    let project = migrated();
    let before = project.contents();
    project.run("status").exit(0);
    project.run("status --check").exit(0);
    project.run("status --format json").exit(0);
    assert_eq!(project.contents(), before);
}

#[test]
fn status_json_has_a_stable_shape() {
    let project = two();
    let json = project.run("status --format json").exit(0).stderr("").json();
    let object = json.as_object().unwrap();
    let keys: Vec<_> = object.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["applied", "database", "exists", "migrations", "pending", "up_to_date", "version"]
    );
    assert_eq!((&json["version"], &json["exists"]), (&1.into(), &false.into()));
    assert_eq!((&json["applied"], &json["pending"]), (&0.into(), &2.into()));
    let migration = &json["migrations"][0];
    assert_eq!(migration["name"], ONE);
    assert_eq!(migration["version"], "202601010000000000");
    assert_eq!(migration["state"], "pending");
    assert_eq!(migration["applied_at"], serde_json::Value::Null);
    assert_eq!(migration["reversible"], true);
    assert_eq!(migration["run_in_transaction"], true);
}

#[test]
fn check_is_3_unless_all_is_well() {
    let project = two();
    project.run("status --check").exit(3);
    project.run("migrate").exit(0);
    project.run("status --check").exit(0);
    let up = format!("migrations/{TWO}/up.sql");
    let text = project.read(&up);
    project.write(&up, "CREATE TABLE b (k TEXT);");
    project.run("status --check").exit(3).stdout_has(&format!("edited       {TWO}"));
    project.write(&up, text);
    std::fs::remove_dir_all(project.path().join("migrations").join(TWO)).unwrap();
    project.run("status --check").exit(3).stdout_has(&format!("missing      {TWO}"));
}

#[test]
fn two_migrations_of_one_version_are_an_error() {
    let project = two().migration("2026-01-01-000000-0000_other", "SELECT 1;", "SELECT 1;");
    for verb in ["status", "migrate"] {
        let run = project.run(verb);
        let said = format!("{}{}", run.out(), run.err());
        assert!(said.contains(ONE) && said.contains("2026-01-01-000000-0000_other"), "{said}");
    }
    project.run("migrate").exit(1);
    project.run("status --check").exit(3);
    assert!(!project.exists("app.sqlite") || project.run("status").out().contains("Applied    0"));
}

#[test]
fn revert_tells_the_loss_and_needs_a_yes() {
    let project = migrated();
    project.sqlite("app.sqlite", "INSERT INTO b VALUES (1), (2), (3)");
    let told = format!("to revert: {TWO}\n  drop-table: drops table `b`, 3 rows\n");
    project.run("revert").exit(4).stdout("").stderr(&format!(
        "{told}error: 1 migration would be reverted\nhint: `--yes` reverts without asking\n"
    ));
    assert_eq!(project.sqlite("app.sqlite", "SELECT count(*) FROM b"), "3\n");
    project
        .run("revert --dry-run")
        .exit(0)
        .stdout(&format!("- {TWO}\n"))
        .stderr(&format!("{told}nothing was reverted\n"));
    assert_eq!(project.sqlite("app.sqlite", "SELECT count(*) FROM b"), "3\n");
    let json = project.run("revert --dry-run --format json --quiet").exit(0).stderr("").json();
    assert_eq!(json["reverting"], serde_json::json!([TWO]));
    assert_eq!(json["losses"][0]["name"], "drop-table");
    assert_eq!(json["losses"][0]["finding"]["count"], 3);
    project.run("revert --yes").exit(0).stdout(&format!("- {TWO}\n")).stderr(&told);
    project.run("status").stdout_has("Applied    1\nPending    1\n");
}

#[test]
fn revert_takes_as_many_as_it_is_told() {
    let project = migrated();
    project.run("revert -n 2 --yes").exit(0).stdout(&format!("- {TWO}\n- {ONE}\n"));
    project.run("revert --yes").exit(0).stdout("").stderr("Nothing to revert\n");
    project.run("migrate").exit(0);
    project.run("revert --to 2026-01-01-000000-0000 --yes").exit(0).stdout(&format!("- {TWO}\n"));
    project.run("migrate").exit(0);
    project.run("revert --all --yes").exit(0).stdout(&format!("- {TWO}\n- {ONE}\n"));
    for wrong in ["revert -n 0", "revert -n x", "revert --all -n 1", "revert --all --to x"] {
        project.run(wrong).exit(2);
    }
}

#[test]
fn revert_without_a_database_or_a_down_is_an_error() {
    let project = two();
    project.run("revert --yes").exit(1).stderr_has("there is no database file `app.sqlite`");
    assert!(!project.exists("app.sqlite"));
    project.run("migrate").exit(0);
    std::fs::remove_file(project.path().join(format!("migrations/{TWO}/down.sql"))).unwrap();
    project.run("revert --yes").exit(1).stderr_has("no down.sql").stderr_has(TWO);
}

#[test]
fn redo_goes_down_and_up() {
    let project = migrated();
    project.sqlite("app.sqlite", "INSERT INTO b VALUES (1)");
    project.run("redo").exit(4).stderr_has("drops table `b`, 1 row");
    project.run("redo --yes").exit(0).stdout(&format!("- {TWO}\n+ {TWO}\n"));
    assert_eq!(project.sqlite("app.sqlite", "SELECT count(*) FROM b"), "0\n");
}

#[test]
fn details_are_for_those_who_ask() {
    let run = two().run("migrate --verbose").exit(0);
    run.stderr_has("statement 1 of 1: CREATE TABLE a (k INTEGER PRIMARY KEY)");
    two().run("migrate -q -v").exit(2);
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    for verb in ["status", "migrate", "revert --yes"] {
        project.run(verb).exit(1).stdout("").stderr(
            "error: there is no directory `[project]/migrations`\nhint: `glowplug init` makes it\n",
        );
    }
    assert!(!project.exists("app.sqlite"));
}

/// A column or a table that only gets its old name back loses nothing.
#[test]
fn revert_of_a_rename_announces_no_loss() {
    let project = Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .migration("2026-01-01-000000-0000_one", "CREATE TABLE a (x INTEGER, y TEXT);", "DROP TABLE a;")
        .migration(
            "2026-01-02-000000-0000_two",
            "ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME COLUMN x TO z; ALTER TABLE b ADD COLUMN w TEXT;",
            "ALTER TABLE b DROP COLUMN w; ALTER TABLE b RENAME COLUMN z TO x; ALTER TABLE b RENAME TO a;",
        );
    project.run("migrate").exit(0);
    project.sqlite("app.sqlite", "INSERT INTO b VALUES (1, 'y', 'w'), (2, 'y', NULL)");
    project.run("revert --dry-run").exit(0).stderr(
        "to revert: 2026-01-02-000000-0000_two\n  \
         drop-column: drops column `a.w`, 1 non-null value of 2 rows\nnothing was reverted\n",
    );
    project.run("revert --dry-run --all").exit(0).stderr_has("drop-table: drops table `b`, 2 rows");

    project.write("migrations/2026-01-02-000000-0000_two/down.sql", "DROP TABLE absent;");
    project.run("revert --dry-run").exit(0).stderr_has(
        "warning: what is lost cannot be told: down.sql fails: no such table: absent\n",
    );

    // A copy of the file holds nothing of another one.
    project.sqlite("other.sqlite", "CREATE TABLE z (x)");
    let down = "ATTACH 'other.sqlite' AS o; DROP TABLE o.z; DETACH o;";
    project.write("migrations/2026-01-02-000000-0000_two/down.sql", down);
    let said = "what is lost cannot be told: `ATTACH 'other.sqlite' AS o;` is not run";
    project.run("revert --dry-run").exit(0).stderr_has(said);
    project.sqlite("other.sqlite", "SELECT * FROM z");
}
