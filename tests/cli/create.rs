//! `glowplug create`

use super::project::{Project, SESSION};

/// The time that the tests give their migrations.
const NOW: (&str, &str) = ("GLOWPLUG_NOW", "2026-01-02-030405");

const WITH_PLAN: &str = "\
diesel::table! {
    session (id) {
        id -> Integer,
        status -> Text,
        plan -> Nullable<Text>,
    }
}
";

const WITH_STATE: &str = "\
diesel::table! {
    session (id) {
        id -> Integer,
        state -> Text,
    }
}
";

/// A project whose database is what its models say, with one row.
fn migrated() -> Project {
    let project = Project::with_session();
    project.command("create").env(NOW.0, NOW.1).finish().exit(0);
    project.run("migrate").exit(0);
    project.sqlite("app.sqlite", "INSERT INTO session VALUES (1, 'done')");
    project
}

#[test]
fn create_prints_the_paths_and_tells_the_plan() {
    let project = Project::with_session();
    project
        .command("create")
        .env(NOW.0, NOW.1)
        .finish()
        .exit(0)
        .stdout(
            "migrations/2026-01-02-030405-0000_create_session/up.sql\n\
             migrations/2026-01-02-030405-0000_create_session/down.sql\n",
        )
        .stderr(
            "+ table session\n\
             proven: up, down and up again ran on an empty database with 0 rows\n\
             hint: `glowplug migrate` applies it\n",
        );
    assert!(!project.exists("app.sqlite"), "create creates no database");
}

#[test]
fn the_paths_are_relative_to_where_the_user_is() {
    let project = Project::with_session().file("src/deep/note.txt", "");
    let run = project.command("create --name deep").env(NOW.0, NOW.1).within("src/deep").finish();
    let printed = run.exit(0).out();
    for path in printed.lines() {
        assert!(project.exists(&format!("src/deep/{path}")), "{path}");
    }
    assert_eq!(printed.lines().count(), 2);
}

#[test]
fn no_changes_write_nothing() {
    let project = migrated();
    let before = project.contents();
    project.run("create").exit(0).stdout("").stderr("No changes detected\n");
    project.run("create --quiet").exit(0).stdout("").stderr("");
    let json = project.run("create --format json").exit(0).stderr("").json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["changes"], serde_json::json!([]));
    assert_eq!(json["files"], serde_json::json!([]));
    assert_eq!(project.contents(), before);
}

#[test]
fn a_directory_that_stays_empty_is_not_left_behind() {
    let project = Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .file("schema.rs", "diesel::table! { session (id) { id -> Integer, } }");
    project.sqlite("app.sqlite", "CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY)");
    project.run("create").exit(0).stderr("No changes detected\n");
    assert!(!project.exists("migrations"));
}

#[test]
fn the_name_may_be_given_in_two_ways() {
    for arguments in ["create My/Name", "create --name My/Name"] {
        let project = Project::with_session();
        project.command(arguments).env(NOW.0, NOW.1).finish().exit(0);
        assert_eq!(project.migrations(), ["2026-01-02-030405-0000_my_name"]);
    }
    Project::with_session().run("create a --name b").exit(2);
    Project::with_session().command_of(&["create", ""]).finish().exit(2);
}

#[test]
fn a_dry_run_prints_the_sql_and_writes_nothing() {
    let project = migrated();
    project.write("schema.rs", WITH_PLAN);
    let before = project.contents();
    project
        .run("create --dry-run")
        .exit(0)
        .stdout_has("-- up.sql\n")
        .stdout_has("ALTER TABLE \"session\" ADD COLUMN \"plan\" TEXT;\n")
        .stdout_has("\n-- down.sql\n")
        .stderr_has("+ column session.plan  TEXT\n")
        .stderr_has("1 change; nothing was written\n");
    assert_eq!(project.contents(), before);
}

#[test]
fn the_json_holds_the_whole_answer() {
    let project = migrated();
    project.write("schema.rs", WITH_PLAN);
    let run = project.command("create --format json").env("GLOWPLUG_NOW", "2026-02-02-030405");
    let json = run.finish().exit(0).stderr("").json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["changes"][0]["operation"], "add-column");
    assert_eq!(json["changes"][0]["summary"], "+ column session.plan  TEXT");
    assert_eq!(json["hazards"], serde_json::json!([]));
    assert_eq!(json["notices"], serde_json::json!([]));
    assert_eq!(json["proof"]["rows"], 1);
    assert_eq!(
        json["files"],
        serde_json::json!([
            "migrations/2026-02-02-030405-0000_add_plan_to_session/up.sql",
            "migrations/2026-02-02-030405-0000_add_plan_to_session/down.sql"
        ])
    );
    let up = json["up_sql"].as_str().unwrap();
    assert_eq!(up, project.read(json["files"][0].as_str().unwrap()));
}

