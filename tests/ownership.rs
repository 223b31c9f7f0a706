//! Who owns what: each rule of the models' chapter, through the command line.

use crate::cli::project::Project;

const SESSION: &str = "diesel::table! {
    session (id) {
        id -> Integer,
        status -> Text,
        org_id -> Nullable<Integer>,
    }
}
diesel::table! {
    org (id) {
        id -> Integer,
    }
}
";

/// What the database has besides what the models above say.
const DATABASE: &str = "
CREATE TABLE org (id INTEGER PRIMARY KEY);
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    status TEXT NOT NULL DEFAULT 'new' CHECK (status <> ''),
    org_id INTEGER REFERENCES org (id) ON DELETE CASCADE,
    UNIQUE (status, org_id)
);
CREATE INDEX session_status ON session (status) WHERE id > 3;
INSERT INTO org VALUES (1);
INSERT INTO session VALUES (1, 'a', 1);
";

fn project(models: &str, database: &str) -> Project {
    let project =
        Project::new().file(".env", "DATABASE_URL=app.sqlite\n").file("schema.rs", models);
    project.sqlite("app.sqlite", database);
    project
}

fn project_without_database() -> Project {
    Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .file("schema.rs", SESSION)
        .file("migrations/.keep", "")
}

fn schema(project: &Project) -> String {
    project.sqlite("app.sqlite", "SELECT sql FROM sqlite_schema ORDER BY type, name;")
}

#[test]
fn what_no_model_names_is_listed_and_left_alone() {
    let others = "CREATE TABLE spare (x); CREATE VIEW seen AS SELECT status FROM session;
        CREATE TRIGGER watch AFTER INSERT ON session BEGIN SELECT 1; END;
        CREATE VIRTUAL TABLE words USING fts5 (word);";
    let project = project(SESSION, &format!("{DATABASE}{others}"));
    let before = schema(&project);
    project
        .run("create")
        .exit(0)
        .stderr_has("table spare is in no model and is left alone")
        .stderr_has("view seen is in no model and is left alone")
        .stderr_has("No changes");
    assert!(project.migrations().is_empty());

    // Also when something else is planned.
    project.write(
        "schema.rs",
        SESSION.replace(
            "id -> Integer,\n    }",
            "id -> Integer,\n        name -> Nullable<Text>,\n    }",
        ),
    );
    project.run("create").exit(0).stderr_has("table spare");
    let [migration] = &project.migrations()[..] else { panic!("one migration") };
    let up = project.read(&format!("migrations/{migration}/up.sql"));
    assert!(!up.contains("DROP") && !up.contains("spare"), "{up}");
    project.run("migrate").exit(0);
    let after = schema(&project);
    for object in before.lines().filter(|line| !line.contains("CREATE TABLE org")) {
        assert!(after.contains(object), "{object}");
    }
}

#[test]
fn a_drop_of_what_no_model_names_is_asked_for() {
    let project = project(
        SESSION,
        &format!(
            "{DATABASE} CREATE TABLE spare (x); CREATE TABLE kept (x); CREATE VIEW seen AS SELECT x FROM spare;"
        ),
    );
    project.run("create --drop spare").exit(4).stderr_has("--allow drop-table");
    project.run("create --drop spares --allow drop-table").exit(4).stderr_has("spares");
    assert!(project.migrations().is_empty());
    project.run("create --drop spare,seen --allow drop-table,drop-view").exit(0);
    project.run("migrate").exit(0);
    let after = schema(&project);
    assert!(!after.contains("spare") && after.contains("kept"), "{after}");
    project.run("revert --yes").exit(0);
    let back = schema(&project);
    assert!(back.contains("CREATE TABLE spare (x)") && back.contains("CREATE VIEW seen"), "{back}");
}

#[test]
fn all_that_no_model_names_can_be_dropped_at_once() {
    let project = project(
        SESSION,
        &format!(
            "{DATABASE} CREATE TABLE spare (x); CREATE TABLE other (x); CREATE TRIGGER t AFTER INSERT ON session BEGIN SELECT 1; END;"
        ),
    );
    project.run("create --drop unnamed --allow drop-table").exit(0);
    project.run("migrate").exit(0);
    let after = schema(&project);
    assert!(!after.contains("spare") && !after.contains("other"), "{after}");
    // A trigger is of no modelled kind: it is never dropped.
    assert!(after.contains("CREATE TRIGGER t"), "{after}");
}

