//! Indexes that PostgreSQL keeps as invalid: those of statements that failed, or did not come back.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;

use super::support::{Migrations, Scratch, open, query};

const INDEXES: &str = "SELECT string_agg(relname || ':' || indisvalid, ',' ORDER BY relname) FROM pg_index \
     JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace = 'public'::regnamespace \
     AND relname NOT LIKE '\\_\\_%'";

/// The server process of the build is ended: what it did is not known before the next run, which finds
/// the index among those that the table did not have.
#[test]
fn an_index_without_a_name_whose_build_was_ended_is_found() {
    for builds_again in [true, false] {
        let scratch = Scratch::postgres();
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int, y int);")]);
        let up = "CREATE UNIQUE INDEX CONCURRENTLY ON a (x);";
        migrations.add_outside("2_b", up, "SELECT 1;");
        let mut connection = scratch.open();
        migrations.manager().apply_to(&mut connection, "1").expect("applied");
        connection.batch_execute("INSERT INTO a VALUES (1, 1)").expect("a row");
        // One of each kind was there before.
        connection.batch_execute("CREATE INDEX CONCURRENTLY i_valid ON a (y)").expect("made");
        scratch.ask("INSERT INTO a VALUES (2, 1)");
        let theirs = "CREATE UNIQUE INDEX CONCURRENTLY i_theirs ON a (y)";
        connection.batch_execute(theirs).expect_err("not unique");
        let mut writer = scratch.open();
        writer.batch_execute("BEGIN; INSERT INTO a VALUES (3, 3)").expect("written");
        let own = query(&mut connection, "SELECT pg_backend_pid()::text AS v")[0].clone();
        let url = scratch.url.clone();
        let ender = std::thread::spawn(move || {
            let waits = format!(
                "SELECT pid::text AS v FROM pg_stat_activity \
                 WHERE pid = {own} AND wait_event_type = 'Lock'"
            );
            let (mut other, start) = (open(&url), Instant::now());
            while query(&mut other, &waits).is_empty() {
                assert!(start.elapsed() < Duration::from_secs(20), "it never waits");
                std::thread::sleep(Duration::from_millis(20));
            }
            let end = format!("SELECT pg_terminate_backend({own})");
            other.batch_execute(&end).expect("ended");
        });
        let error = migrations.manager().apply(&mut connection).expect_err("ended");
        ender.join().expect("joined");
        let text = error.to_string();
        assert!(text.contains("so the statement is done, or goes on, or is not"), "{text}");
        assert!(!text.contains("nothing of it was done"), "{text}");
        writer.batch_execute("COMMIT").expect("committed");
        if !builds_again {
            // As if it had come to its end.
            scratch.ask("DROP INDEX a_x_idx");
            scratch.ask("CREATE UNIQUE INDEX CONCURRENTLY ON a (x)");
        }
        migrations.manager().apply(&mut scratch.open()).expect("goes on");
        let all = "a_x_idx:true,i_theirs:false,i_valid:true";
        assert_eq!(scratch.ask(INDEXES), all, "{builds_again}");
        assert_eq!(scratch.applied(), ["1", "2"]);
    }
}

#[test]
fn what_a_failed_reindex_leaves_is_dropped_at_once() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[(
        "1_a",
        "CREATE TABLE a (x int); CREATE INDEX i_x ON a (x); CREATE INDEX i_y ON a ((x + 1));",
    )]);
    migrations.add_outside("2_b", "REINDEX (VERBOSE) TABLE CONCURRENTLY a;", "SELECT 1;");
    let mut connection = scratch.open();
    migrations.manager().apply_to(&mut connection, "1").expect("applied");
    let mut writer = scratch.open();
    writer.batch_execute("BEGIN; INSERT INTO a VALUES (1)").expect("written");
    connection.batch_execute("SET lock_timeout = '500ms'").expect("set");
    let ender = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(700));
        writer.batch_execute("COMMIT").expect("committed");
    });
    let error = migrations.manager().apply(&mut connection).expect_err("given up");
    ender.join().expect("joined");
    let text = error.to_string();
    for index in ["i_x_ccnew", "i_y_ccnew"] {
        let dropped = format!("the invalid index public.{index} that it left behind was dropped");
        assert!(text.contains(&dropped), "{text}");
    }
    assert_eq!(scratch.ask(INDEXES), "i_x:true,i_y:true");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask(INDEXES), "i_x:true,i_y:true");
}

/// Who cannot have the table does not wait for it for ever, nor in silence.
#[test]
fn an_invalid_index_whose_table_is_in_use_is_left_after_a_while() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
    migrations.add_outside("2_b", "CREATE UNIQUE INDEX CONCURRENTLY i_x ON a (x);", "SELECT 1;");
    let mut connection = scratch.open();
    migrations.manager().apply_to(&mut connection, "1").expect("applied");
    connection.batch_execute("INSERT INTO a VALUES (1), (1)").expect("rows");
    let mut writer = scratch.open();
    let url = scratch.url.clone();
    let patient = Duration::from_millis(300);
    let manager = migrations.manager().table_lock_timeout(patient);
    // The build fails at the rows; the writer comes between it and the drop.
    writer.batch_execute("BEGIN; SELECT * FROM a").expect("reads");
    let error = manager.apply(&mut connection).expect_err("not unique");
    let text = error.to_string();
    assert!(
        text.contains("could not be dropped (canceling statement due to lock timeout)"),
        "{text}"
    );
    assert_eq!(query(&mut connection, "SELECT current_setting('lock_timeout') AS v"), ["0"]);
    writer.batch_execute("COMMIT").expect("ended");
    scratch.ask("DELETE FROM a");
    manager.apply(&mut open(&url)).expect("goes on");
    assert_eq!(scratch.ask(INDEXES), "i_x:true");
}

