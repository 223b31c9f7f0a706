//! PostgreSQL: statements that no transaction can hold, and a run that ended while one was running.

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{ApplyError, Direction, Event, Revert};

use super::support::{Migrations, Scratch, assert_usable};

const INDEXES: &str = "SELECT string_agg(relname || ':' || indisvalid, ',' ORDER BY relname) FROM pg_index \
     JOIN pg_class c ON c.oid = indexrelid WHERE relname LIKE 'i\\_%'";

/// Ends a run between the statement without a transaction and its mark.
fn end_before_the_mark(migrations: &Migrations, run: impl FnOnce(Manager)) {
    let manager = migrations.manager().on_event(|event| {
        assert!(!matches!(event, Event::Step("statement done")), "between statement and mark");
    });
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(manager))).expect_err("ended");
}

type Manager = glowplug::MigrationManager<glowplug::files::MigrationsDir>;

/// A database with a table and an index, and a migration that runs outside a transaction.
fn outside(up: &str, down: &str) -> (Scratch, Migrations) {
    let scratch = Scratch::postgres();
    let migrations =
        Migrations::of(&[("1_a", "CREATE TABLE a (x int); CREATE INDEX i_old ON a (x);")]);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    migrations.add_outside("2_b", up, down);
    (scratch, migrations)
}

#[test]
fn an_index_that_is_gone_is_not_dropped_again() {
    for index in ["i_old", "public.i_old", "IF EXISTS \"i_old\" RESTRICT"] {
        let up = format!("INSERT INTO a VALUES (1);\nDROP INDEX CONCURRENTLY {index};");
        let (scratch, migrations) = outside(&up, "SELECT 1;");
        let mut connection = scratch.open();
        end_before_the_mark(&migrations, |manager| drop(manager.apply(&mut connection)));
        assert_eq!(scratch.ask(INDEXES), "");
        assert_eq!(scratch.applied(), ["1"]);
        migrations.manager().apply(&mut connection).expect("goes on");
        assert_eq!(scratch.applied(), ["1", "2"]);
        assert_eq!(scratch.ask("SELECT sum(x) FROM a"), "1");
        assert_usable(&scratch, &mut connection);
    }
}

#[test]
fn a_revert_goes_on_after_the_index_that_is_gone() {
    let (scratch, migrations) = outside("SELECT 1;", "DROP INDEX CONCURRENTLY i_old; SELECT 1;");
    let mut connection = scratch.open();
    migrations.manager().apply(&mut connection).expect("applied");
    end_before_the_mark(&migrations, |manager| {
        drop(manager.revert(&mut connection, Revert::Last(1)));
    });
    assert_eq!(scratch.applied(), ["1", "2"]);
    migrations.manager().revert(&mut connection, Revert::Last(1)).expect("goes on");
    assert_eq!(scratch.applied(), ["1"]);
}

const COMMITS: &str = "DO $$ BEGIN INSERT INTO a VALUES (7); COMMIT; END $$;";

#[test]
fn what_may_have_run_is_never_run_twice() {
    let up = format!("INSERT INTO a VALUES (1);\n\n{COMMITS}\nINSERT INTO a VALUES (3);");
    let (scratch, migrations) = outside(&up, "SELECT 1;");
    let mut connection = scratch.open();
    end_before_the_mark(&migrations, |manager| drop(manager.apply(&mut connection)));
    for _ in 0..2 {
        let error = migrations.manager().apply(&mut connection).expect_err("not known");
        let ApplyError::UnknownOutcome { migration, direction, statement } = &error else {
            panic!("{error}");
        };
        assert_eq!((migration.as_str(), *direction), ("2_b", Direction::Up));
        assert_eq!((statement.number, statement.of, statement.line), (2, 3, 3));
        assert!(error.is_conflict(), "{error}");
        assert!(error.to_string().contains("`glowplug repair`"), "{error}");
        assert_eq!(scratch.ask("SELECT string_agg(x::text, ',' ORDER BY x) FROM a"), "1,7");
        let status = migrations.manager().status(&mut connection).expect("a status");
        let stopped = status.migrations[1].stopped.as_ref().expect("stopped");
        assert_eq!(stopped.step, 1);
        let noted = stopped.error.as_ref().expect("a note");
        assert!(noted.starts_with("was begun and has not come back: DO $$ BEGIN"), "{noted}");
        assert_usable(&scratch, &mut connection);
    }

    // It took effect, so it is taken out; the next statement is another one.
    migrations.add_outside("2_b", &up.replace(COMMITS, "CALL p();"), "SELECT 1;");
    scratch.ask("CREATE PROCEDURE p() LANGUAGE sql AS 'INSERT INTO a VALUES (100)'");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask("SELECT sum(x) FROM a"), "111");
}

