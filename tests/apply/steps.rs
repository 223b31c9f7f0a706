//! Migrations outside a transaction: what their steps may be, and in which order they are done.

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{ApplyError, Event, MigrationState, Outcome, Revert, Warning};
use glowplug::model::Backend;

use super::support::{Migrations, Scratch, assert_usable, each};

/// Adds `2_b` on top of a table `a`, which is there.
fn on_top(scratch: &Scratch, up: &str) -> Migrations {
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INTEGER);")]);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    migrations.add_outside("2_b", up, "SELECT 1;");
    migrations
}

#[test]
fn a_setting_that_fails_at_the_end_leaves_the_migration_pending() {
    for (scratch, setting) in [
        (Scratch::postgres(), "SET ROLE nobody_is_called_so"),
        (Scratch::mariadb(), "SET no_such_variable = 1"),
        (Scratch::sqlite(), "ATTACH '/nowhere/at/all.db' AS o"),
    ] {
        let up = format!("INSERT INTO a VALUES (1); {setting};");
        let migrations = on_top(&scratch, &up);
        let mut connection = scratch.open();
        for _ in 0..2 {
            let error = migrations.manager().apply(&mut connection).expect_err(setting);
            assert!(error.to_string().contains("statement 2 of 2"), "{error}");
            assert_eq!(scratch.applied(), ["1"], "{setting}");
        }
        migrations.add_outside("2_b", "INSERT INTO a VALUES (1);", "SELECT 1;");
        migrations.manager().apply(&mut connection).expect("mended");
        assert_eq!(scratch.applied(), ["1", "2"]);
        assert_eq!(scratch.ask("SELECT count(*) FROM a"), "1", "{setting}");
        assert_usable(&scratch, &mut connection);
    }
}

/// A later migration that stopped half-way stands on what would go.
#[test]
fn nothing_is_reverted_under_a_migration_that_is_half_done() {
    each(|scratch| {
        let up = "ALTER TABLE a ADD COLUMN y INTEGER; INSERT INTO nowhere VALUES (1);";
        let migrations = on_top(scratch, up);
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect_err("fails");
        for again in [false, true] {
            let manager = migrations.manager();
            let result = match again {
                false => manager.revert(&mut connection, Revert::Last(1)),
                true => manager.redo(&mut connection, Revert::Last(1)),
            };
            let error = result.expect_err("half done");
            assert!(
                matches!(&error, ApplyError::HalfDone { names } if *names == ["2_b"]),
                "{error}"
            );
        }
        assert_eq!(scratch.applied(), ["1"]);
        // The finished half is there still, and the other one follows.
        migrations.add_outside(
            "2_b",
            &up.replace("nowhere VALUES (1)", "a VALUES (1, 2)"),
            "SELECT 1;",
        );
        migrations.manager().apply(&mut connection).expect("mended");
        assert_eq!(scratch.ask("SELECT y FROM a"), "2");
    });
}

/// What each step would commit, though the file takes it back, or what the notes would break.
#[test]
fn what_cannot_be_done_step_by_step_is_refused_before_anything_runs() {
    let of_all = [
        "BEGIN; INSERT INTO a VALUES (2); ROLLBACK;",
        "SAVEPOINT s; INSERT INTO a VALUES (2); ROLLBACK TO s; RELEASE SAVEPOINT s;",
        "INSERT INTO a VALUES (2); COMMIT;",
    ];
    let of_sqlite =
        ["INSERT INTO a SELECT last_insert_rowid();", "INSERT INTO a SELECT 2 + changes();"];
    let of_postgres = ["BEGIN; INSERT INTO a VALUES (2); COMMIT AND CHAIN; ROLLBACK;"];
    let of_mariadb = [
        "LOCK TABLES a WRITE; INSERT INTO a VALUES (2); UNLOCK TABLES;",
        "INSERT INTO a VALUES (2 + ROW_COUNT());",
        "SET sql_mode = 'NO_BACKSLASH_ESCAPES'; INSERT INTO a VALUES (length('C:\\'));",
    ];
    for scratch in [Scratch::sqlite(), Scratch::postgres(), Scratch::mariadb()] {
        let more = match scratch.backend {
            Backend::Sqlite => &of_sqlite[..],
            Backend::Postgres => &of_postgres,
            Backend::Mysql => &of_mariadb,
        };
        for refused in of_all.iter().chain(more) {
            scratch.empty();
            let migrations = on_top(&scratch, &format!("INSERT INTO a VALUES (1);\n{refused}"));
            let mut connection = scratch.open();
            let error = migrations.manager().apply(&mut connection).expect_err(refused);
            assert!(matches!(error, ApplyError::NotInSteps { line: 2, .. }), "{refused}: {error}");
            assert_eq!(scratch.ask("SELECT count(*) FROM a"), "0", "{refused}");
            assert_usable(&scratch, &mut connection);
        }
    }
    // A table may be called so, and a body does what it does later.
    for (scratch, up) in [
        (
            Scratch::sqlite(),
            "CREATE TABLE changes (x INTEGER); INSERT INTO changes (x) VALUES (1); \
             CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO changes VALUES (last_insert_rowid()); END;",
        ),
        (
            Scratch::mariadb(),
            "CREATE PROCEDURE p() BEGIN DELETE FROM a; SELECT ROW_COUNT(), LAST_INSERT_ID(); END;",
        ),
    ] {
        let migrations = on_top(&scratch, up);
        migrations.manager().apply(&mut scratch.open()).expect(up);
    }
}