#[test]
fn what_may_be_a_rename_is_asked_about() {
    let project = migrated();
    project.write("schema.rs", WITH_STATE);
    let before = project.contents();
    project.run("create").exit(4).stdout("").stderr(
        "error: column `session.status` → `state` was perhaps renamed, or dropped and added\n\
         hint: if it was renamed: `--rename session.status=state`\n\
         hint: if it was not: `--no-renames`\n",
    );
    assert_eq!(project.contents(), before);

    project
        .run("create --rename session.status=state")
        .exit(0)
        .stderr_has("~ column session.status → state\n");
    project.run("migrate").exit(0);
    assert_eq!(project.sqlite("app.sqlite", "SELECT state FROM session"), "done\n");
}

#[test]
fn a_loss_is_refused_with_the_flags_that_allow_it() {
    let project = migrated();
    project.write("schema.rs", WITH_STATE);
    let before = project.contents();
    project
        .run("create --no-renames")
        .exit(4)
        .stdout("")
        .stderr_has("error: drops column `session.status`, 1 non-null value of 1 row\n")
        .stderr_has("hint: if that is meant: `--allow drop-column`\n")
        .stderr_has("--fill session.state=");
    assert_eq!(project.contents(), before);

    let arguments =
        ["create", "--no-renames", "--allow", "drop-column", "--fill", "session.state='new'"];
    project.command_of(&arguments).finish().exit(0).stderr_has("  drop-column: drops column");
    project.run("migrate").exit(0);
    assert_eq!(project.sqlite("app.sqlite", "SELECT state FROM session"), "new\n");
}

#[test]
fn a_refusal_is_json_where_json_is_asked_for() {
    let project = migrated();
    project.write("schema.rs", WITH_STATE);
    let run = project.run("create --no-renames --format json").exit(4).stdout("");
    let json: serde_json::Value = serde_json::from_str(&run.err()).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["exit_code"], 4);
    assert!(json["error"].as_str().unwrap().contains("drops column `session.status`"));
    let hints = json["hints"].as_array().unwrap();
    assert!(hints.iter().any(|hint| hint == "if that is meant: `--allow drop-column`"));
}

#[test]
fn unnamed_objects_are_listed_and_left_alone() {
    let project = migrated();
    project.sqlite("app.sqlite", "CREATE TABLE spatial_ref (k INTEGER)");
    let listing = "  table spatial_ref is in no model and is left alone\n";
    project.run("create").exit(0).stderr(&format!("{listing}No changes detected\n"));
    project.run("create --drop spatial_ref").exit(4).stderr_has("--allow drop-table");

    // Whoever declares it unmanaged reads of it no more, and `--drop unnamed` spares it.
    let silent = |project: &Project| {
        project.run("create").exit(0).stderr("No changes detected\n");
        project.run("create --drop unnamed").exit(0).stderr("No changes detected\n");
    };
    let manifest = "[package]\nname = \"app\"\n[package.metadata.glowplug]\n";
    project.write("Cargo.toml", format!("{manifest}unmanaged = [\"spatial_*\"]\n"));
    silent(&project);
    project.write("Cargo.toml", manifest);
    project.write("diesel.toml", "[print_schema]\nfilter = { except_tables = [\"^spatial\"] }\n");
    silent(&project);
    project.write("diesel.toml", "[print_schema]\nfilter = { only_tables = [\"sess\"] }\n");
    silent(&project);
    project.write("diesel.toml", "[print_schema]\nfilter = { only_tables = [\"(\"] }\n");
    project.run("create").exit(1).stderr_has("`(` is no regular expression");
}

#[test]
fn a_model_that_the_settings_leave_out_is_told() {
    let project = Project::with_session();
    project.command("create").env("GLOWPLUG_UNMANAGED", "sess*").finish().exit(0).stderr(
        "warning: `session` is in the models, but `unmanaged` or diesel.toml's filter leaves it \
         out\nNo changes detected\n",
    );
}