#[test]
fn after_a_repair_the_file_is_run_as_it_is() {
    let (scratch, migrations) = outside(COMMITS, COMMITS);
    let mut connection = scratch.open();
    end_before_the_mark(&migrations, |manager| drop(manager.apply(&mut connection)));
    migrations.manager().apply(&mut connection).expect_err("not known");
    scratch.ask("DELETE FROM a");
    migrations.manager().repair(&mut connection).expect("repaired");
    migrations.manager().apply(&mut connection).expect("applied");
    assert_eq!(scratch.ask("SELECT count(*) FROM a"), "1");

    end_before_the_mark(&migrations, |manager| {
        drop(manager.revert(&mut connection, Revert::Last(1)));
    });
    let error = migrations.manager().revert(&mut connection, Revert::Last(1)).expect_err("down");
    assert!(matches!(error, ApplyError::UnknownOutcome { direction: Direction::Down, .. }));
    assert_eq!(scratch.ask("SELECT count(*) FROM a"), "2");
}

#[test]
fn what_does_no_harm_twice_is_run_again() {
    for up in ["VACUUM a;", "REINDEX INDEX CONCURRENTLY i_old;"] {
        let (scratch, migrations) = outside(up, "SELECT 1;");
        let mut connection = scratch.open();
        end_before_the_mark(&migrations, |manager| drop(manager.apply(&mut connection)));
        migrations.manager().apply(&mut connection).expect("goes on");
        assert_eq!(scratch.applied(), ["1", "2"]);
        assert_eq!(scratch.ask(INDEXES), "i_old:true");
    }
}

/// A second failure, of glowplug's own statement, must not make the invalid index look like done.
#[test]
fn an_invalid_index_that_cannot_be_dropped_is_not_taken_for_done() {
    let up = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i_new ON a (x);";
    let (scratch, migrations) = outside(up, "SELECT 1;");
    scratch.ask("INSERT INTO a VALUES (1), (1)");
    let mut connection = scratch.open();
    let mut reader = scratch.open();
    reader.batch_execute("BEGIN; SELECT * FROM a").expect("begun");
    connection.batch_execute("SET statement_timeout = '500ms'").expect("set");
    let error = migrations.manager().apply(&mut connection).expect_err("not unique");
    let left = "it left the invalid index public.i_new behind, which could not be dropped \
        (canceling statement due to statement timeout): the next run drops it";
    assert!(error.to_string().ends_with(left), "{error}");
    assert_eq!(scratch.ask(INDEXES), "i_new:false,i_old:true");

    for _ in 0..2 {
        let error = migrations.manager().apply(&mut connection).expect_err("cannot drop");
        assert!(error.to_string().contains("statement timeout"), "{error}");
        let noted = "SELECT state || ': ' || error FROM __glowplug_history WHERE version = '2'";
        let noted = scratch.ask(noted);
        assert!(noted.starts_with("failed: cannot drop the invalid index"), "{noted}");
    }
    reader.batch_execute("ROLLBACK").expect("ended");
    connection.batch_execute("RESET statement_timeout; DELETE FROM a").expect("mended");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask(INDEXES), "i_new:true,i_old:true");
    assert_eq!(scratch.applied(), ["1", "2"]);
}

/// The name belongs to an index that is none of the migration's.
#[test]
fn an_index_that_was_there_before_is_not_taken_for_done() {
    let up = "CREATE INDEX CONCURRENTLY i_old ON a ((x + 1));";
    let (scratch, migrations) = outside(up, "SELECT 1;");
    let mut connection = scratch.open();
    for _ in 0..2 {
        let error = migrations.manager().apply(&mut connection).expect_err("there is one");
        assert!(error.to_string().contains("already exists"), "{error}");
    }
    assert_eq!(scratch.applied(), ["1"]);
}

/// A setting is run again each time, so it is no part of what is done.
#[test]
fn a_statement_that_fails_behind_a_setting_fails_again() {
    let files = [
        ("CREATE UNIQUE INDEX CONCURRENTLY i_old ON a (x);", "\"i_old\" already exists"),
        ("DROP INDEX CONCURRENTLY i_none;", "\"i_none\" does not exist"),
        ("VACUUM none;", "\"none\" does not exist"),
        ("CREATE DATABASE postgres;", "\"postgres\" already exists"),
    ];
    for (statement, said) in files {
        let up = format!("SET lock_timeout = '5s'; {statement}");
        let (scratch, migrations) = outside(&up, "SELECT 1;");
        for _ in 0..2 {
            let error = migrations.manager().apply(&mut scratch.open()).expect_err(statement);
            assert!(error.to_string().contains(said), "{statement} {error}");
            assert!(error.to_string().ends_with("nothing of it was done"), "{statement} {error}");
            let noted = "SELECT state, step FROM __glowplug_history WHERE version = '2'";
            assert_eq!(scratch.ask(noted), "failed|0", "{statement}");
        }
        // The setting may be another one now.
        migrations.add_outside("2_b", "SET lock_timeout = '6s'; VACUUM a;", "SELECT 1;");
        migrations.manager().apply(&mut scratch.open()).expect("mended");
        assert_eq!(scratch.applied(), ["1", "2"]);
        scratch.empty();
    }
}
