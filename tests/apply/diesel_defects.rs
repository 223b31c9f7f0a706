//! What the stock harness of Diesel 2.3 does wrong, shown on it and shown absent here.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};
use glowplug::MigrationManager;

use super::support::{Migrations, Scratch, assert_usable};

/// A parent with a child, and a rebuild of the parent as many have written it.
fn rebuild(pragma: &str) -> Migrations {
    let migrations = Migrations::of(&[(
        "1_a",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, x TEXT);
         CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent(id) ON DELETE CASCADE);
         INSERT INTO parent VALUES (1, 'a'), (2, 'b'); INSERT INTO child VALUES (1, 1), (2, 2);",
    )]);
    let up = format!(
        "{pragma} CREATE TABLE new_parent (id INTEGER PRIMARY KEY, x INTEGER);
         INSERT INTO new_parent SELECT id, length(x) FROM parent;
         DROP TABLE parent;
         ALTER TABLE new_parent RENAME TO parent;"
    );
    migrations.add("2_b", &up, "SELECT 1;");
    migrations
}

fn with_foreign_keys(scratch: &Scratch) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(&scratch.url).expect("open");
    connection.batch_execute("PRAGMA foreign_keys = ON").expect("set");
    connection
}

/// D1 and D2.
#[test]
fn a_rebuild_in_a_transaction_does_not_delete_the_children() {
    for pragma in ["PRAGMA foreign_keys = OFF;", "PRAGMA foreign_keys=0;", ""] {
        let migrations = rebuild(pragma);
        let (stock, ours) = (Scratch::sqlite(), Scratch::sqlite());
        let source = || FileBasedMigrations::from_path(migrations.path()).expect("a directory");

        with_foreign_keys(&stock).run_pending_migrations(source()).expect("it says");
        assert_eq!(stock.ask("SELECT count(*) FROM child"), "0", "Diesel has mended this");

        let mut connection = with_foreign_keys(&ours);
        MigrationManager::new(source()).apply(&mut connection).expect("applied");
        assert_eq!(ours.ask("SELECT count(*) FROM child"), "2");
        assert_eq!(ours.ask("SELECT group_concat(x) FROM parent"), "1,1");
        let mut any = glowplug::connection::AnyConnection::Sqlite(connection);
        let on = "SELECT CAST(foreign_keys AS TEXT) AS v FROM pragma_foreign_keys";
        assert_eq!(super::support::query(&mut any, on), ["1"]);
        assert_usable(&ours, &mut any);
    }
}

#[test]
fn a_rebuild_that_would_break_references_is_rolled_back() {
    let migrations = rebuild("");
    let up = migrations.path().join("2_b/up.sql");
    let text = std::fs::read_to_string(&up).expect("a file");
    std::fs::write(&up, text.replace("FROM parent;", "FROM parent WHERE id = 1;")).expect("a file");
    let scratch = Scratch::sqlite();
    let mut connection = with_foreign_keys(&scratch);
    let error =
        MigrationManager::new(migrations.source()).apply(&mut connection).expect_err("fails");
    assert!(error.to_string().contains("foreign keys would be broken"), "{error}");
    assert_eq!(scratch.ask("SELECT count(*) FROM parent"), "2");
    assert_eq!(scratch.applied(), ["1"]);
}

/// D4, D7 to D14 are shown absent beside their rules: duplicates, edits, missing and late files in
/// `rules`; comments in `rules`; concurrent and invalid indexes, and reading roles in `postgres`;
/// COMMIT in `rules`; settings in `clean`; processes at once in `replicas`. D5 in `files`.
#[test]
fn a_failed_migration_does_not_poison_the_connection() {
    let up = "PRAGMA foreign_keys = OFF; BEGIN; CREATE TABLE a (x); nonsense; COMMIT; PRAGMA foreign_keys = ON;";
    let migrations = Migrations::of(&[("0_t", "CREATE TABLE t (x);")]);
    migrations.add_outside("1_a", up, "SELECT 1;");
    let (stock, ours) = (Scratch::sqlite(), Scratch::sqlite());
    let source = || FileBasedMigrations::from_path(migrations.path()).expect("a directory");

    let mut connection = with_foreign_keys(&stock);
    connection.run_pending_migrations(source()).expect_err("fails");
    connection.batch_execute("INSERT INTO t VALUES (1)").expect("it says");
    drop(connection);
    assert_eq!(stock.ask("SELECT count(*) FROM t"), "0", "Diesel has mended this");

    let mut connection = with_foreign_keys(&ours);
    MigrationManager::new(source()).apply(&mut connection).expect_err("fails");
    connection.batch_execute("INSERT INTO t VALUES (1)").expect("inserted");
    drop(connection);
    assert_eq!(ours.ask("SELECT count(*) FROM t"), "1");
}
