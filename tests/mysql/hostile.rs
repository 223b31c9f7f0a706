//! Sessions, servers and names that mean no good.

use diesel::connection::SimpleConnection as _;
use glowplug::backend::Backend;
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};

use crate::apply::support::{Migrations, query};
use crate::cli::project::Project;
use crate::support::mysql::{Database, Server};

const MODELS: &str = r#"
diesel::table! {
    item (id) {
        id -> Integer,
        name -> Varchar,
        price -> Integer,
    }
}

glowplug::ddl! {
    table item {
        name: default "'a\\\\b''c'", comment "back\\slash and \"quotes\"";
        price: default "-1";
        check "price <> 0 and name <> '\\\\'";
    }
}
"#;

fn project(url: &str, models: &str) -> Project {
    Project::new().file(".env", &format!("DATABASE_URL={url}\n")).file("schema.rs", models)
}

/// A server whose sessions begin with another mode, and the laws on it.
fn on_server(options: &str, models: &str, changed: &str) -> (Server, Project) {
    let server = Server::start(Some(options));
    let project = project(&server.url, models);
    project.run("create").exit(0).stderr_has("proven: ");
    project.run("migrate").exit(0);
    project.run("create").exit(0).stderr_has("No changes detected");
    project.write("schema.rs", changed);
    project.run("create --allow all").exit(0).stderr_has("proven: ");
    project.run("migrate").exit(0);
    project.run("create").exit(0).stderr_has("No changes detected");
    project.run("redo --yes").exit(0);
    project.run("pull --output pulled.rs").exit(0);
    project.run("diff --models pulled.rs --exit-code").exit(0).stdout("");
    (server, project)
}