#[test]
fn unmanaged_names_are_silent() {
    let project = project(SESSION, &format!("{DATABASE} CREATE TABLE spatial_a (x); CREATE TABLE spatial_b (x); CREATE TABLE spare (x);"))
        .file("Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\n\n[package.metadata.glowplug]\nunmanaged = [\"spatial_*\"]\n");
    let listed = project.run("create").exit(0).err();
    assert!(listed.contains("spare") && !listed.contains("spatial"), "{listed}");
    project.run("create --drop unnamed --allow all").exit(0);
    project.run("migrate").exit(0);
    let after = schema(&project);
    assert!(after.contains("spatial_a") && after.contains("spatial_b"), "{after}");
    assert!(!after.contains("spare"), "{after}");
}

#[test]
fn a_column_that_the_model_has_not_is_a_drop() {
    let models = SESSION.replace("        org_id -> Nullable<Integer>,\n", "");
    let project = project(
        &models,
        "CREATE TABLE org (id INTEGER PRIMARY KEY); CREATE TABLE session (id INTEGER PRIMARY KEY, status TEXT NOT NULL, org_id INTEGER); INSERT INTO session VALUES (1, 'a', 7), (2, 'b', NULL);",
    );
    project
        .run("create")
        .exit(4)
        .stderr_has("session.org_id")
        .stderr_has("1 non-null value of 2 rows")
        .stderr_has("--allow drop-column");
    assert!(project.migrations().is_empty());
    project.run("create --allow drop-column").exit(0);
}

/// Indexes, defaults, uniques, checks and the actions of foreign keys stay, through a rebuild too.
#[test]
fn a_table_without_a_block_keeps_what_the_database_has() {
    let project = project(SESSION, DATABASE);
    project.run("create").exit(0).stderr_has("No changes");
    project.write("schema.rs", SESSION.replace("org_id -> Nullable<Integer>", "org_id -> Integer"));
    project.run("create").exit(0);
    let [migration] = &project.migrations()[..] else { panic!("one migration") };
    assert!(project.read(&format!("migrations/{migration}/up.sql")).contains("Rebuild"));
    project.run("migrate").exit(0);
    let after = schema(&project);
    for kept in [
        "status TEXT NOT NULL DEFAULT 'new' CHECK (status <> '')",
        "REFERENCES org (id) ON DELETE CASCADE",
        "UNIQUE (status, org_id)",
        "CREATE INDEX session_status ON session (status) WHERE id > 3",
    ] {
        assert!(after.contains(kept), "{kept} in\n{after}");
    }
}

/// What a described table has besides is a drop, and the message says the lines that would keep it:
/// pasted, they do.
#[test]
fn a_described_table_is_described_fully() {
    let empty = format!("{SESSION}glowplug::ddl! {{\n    table session {{}}\n}}\n");
    let project = project(&empty, DATABASE);
    let refused = project.run("create").exit(4).err();
    assert!(refused.contains("--allow drop-constraint,drop-default,drop-index"), "{refused}");
    assert!(project.migrations().is_empty());
    let lines: Vec<&str> = refused
        .lines()
        .filter_map(|line| line.strip_prefix("hint: to keep it, write `"))
        .filter_map(|line| line.strip_suffix("` in the `ddl!` block of `session`"))
        .collect();
    assert_eq!(lines.len(), 5, "{refused}");
    let block = format!(
        "{SESSION}glowplug::ddl! {{\n    table session {{\n{}\n    }}\n}}\n",
        lines.join("\n")
    );
    project.write("schema.rs", block);
    project.run("create").exit(0).stderr_has("No changes");
}

/// `joinable!` makes a foreign key with its table or its column, and never on columns that are there.
#[test]
fn a_joinable_is_a_foreign_key_only_when_it_is_new() {
    let joined = format!("{SESSION}diesel::joinable!(session -> org (org_id));\n");
    let bare = "CREATE TABLE org (id INTEGER PRIMARY KEY); CREATE TABLE session (id INTEGER PRIMARY KEY, status TEXT NOT NULL, org_id INTEGER);";
    let there = project(&joined, bare);
    there
        .run("create")
        .exit(0)
        .stderr_has("No changes")
        .stderr_has("foreign key (org_id) references org (id);");
    assert!(there.migrations().is_empty());

    let new_column = project(
        &joined,
        "CREATE TABLE org (id INTEGER PRIMARY KEY); CREATE TABLE session (id INTEGER PRIMARY KEY, status TEXT NOT NULL);",
    );
    new_column.run("create").exit(0);
    new_column.run("migrate").exit(0);
    assert!(schema(&new_column).contains("REFERENCES \"org\" (\"id\")"));

    let new_table = project(&joined, "CREATE TABLE org (id INTEGER PRIMARY KEY);");
    new_table.run("create").exit(0);
    new_table.run("migrate").exit(0);
    assert!(schema(&new_table).contains("FOREIGN KEY (\"org_id\") REFERENCES \"org\" (\"id\")"));
    new_table.run("create").exit(0).stderr_has("No changes");
}

