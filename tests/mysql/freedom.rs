//! Stock Diesel CLI runs, reverts and redoes what was written for MariaDB, and glowplug reads what
//! Diesel CLI prints.

use std::process::Command;

use glowplug::backend::Backend;

use crate::cli::project::Project;
use crate::support::case::Case;
use crate::support::fate::Fates;
use crate::support::mysql::Database;
use crate::support::{difference, engine, try_mysql};

/// Changes of every kind.
const NAMES: &[&str] = &[
    "column-add-fill",
    "column-rename-indexed",
    "default-change",
    "foreign-key-action",
    "many-changes-one-table",
    "many-tables",
    "names-reserved",
    "table-create",
    "table-drop",
    "tables-create-cycle",
    "type-text-to-integer",
    "view-over-new-column",
];

#[track_caller]
fn diesel(project: &Project, url: &str, arguments: &[&str]) -> String {
    let output = Command::new("diesel")
        .args(arguments)
        .args(["--database-url", url])
        .current_dir(project.path())
        .env_remove("DATABASE_URL")
        .output()
        .expect("diesel is in PATH (scripts/diesel-cli builds it)");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "diesel {arguments:?}: {error}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn diesel_cli_runs_what_was_written() {
    for name in NAMES {
        let case = Case::open(name);
        let database = Database::create();
        try_mysql::prepare_case(&case, &database).unwrap_or_else(|e| panic!("{name}: {e}"));
        let before = (database.fingerprint(), database.rows());
        let project = Project::new()
            .file(".env", &format!("DATABASE_URL={}\n", database.url))
            .file("schema.rs", &case.models("after.rs"))
            .file("migrations/.keep", "");
        let mut arguments = vec!["create", "change"];
        let flags = case.answers.flags();
        arguments.extend(flags.iter().map(String::as_str));
        project.command_of(&arguments).finish().exit(0);
        let read = |side: &str| {
            engine::models(&case.folder.join(side), &case.models(side), Backend::Mysql).unwrap()
        };
        let fates = Fates::of(&read("before.rs"), &read("after.rs"), &case.answers);

        diesel(&project, &database.url, &["migration", "run"]);
        let after = (database.fingerprint(), database.rows());
        assert_eq!(fates.lost_on_the_way_up(&before.1, &after.1), Vec::<String>::new(), "{name}");
        project.run("create --dry-run").exit(0).stderr_has("No changes");

        diesel(&project, &database.url, &["migration", "revert"]);
        assert_eq!(difference(&before.0, &database.fingerprint()), None, "{name}");
        let lost = fates.lost_on_the_way_back(&before.1, &database.rows());
        assert_eq!(lost, Vec::<String>::new(), "{name}");

        diesel(&project, &database.url, &["migration", "run"]);
        diesel(&project, &database.url, &["migration", "redo"]);
        assert_eq!(difference(&after.0, &database.fingerprint()), None, "{name}");
    }
}

/// The types that Diesel CLI 2.3.14 prints.
const TYPES: &str = "
CREATE TABLE org (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40) NOT NULL UNIQUE);
CREATE TABLE every_type (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    org_id INT UNSIGNED NOT NULL,
    a TINYINT, b TINYINT UNSIGNED, c SMALLINT, d SMALLINT UNSIGNED NOT NULL, e INT(5), f INTEGER UNSIGNED,
    g BIGINT, h BOOL NOT NULL DEFAULT TRUE, i FLOAT, j DOUBLE, k DECIMAL(12,2) NOT NULL,
    l CHAR(3), m VARCHAR(20) NOT NULL DEFAULT 'x', n TINYTEXT, o TEXT, p MEDIUMTEXT, q LONGTEXT,
    r BINARY(4), s VARBINARY(16), t TINYBLOB, u BLOB, v MEDIUMBLOB, w LONGBLOB, x BIT(7),
    y DATE, z TIME, aa DATETIME, ab TIMESTAMP NULL DEFAULT NULL,
    ac TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), ad JSON,
    ae ENUM('sad', 'ok'), af SET('x', 'y') NOT NULL,
    FOREIGN KEY (org_id) REFERENCES org (id) ON DELETE CASCADE
);";

#[test]
fn what_diesel_cli_prints_is_what_the_database_has() {
    let database = Database::create();
    database.must(TYPES);
    let project = Project::new().file(".env", &format!("DATABASE_URL={}\n", database.url));
    let printed = diesel(&project, &database.url, &["print-schema"]);
    project.write("schema.rs", &printed);
    project.run("diff --exit-code").exit(0).stdout("");
    assert!(printed.contains("Unsigned<Bigint>"), "{printed}");
    project.run("create").exit(0).stderr_has("No changes detected");
    // And what glowplug prints itself says all of it.
    project.run("pull --output pulled.rs").exit(0);
    project.run("diff --models pulled.rs --exit-code").exit(0).stdout("");
}

/// The two share one history, whoever began.
#[test]
fn glowplug_goes_on_where_diesel_cli_began() {
    let database = Database::create();
    let url = &database.url;
    let models = "diesel::table! { session (id) { id -> Integer, status -> Text, } }\n";
    let project = Project::new()
        .file(".env", &format!("DATABASE_URL={url}\n"))
        .file("schema.rs", models)
        .migration(
            "2026-01-01-000000-0000_a",
            "CREATE TABLE session (id INT PRIMARY KEY, status TEXT NOT NULL);\n",
            "DROP TABLE session;\n",
        );
    diesel(&project, url, &["migration", "run"]);
    project.run("status --check").exit(0);
    project.run("create").exit(0).stderr_has("No changes");
    project.run("revert --yes").exit(0);
    project.run("migrate").exit(0);
    let listed = diesel(&project, url, &["migration", "list"]);
    assert!(listed.contains("[X] 2026-01-01-000000-0000_a"), "{listed}");
    diesel(&project, url, &["migration", "redo"]);
    project.run("redo --yes").exit(0);
}