#[test]
fn quotes_and_backslashes_mean_the_same_under_every_mode() {
    let changed =
        MODELS.replace("price -> Integer", "price -> BigInt").replace("slash and", "slash or");
    let mode = "--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT";
    let (server, _project) = on_server(mode, MODELS, &changed);
    let url = DatabaseUrl::parse(&server.url).expect("a URL");
    let mut connection = AnyConnection::open(&url, OpenMode::Existing).expect("a connection");
    let comment = "SELECT CONCAT(COLUMN_COMMENT, '|', COLUMN_DEFAULT) AS v FROM information_schema.COLUMNS \
                   WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'item' AND COLUMN_NAME = 'name'";
    let found = query(&mut connection, comment).concat();
    assert!(found.starts_with(r#"back\slash or "quotes"|"#), "{found}");
    connection.batch_execute("INSERT INTO item (id) VALUES (1)").expect("a row");
    assert_eq!(query(&mut connection, "SELECT name AS v FROM item"), [r"a\b'c"]);
}

#[test]
fn names_of_tables_are_folded_where_the_server_folds_them() {
    let models = "diesel::table! { Org (id) { id -> Integer, Name -> Varchar, } }\n\
        diesel::table! { Person (id) { id -> Integer, org_id -> Integer, } }\n\
        diesel::joinable!(Person -> Org (org_id));\n\
        glowplug::ddl! { table Person { index (org_id); foreign key (org_id) references Org (id); } }\n";
    let changed = models.replace("Name -> Varchar,", "Name -> Varchar, plan -> Nullable<Text>,");
    let (_server, project) = on_server("--lower-case-table-names=1", models, &changed);
    project.run("status --check").exit(0);
}

#[test]
fn a_lenient_server_loses_no_value() {
    let server = Server::start(Some("--sql-mode="));
    let models = "diesel::table! { item (id) { id -> Integer, n -> Nullable<Integer>, } }\n\
                  glowplug::ddl! { table item {} }\n";
    let project = project(&server.url, models);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    let url = DatabaseUrl::parse(&server.url).expect("a URL");
    let mut connection = AnyConnection::open(&url, OpenMode::Existing).expect("a connection");
    connection.batch_execute("INSERT INTO item VALUES (1, 70000), (2, NULL)").expect("rows");
    // Diesel's NOT NULL, and a smaller type: clamped and blanked, if the server were let.
    project.write("schema.rs", models.replace("Nullable<Integer>", "SmallInt"));
    let refused = project.run("create --unproven --allow all").exit(4);
    refused.stderr_has("is NULL in 1 of 2 rows");
    project.run("create --unproven --allow all --fill item.n=0").exit(0);
    project.run("migrate").exit(1).stderr_has("Out of range value");
    assert_eq!(
        query(&mut connection, "SELECT CAST(n AS CHAR) AS v FROM item ORDER BY id"),
        ["70000", "0"]
    );
}

#[test]
fn a_role_that_may_only_read_can_start_when_nothing_is_pending() {
    let database = Database::create();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INT);")]);
    let open = |url: &str| {
        let url = DatabaseUrl::parse(url).expect("a URL");
        AnyConnection::open(&url, OpenMode::Existing).expect("a connection")
    };
    migrations.manager().apply(&mut open(&database.url)).expect("applied");
    database.must(&format!(
        "CREATE USER r{0}@'127.0.0.1'; GRANT SELECT ON {0}.* TO r{0}@'127.0.0.1'",
        database.name
    ));
    let url = database.url.replacen("glowplug@", &format!("r{}@", database.name), 1);
    let report = migrations.manager().apply(&mut open(&url)).expect("nothing to do");
    assert!(report.applied.is_empty());
    migrations.add("2_b", "CREATE TABLE b (x INT);", "");
    let error = migrations.manager().apply(&mut open(&url)).expect_err("may not");
    assert!(error.to_string().contains("denied"), "{error}");
    database.must(&format!("DROP USER r{}@'127.0.0.1'", database.name));
    assert_eq!(database.tables().len(), 1);
}

#[test]
fn a_connection_that_is_lost_is_an_error_and_the_next_run_goes_on() {
    let database = Database::create();
    let up = "CREATE TABLE a (x INT);\nKILL CONNECTION_ID();\nCREATE TABLE b (x INT);\n";
    let migrations = Migrations::of(&[("1_a", up)]);
    let url = DatabaseUrl::parse(&database.url).expect("a URL");
    let mut connection = AnyConnection::open(&url, OpenMode::Existing).expect("a connection");
    let error = migrations.manager().apply(&mut connection).expect_err("killed");
    assert!(error.is_unclean() || error.failure().is_some(), "{error}");
    drop(connection);
    let mut connection = AnyConnection::open(&url, OpenMode::Existing).expect("a connection");
    // What became of `KILL` is not known, and it is nothing that can be told from the schema.
    let error = migrations.manager().apply(&mut connection).expect_err("unknown");
    assert!(error.to_string().contains("KILL CONNECTION_ID()"), "{error}");
    assert_eq!(database.tables().len(), 1);
}

#[test]
fn what_mysql_cannot_say_is_refused_by_name() {
    for (clause, said) in [
        ("index (name) where \"price > 0\";", "no index over some of the rows"),
        ("index (\"lower(name)\");", "does not index an expression"),
        ("index (name) using gin;", "no index `using gin`"),
        ("index (name) include (price);", "no `include`"),
        ("price: type \"int compressed\";", "`compressed` in its type is not understood"),
        ("options { auto_increment \"7\" };", "`AUTO_INCREMENT` is none of its form"),
        ("foreign key (price) references item (id) deferrable;", "nothing is deferrable"),
        (
            "foreign key (price) references item (id) on delete set default;",
            "does not know `SET DEFAULT`",
        ),
        ("index \"a name that ends in a space \" (price);", "ends in a space"),
    ] {
        let database = Database::create();
        let models = format!(
            "diesel::table! {{ item (id) {{ id -> Integer, name -> Varchar, price -> Integer, }} }}\n\
             glowplug::ddl! {{ table item {{ {clause} }} }}\n"
        );
        let project = project(&database.url, &models);
        project.run("create").exit(4).stderr_has(said);
        assert_eq!(project.migrations(), Vec::<String>::new());
    }
    assert_eq!(Backend::Mysql.word(), "mysql");
}

/// The server writes `lower` as `lcase`: that is no difference, whatever the name of the column.
#[test]
fn a_line_break_in_a_name_hides_no_expression() {
    let database = Database::create();
    let models = "diesel::table! { item (id) { id -> Integer, #[sql_name = \"a\\nline\"] line -> Varchar, } }\n\
        glowplug::ddl! { table item { line: default \"lower('Q')\"; \
        check odd \"length(`a\\nline`) in (1, 2)\"; } }\n";
    let project = project(&database.url, models);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    project.run("create").exit(0).stderr("No changes detected\n");
}
