//! Every statement commits by itself: what was done is known, whatever happens in between.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{Outcome, Revert};
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};

use crate::apply::support::{Migrations, query};
use crate::faults::POINT;
use crate::replicas::{MIGRATIONS, URL, child};
use crate::support::mysql::Database;

const FIVE: &str = "CREATE TABLE a (x INT);\nINSERT INTO a VALUES (1);\nALTER TABLE a ADD COLUMN y INT NOT NULL DEFAULT 7, ADD INDEX a_y (y);\nUPDATE a SET x = x + 1;\nCREATE TABLE b AS SELECT x, y FROM a;\n";
const BACK: &str = "DROP TABLE b;\nUPDATE a SET x = x - 1;\nDROP TABLE a;\n";
/// What is there once all five ran, each of them once.
const EFFECT: &str = "SELECT CONCAT(x, '|', y, '|', (SELECT COUNT(*) FROM b)) AS v FROM a";

fn open(database: &Database) -> AnyConnection {
    let url = DatabaseUrl::parse(&database.url).expect("a URL");
    AnyConnection::open(&url, OpenMode::Existing).expect("a connection")
}

fn noted(connection: &mut AnyConnection) -> Vec<String> {
    query(connection, "SELECT CONCAT_WS('|', state, step, steps) AS v FROM __glowplug_history")
}

#[test]
fn five_statements_are_each_run_once_wherever_the_process_dies() {
    let migrations = Migrations::new();
    migrations.add("1_a", FIVE, BACK);
    let path = migrations.path().display().to_string();
    let mut database = Database::create();
    let mut points = 0;
    loop {
        let number = points.to_string();
        let variables =
            [(URL, database.url.as_str()), (MIGRATIONS, path.as_str()), (POINT, number.as_str())];
        let output =
            child("faults::apply::migrator", &variables).wait_with_output().expect("an end");
        let mut connection = open(&database);
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), None, "died by itself: {error}");
            let status = migrations.manager().status(&mut connection).expect("a status");
            assert!(status.pending_count() > 0 || status.is_up_to_date());
            let applied = migrations.manager().apply(&mut connection);
            applied.unwrap_or_else(|e| panic!("after point {points}: {e}"));
        }
        assert_eq!(query(&mut connection, EFFECT), ["2|7|1"], "died at point {points}");
        assert_eq!(noted(&mut connection), ["applied|5|5"]);
        if output.status.success() {
            break;
        }
        points += 1;
        database = Database::create();
    }
    assert!(points > 25, "there were only {points} points");
}

#[test]
fn the_way_back_goes_on_too() {
    let migrations = Migrations::new();
    migrations.add("1_a", FIVE, &BACK.replace("DROP TABLE a;", "DROP TABLE nowhere;"));
    let database = Database::create();
    let mut connection = open(&database);
    migrations.manager().apply(&mut connection).expect("applied");
    let error = migrations.manager().revert(&mut connection, Revert::Last(1)).expect_err("fails");
    let failure = error.failure().expect("a failure");
    assert_eq!(failure.outcome, Outcome::Kept { done: 2, of: 3 });
    migrations.add("1_a", FIVE, BACK);
    migrations.manager().revert(&mut connection, Revert::Last(1)).expect("goes on");
    assert_eq!(database.tables(), []);
}

#[test]
fn a_failure_says_what_ran_and_the_next_run_goes_on_there() {
    let migrations = Migrations::new();
    let up = FIVE.replace("UPDATE a SET x", "UPDATE nowhere SET x");
    migrations.add("1_a", &up, BACK);
    let database = Database::create();
    let mut connection = open(&database);
    let error = migrations.manager().apply(&mut connection).expect_err("fails");
    let text = error.to_string();
    assert!(text.contains("statement 1 to 3 of 5 ran and stay"), "{text}");
    assert!(text.contains("goes on with statement 4"), "{text}");
    assert_eq!(noted(&mut connection), ["failed|3|5"]);

    // What ran may not be changed, what did not may.
    migrations.add("1_a", &up.replace("VALUES (1)", "VALUES (9)"), BACK);
    let refused = migrations.manager().apply(&mut connection).expect_err("changed");
    assert!(refused.is_conflict(), "{refused}");
    migrations.add("1_a", FIVE, BACK);
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(query(&mut connection, EFFECT), ["2|7|1"]);
}