#[test]
fn what_a_block_set_is_set_again_when_a_run_goes_on() {
    let scratch = Scratch::postgres();
    let up = "BEGIN; SET search_path = aside; SET LOCAL lock_timeout = 1; CREATE TABLE one (x int); COMMIT; \
        CREATE TABLE public.gone (x int); nonsense";
    let migrations = on_top(&scratch, &format!("CREATE SCHEMA aside; {up}"));
    migrations.manager().apply(&mut scratch.open()).expect_err("fails");
    let up = format!("CREATE SCHEMA aside; {}", up.replace("nonsense", "CREATE TABLE two (x int)"));
    migrations.add_outside("2_b", &up, "SELECT 1;");
    migrations.manager().apply(&mut scratch.open()).expect("goes on");
    let places = "SELECT string_agg(schemaname || '.' || tablename, ',' ORDER BY tablename) \
        FROM pg_tables WHERE tablename IN ('one', 'two')";
    assert_eq!(scratch.ask(places), "aside.one,aside.two");
}

/// Ends a run as a crash would, where this event comes.
fn ended(migrations: &Migrations, scratch: &Scratch, at: fn(&Event<'_>) -> bool) {
    let manager = migrations.manager().on_event(move |event| assert!(!at(event), "ended"));
    let run = std::panic::AssertUnwindSafe(|| manager.apply(&mut scratch.open()));
    std::panic::catch_unwind(run).expect_err("ended");
}

fn before_the_statement(event: &Event<'_>) -> bool {
    matches!(event, Event::Statement { migration: "2_b", number: 1, .. })
}

fn behind_the_statement(event: &Event<'_>) -> bool {
    matches!(event, Event::Step("statement done"))
}

/// What others define meanwhile says nothing about a statement that names something else.
#[test]
fn on_mariadb_others_may_define_something_after_a_crash() {
    for (at, up) in [
        (before_the_statement as fn(&Event<'_>) -> bool, "ALTER TABLE a ADD COLUMN y INTEGER;"),
        (behind_the_statement, "ALTER TABLE a ADD COLUMN y INTEGER;"),
        (behind_the_statement, "ALTER TABLE a PARTITION BY HASH (x) PARTITIONS 2;"),
        (behind_the_statement, "CREATE EVENT e ON SCHEDULE EVERY 1 YEAR DO SELECT 1;"),
        (
            behind_the_statement,
            "SET STATEMENT lock_wait_timeout = 5 FOR CREATE TABLE b (x INTEGER);",
        ),
    ] {
        let scratch = Scratch::mariadb();
        let migrations = on_top(&scratch, up);
        ended(&migrations, &scratch, at);
        scratch.ask("CREATE TABLE somebody_else (x INTEGER)");
        let result = migrations.manager().apply(&mut scratch.open());
        if up.starts_with("SET STATEMENT") {
            assert!(matches!(result, Err(ApplyError::UnknownOutcome { .. })), "{result:?}");
            continue;
        }
        result.expect(up);
        if up.contains("COLUMN") {
            assert_eq!(scratch.ask("SELECT count(y) FROM a"), "0");
        }
    }
}

/// Two tables that change places look as before.
#[test]
fn on_mariadb_what_leaves_no_trace_is_never_run_twice() {
    for up in [
        "RENAME TABLE a TO c, b TO a, c TO b;",
        "ALTER TABLE p EXCHANGE PARTITION p0 WITH TABLE a;",
        "TRUNCATE TABLE b;",
        "SELECT counted();",
    ] {
        let scratch = Scratch::mariadb();
        let made = "CREATE TABLE b (x INTEGER); INSERT INTO b VALUES (7); \
             CREATE TABLE p (x INTEGER) PARTITION BY RANGE (x) (PARTITION p0 VALUES LESS THAN (9)); \
             CREATE FUNCTION counted() RETURNS INTEGER MODIFIES SQL DATA \
             BEGIN INSERT INTO b VALUES (8); RETURN 1; END";
        scratch.open().batch_execute(made).expect("made");
        let migrations = on_top(&scratch, up);
        ended(&migrations, &scratch, behind_the_statement);
        let now = scratch
            .ask("SELECT * FROM a; SELECT '-'; SELECT * FROM b; SELECT '-'; SELECT * FROM p");
        let error = migrations.manager().apply(&mut scratch.open()).expect_err(up);
        assert!(matches!(error, ApplyError::UnknownOutcome { .. }), "{up} {error}");
        let after = scratch
            .ask("SELECT * FROM a; SELECT '-'; SELECT * FROM b; SELECT '-'; SELECT * FROM p");
        assert_eq!(now, after, "{up}");
    }
}

#[test]
fn on_mariadb_a_transaction_around_a_change_of_the_schema_is_none() {
    let scratch = Scratch::mariadb();
    let up = "BEGIN; INSERT INTO a VALUES (1); CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1); COMMIT;";
    let migrations = on_top(&scratch, up);
    for _ in 0..2 {
        let error = migrations.manager().apply(&mut scratch.open()).expect_err("fails");
        let outcome = error.failure().expect("a failure").outcome;
        assert_eq!(outcome, Outcome::Kept { done: 3, of: 5 });
    }
    migrations.add_outside("2_b", &up.replace("nowhere", "b"), "SELECT 1;");
    migrations.manager().apply(&mut scratch.open()).expect("goes on");
    assert_eq!(scratch.ask("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b)"), "1|1");
}

/// The statement before it was done by another session.
#[test]
fn on_mariadb_a_number_of_an_earlier_run_is_not_asked_for() {
    let scratch = Scratch::mariadb();
    let up = "CREATE TABLE n (id INTEGER PRIMARY KEY AUTO_INCREMENT, x INTEGER); \
        INSERT INTO n (x) VALUES (4); INSERT INTO a VALUES (LAST_INSERT_ID());";
    let migrations = on_top(&scratch, up);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    assert_eq!(scratch.ask("SELECT x FROM a"), "1");
    migrations.add_outside("3_c", &up.replace("TABLE n", "TABLE IF NOT EXISTS n"), "SELECT 1;");
    let at =
        |event: &Event<'_>| matches!(event, Event::Statement { migration: "3_c", number: 3, .. });
    ended(&migrations, &scratch, at);
    let error = migrations.manager().apply(&mut scratch.open()).expect_err("another session");
    assert!(matches!(error, ApplyError::NotInSteps { .. }), "{error}");
    assert_eq!(scratch.ask("SELECT count(*) FROM a"), "1");
}

/// A database of another character set holds names and comments of any language all the same.
#[test]
fn the_notes_are_of_any_language() {
    let scratch = Scratch::mariadb();
    let (_, name) = scratch.url.rsplit_once('/').expect("a path");
    scratch.ask(&format!("ALTER DATABASE {name} CHARACTER SET latin1"));
    let up = "CREATE TABLE b (x INTEGER) CHARACTER SET utf8mb4 COMMENT '日本'; INSERT INTO nowhere VALUES (1);";
    let migrations = on_top(&scratch, up);
    let error = migrations.manager().apply(&mut scratch.open()).expect_err("fails");
    assert!(error.to_string().contains("statement 2 of 2"), "{error}");
    ended(&migrations, &scratch, |event| matches!(event, Event::Statement { number: 2, .. }));
}

#[test]
fn what_may_run_in_no_transaction_is_known_by_any_word() {
    let scratch = Scratch::postgres();
    let up = "CREATE TABLE p (x int) PARTITION BY LIST (x); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); \
        ALTER TABLE IF EXISTS ONLY public . p DETACH PARTITION p1 CONCURRENTLY; \
        CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO a VALUES (1); COMMIT; END $$; \
        DO $$ BEGIN CALL commits(); END $$;";
    let migrations = on_top(&scratch, up);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    assert_eq!(scratch.ask("SELECT count(*) FROM pg_inherits"), "0");
    assert_eq!(scratch.ask("SELECT count(*) FROM a"), "1");
}

#[test]
fn a_partition_that_is_half_detached_is_told() {
    let scratch = Scratch::postgres();
    let before = "CREATE TABLE p (x int) PARTITION BY LIST (x); \
        CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);";
    scratch.ask(before);
    let migrations = on_top(&scratch, "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;");
    let mut reader = scratch.open();
    reader.batch_execute("BEGIN; SELECT * FROM p").expect("reads");
    let mut connection = scratch.open();
    connection.batch_execute("SET lock_timeout = '300ms'").expect("set");
    let error = migrations.manager().apply(&mut connection).expect_err("in use").to_string();
    assert!(error.contains("the partition p1 is half detached"), "{error}");
    assert!(!error.contains("nothing of it was done"), "{error}");
    reader.batch_execute("COMMIT").expect("ended");
    migrations.add_outside("2_b", "ALTER TABLE p DETACH PARTITION p1 FINALIZE;", "SELECT 1;");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask("SELECT count(*) FROM pg_inherits"), "0");
}

/// glowplug's frame alone is all or nothing: what stands behind it is done for itself.
#[test]
fn statements_behind_a_rebuild_are_steps_of_their_own() {
    let scratch = Scratch::sqlite();
    assert_eq!(scratch.backend, Backend::Sqlite);
    let migrations =
        Migrations::of(&[("1_a", "CREATE TABLE a (x INTEGER); CREATE TABLE log (x INTEGER);")]);
    let mut connection = scratch.open();
    migrations.manager().apply(&mut connection).expect("applied");
    let rebuild = "-- glowplug: rebuild\nPRAGMA foreign_keys = OFF;\nBEGIN IMMEDIATE;\n\
        CREATE TEMP TABLE \"__glowplug_guard\" (x);\nCREATE TABLE n (y INTEGER);\nINSERT INTO n SELECT x FROM a;\n\
        DROP TABLE a;\nALTER TABLE n RENAME TO a;\nDROP TABLE temp.\"__glowplug_guard\";\nCOMMIT;\nPRAGMA foreign_keys = ON;\n";
    let up = format!(
        "{rebuild}BEGIN; INSERT INTO log VALUES (1); COMMIT;\nBEGIN; INSERT INTO nowhere VALUES (1); COMMIT;"
    );
    migrations.add_outside("2_b", &up, "SELECT 1;");
    for _ in 0..2 {
        let error = migrations.manager().apply(&mut connection).expect_err("fails");
        assert!(!error.to_string().contains("rolled back as a whole"), "{error}");
        assert_eq!(scratch.ask("SELECT count(*) FROM log"), "1");
    }
    migrations.add_outside("2_b", &up.replace("nowhere", "log"), "SELECT 1;");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask("SELECT count(*) FROM log"), "2");
    assert_eq!(scratch.applied(), ["1", "2"]);
}

/// Under another name it would begin anew, on top of what it has done.
#[test]
fn a_migration_that_stopped_and_was_renamed_is_told() {
    each(|scratch| {
        let up = "CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1);";
        let migrations = on_top(scratch, up);
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect_err("fails");
        migrations.remove("2_b");
        let status = migrations.manager().status(&mut connection).expect("a status");
        let abandoned: Vec<_> = status.in_state(MigrationState::Abandoned).collect();
        assert_eq!(abandoned.len(), 1, "{status:?}");
        assert_eq!(
            (abandoned[0].name.as_str(), abandoned[0].stopped.as_ref().map(|s| s.step)),
            ("2_b", Some(1))
        );
        assert!(!status.is_up_to_date());
        migrations.add("3_c", "CREATE TABLE c (x INTEGER);", "DROP TABLE c;");
        let report = migrations.manager().apply(&mut connection).expect("the others");
        let warned =
            |warning: &Warning| matches!(warning, Warning::Abandoned { name } if name == "2_b");
        assert!(report.warnings.iter().any(warned), "{report:?}");
        migrations.manager().repair(&mut connection).expect("forgotten");
        assert!(migrations.manager().status(&mut connection).expect("a status").is_up_to_date());
    });
}
