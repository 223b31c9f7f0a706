//! Migrations that run outside a transaction.

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{ApplyError, Outcome, Revert};
use glowplug::model::Backend;

use super::support::{Migrations, Scratch, assert_usable, each, query};

const UP: &str = "CREATE TABLE a (x INTEGER);\nINSERT INTO a VALUES (1);\n\n-- fails\nINSERT INTO nowhere VALUES (2);\nINSERT INTO a VALUES (3);\n";

fn entry(scratch: &Scratch) -> String {
    scratch.ask("SELECT state, step, steps FROM __glowplug_history")
}

#[test]
fn a_failure_says_what_ran_and_the_next_run_goes_on_there() {
    each(|scratch| {
        let migrations = Migrations::new();
        migrations.add_outside("1_a", UP, "SELECT 1;");
        let mut connection = scratch.open();
        let error = migrations.manager().apply(&mut connection).expect_err("fails");
        let failure = error.failure().expect("a failure");
        assert_eq!(failure.outcome, Outcome::Kept { done: 2, of: 4 });
        let statement = failure.statement.as_ref().expect("a statement");
        assert_eq!((statement.number, statement.line), (3, 5));
        assert!(error.to_string().contains("statement 1 to 2 of 4 ran and stay"), "{error}");
        assert!(error.to_string().contains("goes on with statement 3"), "{error}");
        assert_eq!(entry(scratch), "failed|2|4");
        assert_eq!(scratch.applied(), Vec::<String>::new());
        let status = migrations.manager().status(&mut connection).expect("a status");
        let stopped = status.migrations[0].stopped.as_ref().expect("stopped");
        assert_eq!((stopped.step, stopped.steps), (2, 4));
        assert!(stopped.error.as_ref().expect("an error").contains("nowhere"));
        assert_usable(scratch, &mut connection);

        // Not yet repaired: the same again, and nothing twice.
        migrations.manager().apply(&mut connection).expect_err("fails again");
        assert_eq!(scratch.ask("SELECT count(*) FROM a"), "1");

        // What has not run may be changed.
        migrations.add_outside("1_a", &UP.replace("nowhere", "a"), "SELECT 1;");
        let report = migrations.manager().apply(&mut connection).expect("goes on");
        assert_eq!(report.applied.len(), 1);
        assert_eq!(
            scratch.ask("SELECT group_concat FROM (SELECT sum(x) AS group_concat FROM a) AS s"),
            "6"
        );
        assert_eq!(entry(scratch), "applied|4|4");
        assert!(migrations.manager().status(&mut connection).expect("a status").is_up_to_date());
    });
}

#[test]
fn what_already_ran_may_not_be_changed() {
    each(|scratch| {
        let migrations = Migrations::new();
        migrations.add_outside("1_a", UP, "SELECT 1;");
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect_err("fails");
        let changed = UP.replace("VALUES (1)", "VALUES (9)").replace("nowhere", "a");
        migrations.add_outside("1_a", &changed, "SELECT 1;");
        let error = migrations.manager().apply(&mut connection).expect_err("changed");
        assert!(matches!(error, ApplyError::ChangedSinceStopped { done: 2, of: 4, .. }), "{error}");
        assert!(error.is_conflict());
        assert_usable(scratch, &mut connection);

        // Cleaned up by hand, then forgotten.
        connection.batch_execute("DROP TABLE a").expect("dropped");
        migrations.manager().repair(&mut connection).expect("repaired");
        migrations.manager().apply(&mut connection).expect("from the start");
        assert_eq!(scratch.ask("SELECT sum(x) FROM a"), "14");
    });
}

