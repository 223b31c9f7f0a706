//! The verbs on MariaDB.

use crate::cli::project::Project;
use crate::support::mysql::Database;

const MODELS: &str = "\
diesel::table! {
    session (id) {
        id -> Integer,
        status -> Varchar,
        cost -> Unsigned<BigInt>,
        body -> Nullable<Mediumtext>,
    }
}
glowplug::ddl! {
    table session {
        status: default \"'pending'\";
        index (status);
    }
}
";

fn project(database: &Database) -> Project {
    Project::new()
        .file(".env", &format!("DATABASE_URL={}\n", database.url))
        .file("schema.rs", MODELS)
}

#[test]
fn the_verbs_work_on_mariadb() {
    let database = Database::create();
    let project = project(&database);
    project.run("create").exit(0).stdout_has("_create_session/up.sql\n").stderr_has("proven: ");
    project.run("status --check").exit(3).stdout_has("Pending    1\n");
    project.run("migrate").exit(0).stdout_has("_create_session\n");
    project.run("migrate").exit(0).stdout("").stderr("Nothing to apply\n");
    project.run("status --check").exit(0);
    project.run("create").exit(0).stdout("").stderr("No changes detected\n");
    project.run("diff --exit-code").exit(0).stdout("");

    project.run("pull --output pulled.rs").exit(0);
    project.run("diff --models pulled.rs --exit-code").exit(0).stdout("");

    database.must("INSERT INTO session (id, cost) VALUES (1, 1), (2, 2)");
    project.run("revert").exit(4).stderr_has("drops table `session`, 2 rows");
    project.run("redo --yes").exit(0);
    project.run("revert --all --yes").exit(0);
    project.run("status --check").exit(3);
    assert_eq!(database.tables(), []);
}

#[test]
fn a_migration_that_stopped_is_told_by_status() {
    let database = Database::create();
    let up = "CREATE TABLE a (x INT);\nCREATE TABLE b (x INT);\nCREATE TABLE a (x INT);\nCREATE TABLE c (x INT);\nCREATE TABLE d (x INT);\n";
    let project = project(&database).migration("2026-01-01-000000-0000_five", up, "SELECT 1;\n");
    project.run("migrate").exit(1).stderr_has("'a' already exists").stderr_has("2 of 5");
    project.run("status").exit(0).stdout_has("failed at step 3 of 5");
    let up = up.replacen(
        "CREATE TABLE a (x INT);\nCREATE TABLE c",
        "CREATE TABLE e (x INT);\nCREATE TABLE c",
        1,
    );
    project.write("migrations/2026-01-01-000000-0000_five/up.sql", &up);
    project.run("migrate").exit(0);
    assert_eq!(database.tables().len(), 5);
}

#[test]
fn migrations_and_files_are_run_on_a_database_that_goes_again() {
    let database = Database::create();
    let project = project(&database);
    project.run("create").exit(0);
    project.run("diff migrations models --exit-code").exit(0).stdout("");
    project.run("diff migrations database").exit(0).stdout_has("- table session\n");
    project.write("other.sql", "CREATE TABLE other (id bigint PRIMARY KEY)");
    project.run("diff migrations other.sql").exit(0).stdout_has("+ table other\n");
    project.run("create --from migrations").exit(0).stderr("No changes detected\n");
    assert!(database.rows().is_empty(), "nothing came into the database itself");
}

#[test]
fn a_role_that_may_not_create_a_database_writes_unproven() {
    let database = Database::create();
    database.must(&format!(
        "CREATE USER {0}@'127.0.0.1'; GRANT ALL ON {0}.* TO {0}@'127.0.0.1'",
        database.name
    ));
    let project = project(&database);
    let url = database.url.replacen("glowplug@", &format!("{}@", database.name), 1);
    project.write(".env", format!("DATABASE_URL={url}\n"));
    let refused = project.run("create").exit(1);
    refused.stderr_has("the server makes no scratch database").stderr_has("--unproven");
    project.run("create --unproven").exit(0);
    project.run("migrate").exit(0);
    project.run("create").exit(0).stderr("No changes detected\n");
    database.must(&format!("DROP USER {}@'127.0.0.1'", database.name));
}

/// The fill of a column must not meet the unique key and the check that the same change drops.
#[test]
fn what_stands_in_the_way_of_a_fill_goes_first() {
    let database = Database::create();
    let models = |kind: &str, clauses: &str| {
        format!(
            "diesel::table! {{ item (id) {{ id -> Integer, n -> {kind}, }} }}\n\
             glowplug::ddl! {{ table item {{ {clauses} }} }}\n"
        )
    };
    let project = project(&database);
    let clauses = "unique (n); check n_small \"n < 5\";";
    project.write("schema.rs", models("Nullable<Integer>", clauses));
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    database.must("INSERT INTO item VALUES (1, NULL), (2, NULL), (3, 4)");
    project.write("schema.rs", models("Integer", ""));
    project.run("create --allow all --fill item.n=7").exit(0);
    project.run("migrate").exit(0);
    let mut connection = database.connect();
    let filled = "SELECT GROUP_CONCAT(n ORDER BY id) AS line FROM item";
    assert_eq!(crate::support::mysql::lines(&mut connection, filled), ["7,7,4"]);
}

/// To tell what is lost, a down.sql runs in a scratch database, and one that leads out of it does not.
#[test]
fn a_dry_run_leads_nowhere_else() {
    let database = Database::create();
    database.must("CREATE TABLE k (x INT); INSERT INTO k VALUES (1)");
    let name = &database.name;
    for (down, told) in [
        (format!("DROP TABLE {name}.k;"), format!("DROP TABLE {name}.k;")),
        (format!("USE {name}; DROP TABLE k;"), format!("USE {name};")),
        (format!("/*! USE {name} */; DROP TABLE k;"), format!("/*! USE {name} */;")),
        ("DROP USER IF EXISTS nobody@nowhere;".to_owned(), "DROP USER".to_owned()),
        ("SET GLOBAL max_connections = 151;".to_owned(), "SET GLOBAL".to_owned()),
        (
            "SET STATEMENT max_statement_time = 5 FOR DROP USER IF EXISTS nobody@nowhere;"
                .to_owned(),
            "SET STATEMENT".to_owned(),
        ),
        ("SET PASSWORD FOR nobody@nowhere = '';".to_owned(), "SET PASSWORD".to_owned()),
    ] {
        let project = project(&database).migration("2026-01-01-000000-0000_k", "SELECT 1;", &down);
        project.run("migrate --fake").exit(0);
        let why = format!("what is lost cannot be told: `{told}");
        project.run("revert --dry-run").exit(0).stderr_has(&why);
        project.run("revert").exit(4).stderr_has(&why);
        database.must(&format!("INSERT INTO {name}.k VALUES (2)"));
        database.must("DELETE FROM __diesel_schema_migrations");
    }
}