/// The server does not notice that its client is gone while a statement runs: it ends it.
#[test]
fn a_statement_that_outlived_its_client_is_not_run_again() {
    let migrations = Migrations::new();
    migrations.add("1_a", "CREATE TABLE a (x INT);", "DROP TABLE a;");
    let database = Database::create();
    let mut connection = open(&database);
    migrations.manager().apply(&mut connection).expect("applied");
    migrations.add("2_b", "ALTER TABLE a ADD COLUMN y INT;\nALTER TABLE a ADD COLUMN z INT;\n", "");

    // A reader keeps the ALTER waiting.
    let mut reader = database.connect();
    reader.batch_execute("BEGIN; SELECT * FROM a").expect("reads");
    let path = migrations.path().display().to_string();
    let variables = [(URL, database.url.as_str()), (MIGRATIONS, path.as_str()), (POINT, "1000000")];
    let mut migrator = child("faults::apply::migrator", &variables);
    let waiting = "SELECT CAST(COUNT(*) AS CHAR) AS v FROM information_schema.PROCESSLIST \
                   WHERE DB = DATABASE() AND STATE LIKE 'Waiting for table metadata lock%'";
    for _ in 0..100 {
        if query(&mut connection, waiting) == ["1"] {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(query(&mut connection, waiting), ["1"]);
    migrator.kill().expect("killed");
    migrator.wait().expect("an end");
    let freeing = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        reader.batch_execute("COMMIT").expect("ends");
    });
    migrations.manager().apply(&mut connection).expect("goes on");
    freeing.join().expect("an end");
    let columns = "SELECT COLUMN_NAME AS v FROM information_schema.COLUMNS \
                   WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'a' ORDER BY ORDINAL_POSITION";
    assert_eq!(query(&mut connection, columns), ["x", "y", "z"]);
}

#[test]
fn a_table_that_is_in_use_is_waited_for_only_so_long() {
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INT);")]);
    let database = Database::create();
    let mut connection = open(&database);
    migrations.manager().apply(&mut connection).expect("applied");
    migrations.add("2_b", "ALTER TABLE a ADD COLUMN y INT;", "");
    let mut reader = database.connect();
    reader.batch_execute("BEGIN; SELECT * FROM a").expect("reads");
    let impatient = || {
        let manager = migrations.manager().lock_timeout(Duration::from_secs(3));
        manager.table_lock_timeout(Duration::from_secs(1))
    };
    let error = impatient().apply(&mut connection).expect_err("in use");
    assert!(error.to_string().contains("Lock wait timeout exceeded"), "{error}");
    let hint = error.failure().and_then(|failure| failure.hint.as_deref()).expect("a hint");
    let number = "SELECT CAST(CONNECTION_ID() AS CHAR) AS line";
    let number = &crate::support::mysql::lines(&mut reader, number)[0];
    assert!(hint.contains(&format!("connection {number} (glowplug@")), "{hint}");
    assert!(hint.ends_with(&format!(", KILL {number} ends it")), "{hint}");
    reader.batch_execute("COMMIT").expect("ends");
    impatient().apply(&mut connection).expect("free");
}

#[test]
fn the_session_is_strict_meanwhile_and_as_it_was_afterwards() {
    let migrations =
        Migrations::of(&[("1_a", "CREATE TABLE a (x TINYINT);\nINSERT INTO a VALUES (1000);\n")]);
    let database = Database::create();
    let mut connection = open(&database);
    let mode = "SELECT @@SESSION.sql_mode AS v";
    connection.batch_execute("SET SESSION sql_mode = 'ANSI_QUOTES'").expect("set");
    let before = query(&mut connection, mode);
    let error = migrations.manager().apply(&mut connection).expect_err("out of range");
    assert!(error.to_string().contains("Out of range"), "{error}");
    assert_eq!(query(&mut connection, mode), before);
}

#[test]
fn a_status_changes_nothing_and_a_second_run_finds_nothing_to_do() {
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INT);")]);
    let database = Database::create();
    let mut connection = open(&database);
    assert_eq!(migrations.manager().status(&mut connection).expect("a status").pending_count(), 1);
    assert_eq!(database.tables(), []);
    migrations.manager().apply(&mut connection).expect("applied");
    assert!(migrations.manager().apply(&mut connection).expect("nothing").applied.is_empty());
}