#[test]
fn a_block_of_the_file_is_one_step() {
    each(|scratch| {
        let migrations = Migrations::new();
        let up = "CREATE TABLE a (x INTEGER);\nBEGIN;\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\nCOMMIT;\nBEGIN;\nINSERT INTO a VALUES (3);\nINSERT INTO nowhere VALUES (4);\nEND;\nINSERT INTO a VALUES (5)";
        migrations.add_outside("1_a", up, "SELECT 1;");
        let mut connection = scratch.open();
        let error = migrations.manager().apply(&mut connection).expect_err("fails");
        assert!(error.to_string().contains("up.sql line 8, statement 8 of 10"), "{error}");
        assert_eq!(error.failure().expect("a failure").outcome, Outcome::Kept { done: 5, of: 10 });
        assert_eq!(scratch.ask("SELECT sum(x) FROM a"), "3");
        assert_usable(scratch, &mut connection);
        migrations.add_outside("1_a", &up.replace("nowhere", "a"), "SELECT 1;");
        migrations.manager().apply(&mut connection).expect("goes on");
        assert_eq!(scratch.ask("SELECT sum(x) FROM a"), "15");
        assert_usable(scratch, &mut connection);
    });
}

/// D3: the stock harness leaves the connection inside the failed transaction.
#[test]
fn a_begin_without_an_end_does_not_poison_the_connection() {
    each(|scratch| {
        for up in [
            "BEGIN; CREATE TABLE a (x INTEGER); nonsense",
            "BEGIN; CREATE TABLE a (x INTEGER); ROLLBACK; nonsense",
        ] {
            let migrations = Migrations::new();
            migrations.add_outside("1_a", up, "SELECT 1;");
            let mut connection = scratch.open();
            migrations.manager().apply(&mut connection).expect_err("fails");
            assert_usable(scratch, &mut connection);
            scratch.empty();
        }
    });
}

#[test]
fn settings_are_set_again_when_a_run_goes_on() {
    let scratch = Scratch::sqlite();
    let migrations = Migrations::new();
    let up =
        "PRAGMA foreign_keys = OFF; CREATE TABLE seen (x); INSERT INTO seen VALUES (1); nonsense";
    migrations.add_outside("1_a", up, "SELECT 1;");
    let mut connection = scratch.open();
    connection.batch_execute("PRAGMA foreign_keys = ON").expect("set");
    migrations.manager().apply(&mut connection).expect_err("fails");
    assert_eq!(
        query(&mut connection, "SELECT CAST(foreign_keys AS TEXT) AS v FROM pragma_foreign_keys"),
        ["1"]
    );
    let mended =
        up.replace("nonsense", "INSERT INTO seen SELECT foreign_keys FROM pragma_foreign_keys");
    migrations.add_outside("1_a", &mended, "SELECT 1;");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask("SELECT x FROM seen"), "1\n0");
}

#[test]
fn what_a_query_sets_is_set_again_when_a_run_goes_on() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::new();
    let up = "CREATE SCHEMA aside; CREATE TABLE asked (x int); \
        SELECT pg_catalog.set_config('search_path', 'aside', false) AS now, \
          set_config('app.was', current_setting('lock_timeout'), 'f'); \
        SELECT set_config('app.x', count(*)::text, false) FROM public.asked; \
        CREATE TABLE one (x int); nonsense";
    migrations.add_outside("1_a", up, "SELECT 1;");
    migrations.manager().apply(&mut scratch.open()).expect_err("fails");
    migrations.add_outside("1_a", &up.replace("nonsense", "CREATE TABLE two (x int)"), "SELECT 1;");
    migrations.manager().apply(&mut scratch.open()).expect("goes on");
    let places = "SELECT string_agg(schemaname || '.' || tablename, ',' ORDER BY tablename) \
        FROM pg_tables WHERE tablename IN ('one', 'two')";
    assert_eq!(scratch.ask(places), "aside.one,aside.two");
}