#[test]
fn a_database_that_is_elsewhere_is_refused() {
    let project = migrated();
    let created = project.migrations()[0].clone();
    project.write("schema.rs", WITH_PLAN);
    let up = format!("migrations/{created}/up.sql");
    let text = project.read(&up);

    project.write("migrations/2030-01-01-000000-0000_late/up.sql", "SELECT 1;");
    project
        .run("create")
        .exit(4)
        .stderr_has("error: migration `2030-01-01-000000-0000_late` is pending\n")
        .stderr_has("`glowplug migrate`");
    std::fs::remove_dir_all(project.path().join("migrations/2030-01-01-000000-0000_late")).unwrap();

    project.write(&up, text.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"));
    let edited = format!("error: migration `{created}` was edited after it was applied\n");
    project.run("create").exit(4).stderr_has(&edited);
    project.write(&up, &text);

    let (directory, hidden) = (format!("migrations/{created}"), "migrations/.hidden");
    let rename = |from: &str, to: &str| {
        std::fs::rename(project.path().join(from), project.path().join(to)).unwrap();
    };
    rename(&directory, hidden);
    let missing = format!("migration `{created}` is applied, and its file is missing here\n");
    project.run("create").exit(4).stderr_has(&missing);
    rename(hidden, &directory);
    project.run("create").exit(0);
}

#[test]
fn models_that_cannot_be_read_are_framed_and_change_nothing() {
    let project = migrated();
    project.write("schema.rs", "diesel::table! {\n    session (id) {\n        id -> ,\n    }\n}\n");
    let before = project.contents();
    let run = project.run("create").exit(1).stdout("");
    run.stderr_has("error: ").stderr_has("--> schema.rs:3:");
    assert_eq!(project.contents(), before);
    project.write("schema.rs", "// nothing\n");
    project.run("create").exit(1).stdout("");
    let plain = project.run("create --color always").exit(1).err();
    assert!(plain.contains('\u{1b}'));
}

#[test]
fn the_migrations_stand_in_for_the_database() {
    let project = migrated();
    project.write("schema.rs", WITH_PLAN);
    std::fs::remove_file(project.path().join("app.sqlite")).unwrap();
    project
        .command("create --from migrations")
        .env("GLOWPLUG_NOW", "2026-02-02-030405")
        .finish()
        .exit(0)
        .stdout_has("migrations/2026-02-02-030405-0000_add_plan_to_session/up.sql\n")
        .stderr_has("+ column session.plan  TEXT\n");
    assert!(!project.exists("app.sqlite"));
    project.run("create --from migrations").exit(0).stderr("No changes detected\n");
}

#[test]
fn the_first_migration_needs_no_directory() {
    let project = Project::with_session();
    project.run("create --from migrations").exit(0).stderr_has("+ table session\n");
    assert_eq!(project.migrations().len(), 1);
    assert!(!project.exists("app.sqlite"));
}

#[test]
fn an_unproven_migration_says_so() {
    let project = Project::with_session();
    let run = project.run("create --unproven").exit(0);
    assert!(run.err().contains("warning: not proven"), "{}", run.err());
    let up = run.out().lines().next().unwrap().to_owned();
    assert!(project.read(&up).starts_with("-- Not proven"), "{}", project.read(&up));
    Project::with_session().run("create --unproven --prove live").exit(2);
}

#[test]
fn wrong_flags_are_2() {
    let project = Project::with_session();
    for arguments in [
        "create a b",
        "create --fill session",
        "create --fill plan=1",
        "create --fill-down session.plan=",
        "create --rename session",
        "create --rename =x",
        "create --from database",
        "create --prove somewhere",
        "create --format yaml",
    ] {
        project.run(arguments).exit(2).stdout("");
    }
    assert!(!project.exists("migrations"));
}

#[test]
fn a_fill_that_fills_nothing_is_refused() {
    let project = Project::with_session();
    project.run("create --fill session.nope=1").exit(4).stderr_has("`--fill session.nope=");
    project.run("create --allow drop-everything").exit(2).stderr_has("drop-everything");
}

#[test]
fn the_models_may_be_named() {
    let project = Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .file("db/models.rs", SESSION)
        .file("schema.rs", "diesel::table! { other (id) { id -> Integer, } }");
    project.run("create --dry-run --models db/models.rs").exit(0).stderr_has("+ table session\n");
    let other = project.run("create --dry-run").exit(0).err();
    assert!(other.contains("+ table other\n") && !other.contains("session"), "{other}");
    project.run("create --models nowhere.rs").exit(1).stderr_has("nowhere.rs");
}

#[test]
fn a_control_character_in_a_name_is_shown_and_not_sent() {
    let project = Project::with_session();
    project.run("create --dry-run").exit(0);
    project.sqlite("app.sqlite", "CREATE TABLE \"a\u{1b}[2Jb\" (k INTEGER)");
    let run = project.run("create").exit(0);
    assert!(!run.err().contains('\u{1b}'), "{:?}", run.err());
    run.stderr_has(r"  table a\u{1b}[2Jb is in no model");
}

/// What down.sql brings back can lack what the rows need: it is refused, then written as allowed,
/// and a revert on such rows changes nothing.
#[test]
fn what_cannot_come_back_for_the_rows_is_asked_about() {
    let with_org = "\
        diesel::table! { org (id) { id -> Integer, } }\n\
        diesel::table! { session (id) { id -> Integer, org_id -> Integer, code -> Text, } }\n\
        glowplug::ddl! { table session { foreign key (org_id) references org (id); unique (code); } }\n";
    let gone: [(&str, &str, &str); 2] = [
        (
            "diesel::table! { session (id) { id -> Integer, code -> Text, } }\n\
             glowplug::ddl! { table session { unique (code); } }\n",
            "--drop org --allow drop-table,drop-column,drop-constraint",
            "foreign keys would be broken",
        ),
        (
            "diesel::table! { org (id) { id -> Integer, } }\n\
             diesel::table! { session (id) { id -> Integer, org_id -> Integer, } }\n\
             glowplug::ddl! { table session { foreign key (org_id) references org (id); } }\n",
            "--allow drop-column,drop-constraint",
            "UNIQUE constraint failed",
        ),
    ];
    for (after, answers, reason) in gone {
        let project = Project::with_session().file("schema.rs", with_org);
        project.command("create").env(NOW.0, NOW.1).finish().exit(0);
        project.run("migrate").exit(0);
        project.sqlite(
            "app.sqlite",
            "INSERT INTO org VALUES (1), (2); INSERT INTO session VALUES (1, 1, 'a'), (2, 2, 'b');",
        );
        let project = project.file("schema.rs", after);
        let before = project.contents();
        let refused = project.run(&format!("create gone {answers}")).exit(4);
        let told = refused.err();
        assert!(told.contains("down.sql cannot run on the rows that up.sql leaves"), "{told}");
        assert!(told.contains(reason), "{told}");
        assert!(told.contains("`--allow irreversible`"), "{told}");
        assert_eq!(project.contents(), before);
        let created = project.run(&format!("create gone {answers},irreversible")).exit(0);
        let down = project.read(created.out().lines().nth(1).unwrap());
        assert!(down.contains("-- down.sql was proven without rows"));
        project.run("migrate").exit(0);
        let catalog = "SELECT group_concat(sql) FROM sqlite_schema";
        let rows = "SELECT group_concat(id) FROM session";
        let (tables, ids) =
            (project.sqlite("app.sqlite", catalog), project.sqlite("app.sqlite", rows));
        project.run("revert --yes").exit(1);
        assert_eq!(project.sqlite("app.sqlite", catalog), tables);
        assert_eq!(project.sqlite("app.sqlite", rows), ids);
        project.sqlite("app.sqlite", "DELETE FROM session");
        project.run("revert --yes").exit(0);
        project.run("migrate").exit(0);
    }
}

/// Names that SQLite takes for one, or keeps for itself, are refused before anything is compared.
#[test]
fn names_that_cannot_stand_beside_each_other_are_refused() {
    let session = "diesel::table! { session (id) { id -> Integer, status -> Text, } }\n";
    let cases = [
        (
            "diesel::table! { Session (id) { id -> Integer, } }",
            "names `Session` and `session`: they differ in case only",
        ),
        (
            "diesel::table! { other (id) { id -> Integer, Id -> Text, } }",
            "columns `id` and `Id` of `other`",
        ),
        (
            "diesel::table! { sqlite_own (id) { id -> Integer, } }",
            "table `sqlite_own`: the name belongs to SQLite",
        ),
        (
            "diesel::table! { __diesel_schema_migrations (version) { version -> Text, run_on -> Timestamp, } }",
            "the name belongs to Diesel, and is no table of the models\nhint: leave it out",
        ),
    ];
    for (other, told) in cases {
        let project = migrated().file("schema.rs", &format!("{session}{other}\n"));
        let before = project.contents();
        project.run("create").exit(4).stderr_has(told);
        project.run("diff").exit(4).stderr_has(told);
        assert_eq!(project.contents(), before);
    }
    let own = migrated().file(
        "schema.rs",
        &format!("{session}{}", "diesel::table! { __diesel_schema_migrations (version) { version -> Text, run_on -> Timestamp, } }\n"),
    );
    own.write(
        "Cargo.toml",
        "[package]\nname = \"x\"\n[package.metadata.glowplug]\nunmanaged = [\"__diesel*\"]\n",
    );
    own.run("create").exit(0).stderr_has("No changes detected");
}

/// SQL in the models that the database does not take is named with the object it stands in.
#[test]
fn wrong_sql_in_the_models_is_told_with_its_object() {
    let cases = [
        (
            "check known \"statu IN ('done')\";",
            4,
            "check `known` of `session`: the database cannot evaluate its expression: no such column: statu",
        ),
        (
            "check \"status IN (\";",
            4,
            "a check of `session`: the database cannot evaluate its expression",
        ),
        ("status: default \"now(\";", 4, "table `session`: it cannot be rebuilt safely"),
        ("status: default \"no such\";", 4, "table `session`: it cannot be rebuilt safely"),
    ];
    for (clause, code, told) in cases {
        let ddl = format!("glowplug::ddl! {{ table session {{ {clause} }} }}\n");
        let models = "diesel::table! { session (id) { id -> Integer, status -> Text, } }\n";
        let project = migrated().file("schema.rs", &format!("{models}{ddl}"));
        project.run("create").exit(code).stdout("").stderr_has(told);
    }
    let filled = migrated().file("schema.rs", &WITH_PLAN.replace("Nullable<Text>", "Text"));
    let run = filled.run("create --fill session.plan=lower(").exit(1);
    run.stderr_has("up.sql fails: ")
        .stderr_has("what `ddl!` and `--fill` say stands in it as written");
}

/// What would stay and mean something else, or nothing, keeps a column from being dropped.
#[test]
fn a_dropped_column_that_a_trigger_waits_for_is_refused_by_the_triggers_name() {
    let triggers = [
        (
            "CREATE TRIGGER touch AFTER UPDATE OF status, \"Plan\" ON session BEGIN SELECT 1; END",
            "it is for updates of `plan`, which is gone",
        ),
        (
            "CREATE TRIGGER touch AFTER INSERT ON session BEGIN SELECT new.plan; END",
            "no such column: new.plan",
        ),
    ];
    for (trigger, reason) in triggers {
        let project = Project::with_session().file("schema.rs", WITH_PLAN);
        project.command("create").env(NOW.0, NOW.1).finish().exit(0);
        project.run("migrate").exit(0);
        project.sqlite("app.sqlite", trigger);
        let without = "diesel::table! { session (id) { id -> Integer, status -> Text, } }\n";
        let project = project.file("schema.rs", without);
        let refused = project.run("create gone --allow all").exit(4);
        refused.stderr_has("breaks trigger `touch` of `session`").stderr_has(reason);
        assert_eq!(project.migrations().len(), 1);
    }
    let project = Project::with_session().file("schema.rs", WITH_PLAN);
    project.command("create").env(NOW.0, NOW.1).finish().exit(0);
    project.run("migrate").exit(0);
    let other =
        "CREATE TRIGGER \"update of plan\" AFTER UPDATE OF status ON session BEGIN SELECT 1; END";
    project.sqlite("app.sqlite", other);
    let without = "diesel::table! { session (id) { id -> Integer, status -> Text, } }\n";
    project.file("schema.rs", without).run("create gone --allow all").exit(0);
}

/// A file that is too large to be copied through memory is copied by SQLite.
#[test]
fn a_large_file_is_proven_too() {
    let project = migrated();
    project.sqlite(
        "app.sqlite",
        "PRAGMA journal_mode = WAL; CREATE TABLE chunk (bytes BLOB); \
         WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70) \
         INSERT INTO chunk SELECT zeroblob(1000000) FROM n;",
    );
    let strict = "diesel::table! { session (id) { id -> Integer, status -> Text, } }\n\
        glowplug::ddl! { table session { check \"status <> ''\"; } }\n";
    let project = project.file("schema.rs", strict);
    project.run("create").exit(0).stderr_has("ran on a copy of the database with 1 row\n");
    project.run("migrate").exit(0);
    assert_eq!(
        project.sqlite("app.sqlite", "SELECT count(*), (SELECT status FROM session) FROM chunk"),
        "70|done\n"
    );
}

#[test]
fn of_several_runs_at_once_one_writes() {
    for _ in 0..3 {
        let project = Project::with_session();
        let codes: Vec<_> = std::thread::scope(|scope| {
            let run = || scope.spawn(|| project.run("create"));
            let runs: Vec<_> = (0..4).map(|_| run()).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        let [name] = &project.migrations()[..] else { panic!("{:?}", project.migrations()) };
        assert_eq!(codes.iter().filter(|ran| ran.code() == Some(0)).count(), 1);
        for ran in codes.into_iter().filter(|ran| ran.code() != Some(0)) {
            // It was overtaken, or began when the other one was done.
            ran.exit(4).stderr_has(name).stderr_has("glowplug migrate");
        }
    }
}