#[test]
fn an_invalid_index_that_was_there_before_is_not_taken_for_the_one_to_make() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
    let up = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i_x ON a (x);";
    migrations.add_outside("2_b", up, "SELECT 1;");
    let mut connection = scratch.open();
    migrations.manager().apply_to(&mut connection, "1").expect("applied");
    connection.batch_execute("INSERT INTO a VALUES (1), (1)").expect("rows");
    connection.batch_execute(up).expect_err("not unique");
    connection.batch_execute("DELETE FROM a").expect("deleted");
    let error = migrations.manager().apply(&mut connection).expect_err("nothing was made");
    let failure = error.failure().expect("a failure");
    assert_eq!(failure.message, "the index public.i_x was there before, and is invalid");
    let hint = "`DROP INDEX CONCURRENTLY public.i_x` makes room for it";
    assert_eq!(failure.hint.as_deref(), Some(hint));
    assert_eq!(scratch.applied(), ["1"]);
    // Nor is it dropped by a second try.
    migrations.manager().apply(&mut connection).expect_err("it is there still");
    assert_eq!(scratch.ask(INDEXES), "i_x:false");
    scratch.ask("DROP INDEX CONCURRENTLY public.i_x");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask(INDEXES), "i_x:true");
}

/// The same where the server chose the name: the next run knows it by what there was before.
#[test]
fn an_invalid_index_without_a_name_is_dropped_by_the_next_run() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int, y int);")]);
    migrations.add_outside("2_b", "CREATE UNIQUE INDEX CONCURRENTLY ON a (x);", "SELECT 1;");
    let mut connection = scratch.open();
    migrations.manager().apply_to(&mut connection, "1").expect("applied");
    connection.batch_execute("INSERT INTO a VALUES (1, 1), (1, 1)").expect("rows");
    let theirs = "CREATE UNIQUE INDEX CONCURRENTLY i_theirs ON a (y)";
    connection.batch_execute(theirs).expect_err("not unique");
    let manager = migrations.manager().table_lock_timeout(Duration::from_millis(300));
    let mut reader = scratch.open();
    reader.batch_execute("BEGIN; SELECT * FROM a").expect("reads");
    let error = manager.apply(&mut connection).expect_err("not unique").to_string();
    assert!(error.contains("the next run drops it"), "{error}");
    assert!(!error.contains("nothing of it was done"), "{error}");
    // The drop fails once more, and what is known stays.
    let error = manager.apply(&mut connection).expect_err("in use").to_string();
    assert!(error.contains("cannot drop the invalid index of an earlier try"), "{error}");
    reader.batch_execute("COMMIT").expect("ended");
    scratch.ask("DELETE FROM a");
    manager.apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask(INDEXES), "a_x_idx:true,i_theirs:false");
}

#[test]
fn an_index_that_is_half_dropped_is_told() {
    let scratch = Scratch::postgres();
    let made = "CREATE TABLE a (x int); CREATE INDEX i_x ON a (x);";
    let migrations = Migrations::of(&[("1_a", made)]);
    migrations.add_outside("2_b", "DROP INDEX CONCURRENTLY i_x;", "SELECT 1;");
    let mut connection = scratch.open();
    migrations.manager().apply_to(&mut connection, "1").expect("applied");
    let mut reader = scratch.open();
    reader.batch_execute("BEGIN; SELECT * FROM a").expect("reads");
    connection.batch_execute("SET lock_timeout = '300ms'").expect("set");
    let error = migrations.manager().apply(&mut connection).expect_err("in use").to_string();
    assert_eq!(scratch.ask(INDEXES), "i_x:false");
    let told = "the index public.i_x is there still, but no query uses it: the next run drops it";
    assert!(error.contains(told), "{error}");
    assert!(!error.contains("nothing of it was done"), "{error}");
    reader.batch_execute("COMMIT").expect("ended");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask(INDEXES), "");
}

/// An index of other columns that somebody else made meanwhile is not taken for the one to make.
#[test]
fn an_index_without_a_name_is_known_by_its_columns() {
    for (theirs, ours) in [
        ("CREATE INDEX ON a (y)", None),
        ("CREATE INDEX ON a (x)", Some("a_x_idx:true")),
        ("CREATE INDEX ON a (x, y)", None),
    ] {
        let scratch = Scratch::postgres();
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int, y int);")]);
        migrations.manager().apply(&mut scratch.open()).expect("applied");
        migrations.add_outside("2_b", "CREATE INDEX CONCURRENTLY ON a (x);", "SELECT 1;");
        let manager = migrations.manager().on_event(|event| {
            let begins =
                matches!(event, glowplug::apply::Event::Statement { migration: "2_b", .. });
            assert!(!begins, "ended before it ran");
        });
        let run = std::panic::AssertUnwindSafe(|| manager.apply(&mut scratch.open()));
        std::panic::catch_unwind(run).expect_err("ended");
        scratch.ask(theirs);
        let result = migrations.manager().apply(&mut scratch.open());
        match ours {
            Some(ours) => {
                result.expect("as if it had been done");
                assert_eq!(scratch.ask(INDEXES), ours);
            }
            None => {
                let error = result.expect_err("not known");
                assert!(
                    matches!(error, glowplug::apply::ApplyError::UnknownOutcome { .. }),
                    "{error}"
                );
            }
        }
    }
}