/// A temporary table of an earlier run is not there any more.
#[test]
fn who_misses_a_temporary_table_is_told_why() {
    each(|scratch| {
        let migrations = Migrations::new();
        let up = "CREATE TEMPORARY TABLE t (x INTEGER); INSERT INTO t VALUES (1); \
            INSERT INTO nowhere VALUES (1); CREATE TABLE a (x INTEGER); INSERT INTO a SELECT x FROM t";
        migrations.add_outside("1_a", up, "SELECT 1;");
        let first = migrations.manager().apply(&mut scratch.open()).expect_err("fails");
        assert_eq!(first.failure().expect("a failure").hint, None);
        migrations.add_outside("1_a", &up.replace("INTO nowhere", "INTO t"), "SELECT 1;");
        let error = migrations.manager().apply(&mut scratch.open()).expect_err("without it");
        let hint = error.failure().and_then(|failure| failure.hint.as_deref()).expect("a hint");
        assert!(hint.contains("temporary objects, which went with its connection"), "{hint}");
        assert!(hint.contains("`glowplug repair`"), "{hint}");
        // And that helps.
        migrations.manager().repair(&mut scratch.open()).expect("repaired");
        migrations.manager().apply(&mut scratch.open()).expect("from the start");
        assert_eq!(scratch.ask("SELECT count(*) FROM a"), "2");
        assert_eq!(scratch.applied(), ["1"]);
    });
}

#[test]
fn a_migration_of_settings_alone_is_noted() {
    each(|scratch| {
        let up = match scratch.backend {
            Backend::Sqlite => "PRAGMA journal_mode = WAL;",
            _ => "SET work_mem = '5MB';",
        };
        let migrations = Migrations::new();
        migrations.add_outside("1_a", up, up);
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(scratch.applied(), ["1"]);
        migrations.manager().revert(&mut connection, Revert::All).expect("reverted");
        assert_eq!(scratch.applied(), Vec::<String>::new());
        if scratch.backend == Backend::Sqlite {
            assert_eq!(scratch.ask("PRAGMA journal_mode"), "wal");
        }
    });
}

#[test]
fn reverting_goes_on_too() {
    each(|scratch| {
        let migrations = Migrations::new();
        let down = "DROP TABLE a; DROP TABLE nowhere; DROP TABLE b";
        migrations.add_outside(
            "1_a",
            "CREATE TABLE a (x INTEGER); CREATE TABLE b (x INTEGER)",
            down,
        );
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        let error = migrations.manager().revert(&mut connection, Revert::All).expect_err("fails");
        assert_eq!(error.failure().expect("a failure").outcome, Outcome::Kept { done: 1, of: 3 });
        assert_eq!(scratch.applied(), ["1"]);
        assert_eq!(entry(scratch), "reverting|1|3");
        migrations.add("2_b", "SELECT 1;", "SELECT 1;");
        let report = migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(
            report.warnings[0].to_string(),
            "reverting `1_a` stopped after statement 1 of 3"
        );
        migrations.manager().revert(&mut connection, Revert::Last(1)).expect("reverted");

        migrations.add_outside(
            "1_a",
            "SELECT 1;",
            &down.replace("TABLE nowhere", "TABLE IF EXISTS nowhere"),
        );
        migrations.manager().revert(&mut connection, Revert::All).expect("goes on");
        assert_eq!(scratch.applied(), Vec::<String>::new());
        assert_eq!(entry(scratch), "");
        assert!(scratch.catalog().is_empty(), "{}", scratch.catalog());
    });
}

#[test]
fn vacuum_runs_outside_and_once_per_run() {
    each(|scratch| {
        let migrations = Migrations::new();
        migrations.add_outside(
            "1_a",
            "CREATE TABLE a (x INTEGER); VACUUM; INSERT INTO a VALUES (1);",
            "VACUUM",
        );
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(entry(scratch), "applied|3|3");
        migrations.manager().revert(&mut connection, Revert::All).expect("reverted");
        assert_eq!(entry(scratch), "");
    });
}

#[test]
fn a_trigger_is_one_statement_of_the_journal() {
    let scratch = Scratch::sqlite();
    let migrations = Migrations::new();
    let up = "CREATE TABLE a (x); CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = 1; SELECT 1; END; INSERT INTO a VALUES (9);";
    migrations.add_outside("1_a", up, "SELECT 1;");
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    assert_eq!(entry(&scratch), "applied|3|3");
    assert_eq!(scratch.ask("SELECT x FROM a"), "1");
}