#[test]
fn a_table_macro_may_name_a_view() {
    let models = format!(
        "{SESSION}diesel::table! {{\n    seen (status) {{\n        status -> Text,\n    }}\n}}\n"
    );
    let project =
        project(&models, &format!("{DATABASE} CREATE VIEW seen AS SELECT status FROM session;"));
    let said = project.run("create").exit(0).stderr_has("No changes").err();
    assert!(!said.contains("seen"), "{said}");
}

#[test]
fn models_of_tests_are_skipped_and_features_are_asked_for() {
    let models = format!(
        "{SESSION}#[cfg(test)]\ndiesel::table! {{ probe (id) {{ id -> Integer, }} }}\n\
         #[cfg(test)]\nmod tests {{ diesel::table! {{ probe_too (id) {{ id -> Integer, }} }} }}\n\
         #[cfg(feature = \"extra\")]\ndiesel::table! {{ extra (id) {{ id -> Integer, }} }}\n\
         #[cfg(not(feature = \"extra\"))]\ndiesel::table! {{ plain (id) {{ id -> Integer, }} }}\n"
    );
    let project = project(&models, DATABASE);
    let without = project.run("create --dry-run").exit(0).err();
    assert!(without.contains("+ table plain"), "{without}");
    assert!(!without.contains("probe") && !without.contains("extra"), "{without}");
    let with = project.run("create --dry-run --features extra").exit(0).err();
    assert!(with.contains("+ table extra"), "{with}");
    assert!(!with.contains("probe") && !with.contains("plain"), "{with}");
}

/// Triggers stay through a rebuild; a change that would break one is refused by its name.
#[test]
fn what_is_not_modelled_is_kept_or_named() {
    let trigger = "CREATE TABLE log (what);
        CREATE TRIGGER note_status AFTER UPDATE ON session BEGIN INSERT INTO log VALUES (OLD.status); END;";
    let project = project(
        &SESSION.replace("org_id -> Nullable<Integer>", "org_id -> Integer"),
        &format!("{DATABASE}{trigger}"),
    );
    project.run("create --drop log --allow drop-table").stderr_has("note_status");
    assert!(project.migrations().is_empty());
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    assert!(schema(&project).contains("CREATE TRIGGER note_status AFTER UPDATE ON session"));
    project.sqlite("app.sqlite", "UPDATE session SET status = 'b';");
    assert_eq!(project.sqlite("app.sqlite", "SELECT what FROM log;").trim(), "a");

    project.write(
        "schema.rs",
        SESSION.replace("        status -> Text,\n", "").replace("Nullable<Integer>", "Integer"),
    );
    let refused = project.run("create --allow all");
    assert_ne!(refused.code(), Some(0));
    assert!(refused.err().contains("trigger `note_status`"), "{}", refused.err());
    assert_eq!(project.migrations().len(), 1);
}

#[test]
fn an_absent_file_is_an_empty_database_until_it_is_migrated() {
    let project = project_without_database();
    project.run("status").exit(0);
    project.run("create").exit(0);
    project.run("create --dry-run");
    assert!(!project.exists("app.sqlite"));
    project.run("migrate").exit(0);
    assert!(project.exists("app.sqlite"));
    project.run("create").exit(0).stderr_has("No changes");
}

/// Order of columns, macros and clauses is no difference, nor is the same said in several files.
#[test]
fn what_is_said_where_does_not_matter() {
    let project = project(
        "diesel::table! { org (id) { id -> Integer, } }\nmod more { diesel::joinable!(session -> org (org_id)); }\n",
        DATABASE,
    )
    .file("src/deep/inside.rs", "diesel::table! { session (id) { org_id -> Nullable<Integer>, status -> Text, id -> Integer, } }\n")
    .file("src/other.rs", "glowplug::ddl! { table session { unique (status, org_id); index session_status (status) where \"id > 3\"; foreign key (org_id) references org (id) on delete cascade; check \"status <> ''\"; } }\n")
    .file("src/third.rs", "glowplug::ddl! { table session { status: default \"'new'\"; } }\n")
    .file("target/not_read.rs", "diesel::table! { never (id) { id -> Integer, } }\n")
    .file(".gitignore", "/target\n");
    let said = project.run("create").exit(0).stderr_has("No changes").err();
    assert!(!said.contains("never"), "{said}");
}
