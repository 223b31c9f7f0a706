//! The connection that is handed back.

use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::{BoxableConnection, SimpleConnection as _};
use diesel::migration::{
    Migration, MigrationMetadata, MigrationName, MigrationSource, MigrationVersion, Result,
};
use diesel::{Connection as _, PgConnection, SqliteConnection};
use glowplug::MigrationManager;
use glowplug::apply::{ApplyError, Event, MigrationState, Outcome};
use glowplug::connection::AnyConnection;
use glowplug::model::Backend;

use super::support::{Migrations, Scratch, assert_usable, each, query};

const PRAGMAS: &str = "SELECT foreign_keys || '/' || (SELECT timeout FROM pragma_busy_timeout) || '/' \
    || (SELECT legacy_alter_table FROM pragma_legacy_alter_table) AS v FROM pragma_foreign_keys";

#[test]
fn sqlites_pragmas_are_put_back() {
    for (found, fails) in [("ON", false), ("OFF", false), ("ON", true), ("OFF", true)] {
        let scratch = Scratch::sqlite();
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INTEGER);")]);
        let change = "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; \
            PRAGMA busy_timeout = 1; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;";
        let end = if fails { "BEGIN; CREATE TABLE c (x); nonsense; COMMIT;" } else { "VACUUM;" };
        migrations.add_outside("2_b", &format!("{change}{end}"), "SELECT 1;");
        let mut connection = scratch.open();
        let set = format!("PRAGMA foreign_keys = {found}; PRAGMA busy_timeout = 1234");
        connection.batch_execute(&set).expect("set");
        let before = query(&mut connection, PRAGMAS);
        let result = migrations.manager().apply(&mut connection);
        assert_eq!(result.is_err(), fails);
        assert_eq!(query(&mut connection, PRAGMAS), before);
        assert_eq!(before[0], format!("{}/1234/0", i32::from(found == "ON")));
        assert_usable(&scratch, &mut connection);
    }
}

/// A function that a definition calls is not looked through before the end of the run.
#[test]
fn what_a_function_sets_while_something_is_defined_is_put_back_at_the_end() {
    let scratch = Scratch::postgres();
    scratch.ask(
        "CREATE FUNCTION leak() RETURNS text VOLATILE LANGUAGE sql \
           AS $$ SELECT set_config('work_mem', '128kB', false) $$; \
         CREATE TABLE t (x int); INSERT INTO t VALUES (1)",
    );
    let migrations = Migrations::of(&[
        ("1_a", "ALTER TABLE t ADD COLUMN y text DEFAULT leak();"),
        // What asks for something is followed by a look at the settings.
        ("2_b", "CREATE TABLE seen AS SELECT y FROM t;"),
        ("3_c", "ALTER TABLE t ADD COLUMN z text DEFAULT current_setting('work_mem');"),
    ]);
    let mut connection = scratch.open();
    connection.batch_execute("SET work_mem = '9MB'").expect("set");
    migrations.manager().apply(&mut connection).expect("applied");
    assert_eq!(query(&mut connection, "SELECT current_setting('work_mem') AS v"), ["9MB"]);
    assert_eq!(scratch.ask("SELECT y, z FROM t"), "128kB|9MB");
    assert_usable(&scratch, &mut connection);
}

#[test]
fn postgres_settings_do_not_leak() {
    for end in ["", "nonsense;"] {
        let scratch = Scratch::postgres();
        let migrations = Migrations::of(&[(
            "1_a",
            &format!(
                "CREATE SCHEMA other; SET search_path TO other; SET statement_timeout = '7s'; \
                 SET lock_timeout = '3s'; SET ROLE pg_monitor; RESET ROLE; \
                 CREATE TABLE t (x int); {end}"
            ),
        )]);
        let outside = "SET search_path TO pg_catalog; SET ROLE pg_monitor; SET work_mem = '5MB';";
        migrations.add_outside("2_b", &format!("{outside} {end}"), "SELECT 1;");
        let mut connection = scratch.open();
        connection.batch_execute("SET work_mem = '9MB'; SET lock_timeout = '1s'").expect("set");
        let settings = "SELECT concat_ws('/', current_setting('search_path'), \
            current_setting('statement_timeout'), current_setting('lock_timeout'), \
            current_setting('work_mem'), current_setting('role')) AS v";
        let before = query(&mut connection, settings);
        assert_eq!(before, [r#""$user", public/0/1s/9MB/none"#]);
        let result = migrations.manager().apply(&mut connection);
        assert_eq!(result.is_ok(), end.is_empty(), "{result:?}");
        assert_eq!(query(&mut connection, settings), before);
        assert_usable(&scratch, &mut connection);
        if end.is_empty() {
            // Both rows went where Diesel's table is, not where the search path led.
            assert_eq!(scratch.applied(), ["1", "2"]);
            let schemas =
                "SELECT string_agg(schemaname, ',') FROM pg_tables WHERE tablename LIKE '\\_\\_%'";
            assert_eq!(scratch.ask(schemas), "public,public");
        }
    }
}

/// A migration in Rust.
#[derive(Clone, Copy)]
struct Code {
    run: fn(&mut dyn std::any::Any) -> Result<()>,
    transactional: bool,
}

#[derive(Clone, Copy)]
struct Name;

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("1_code")
    }
}

impl MigrationName for Name {
    fn version(&self) -> MigrationVersion<'_> {
        MigrationVersion::from("1")
    }
}

impl MigrationMetadata for Code {
    fn run_in_transaction(&self) -> bool {
        self.transactional
    }
}

macro_rules! code_for {
    ($backend:ty, $connection:ty) => {
        impl Migration<$backend> for Code {
            fn run(&self, connection: &mut dyn BoxableConnection<$backend>) -> Result<()> {
                (self.run)(connection.downcast_mut::<$connection>().ok_or("no connection")?)
            }
            fn revert(&self, _: &mut dyn BoxableConnection<$backend>) -> Result<()> {
                Err("there is no way back".into())
            }
            fn metadata(&self) -> &dyn MigrationMetadata {
                self
            }
            fn name(&self) -> &dyn MigrationName {
                &Name
            }
        }

        impl MigrationSource<$backend> for Code {
            fn migrations(&self) -> Result<Vec<Box<dyn Migration<$backend>>>> {
                Ok(vec![Box::new(*self)])
            }
        }
    };
}

code_for!(diesel::sqlite::Sqlite, SqliteConnection);
code_for!(diesel::pg::Pg, PgConnection);

/// Runs it on both backends; the result of each, and what is left is asserted to be usable.
fn run_code(code: Code, check: impl Fn(&Scratch, std::result::Result<(), ApplyError>)) {
    each(|scratch| {
        let manager = MigrationManager::new(code);
        let result = match scratch.backend {
            Backend::Sqlite => {
                let mut connection = SqliteConnection::establish(&scratch.url).expect("open");
                let result = manager.apply(&mut connection).map(drop);
                assert_usable(scratch, &mut AnyConnection::Sqlite(connection));
                result
            }
            _ => {
                let mut connection = PgConnection::establish(&scratch.url).expect("open");
                let result = manager.apply(&mut connection).map(drop);
                assert_usable(scratch, &mut AnyConnection::Postgres(connection));
                result
            }
        };
        check(scratch, result);
    });
}

/// Runs SQL on whichever connection it is.
fn sql(connection: &mut dyn std::any::Any, sql: &str) -> diesel::QueryResult<()> {
    match connection.downcast_mut::<SqliteConnection>() {
        Some(connection) => connection.batch_execute(sql),
        None => connection.downcast_mut::<PgConnection>().expect("either").batch_execute(sql),
    }
}

#[test]
fn code_runs_in_the_migrations_transaction() {
    let run = |connection: &mut dyn std::any::Any| {
        sql(connection, "CREATE TABLE a (x INTEGER)")?;
        match connection.downcast_mut::<SqliteConnection>() {
            Some(connection) => {
                connection.transaction(|c| c.batch_execute("INSERT INTO a VALUES (1)"))
            }
            None => connection
                .downcast_mut::<PgConnection>()
                .expect("either")
                .transaction(|c| c.batch_execute("INSERT INTO a VALUES (1)")),
        }
        .map_err(Into::into)
    };
    for transactional in [true, false] {
        run_code(Code { run, transactional }, |scratch, result| {
            result.expect("applied");
            assert_eq!(scratch.ask("SELECT x FROM a"), "1");
            assert_eq!(scratch.applied(), ["1"]);
            assert_eq!(
                scratch.ask("SELECT count(*) FROM __glowplug_history WHERE checksum IS NULL"),
                "1"
            );
        });
    }
}

#[test]
fn code_that_fails_is_rolled_back() {
    let run = |connection: &mut dyn std::any::Any| {
        sql(connection, "CREATE TABLE a (x INTEGER)")?;
        Err("changed its mind".into())
    };
    run_code(Code { run, transactional: true }, |scratch, result| {
        let error = result.expect_err("fails");
        assert_eq!(
            error.to_string(),
            "migration `1_code` failed: changed its mind; it was rolled back as a whole"
        );
        assert_eq!(scratch.catalog(), "");
    });
    run_code(Code { run, transactional: false }, |scratch, result| {
        let error = result.expect_err("fails");
        assert_eq!(error.failure().expect("a failure").outcome, Outcome::Unknown);
        assert!(scratch.catalog().contains("|a|"));
    });
}

#[test]
fn code_that_ends_the_transaction_is_found_out() {
    let run = |connection: &mut dyn std::any::Any| {
        sql(connection, "CREATE TABLE a (x INTEGER); COMMIT").map_err(Into::into)
    };
    run_code(Code { run, transactional: true }, |scratch, result| {
        let error = result.expect_err("noticed");
        assert!(error.to_string().contains("`1_code` ended the transaction"), "{error}");
        assert_eq!(
            scratch.ask(&format!(
                "SELECT count(*) FROM {}",
                match scratch.backend {
                    Backend::Sqlite => "sqlite_schema WHERE name = '__diesel_schema_migrations'",
                    _ => "pg_tables WHERE tablename = '__diesel_schema_migrations'",
                }
            )),
            "0"
        );
    });
}

#[test]
fn code_that_leaves_a_transaction_open_is_closed() {
    let run = |connection: &mut dyn std::any::Any| {
        sql(connection, "BEGIN; CREATE TABLE a (x INTEGER)")?;
        Err("forgot".into())
    };
    run_code(Code { run, transactional: false }, |scratch, result| {
        result.expect_err("fails");
        assert_eq!(scratch.catalog(), "");
    });
}

#[test]
fn a_panic_releases_the_lock_and_rolls_back() {
    let run = |connection: &mut dyn std::any::Any| {
        sql(connection, "CREATE TABLE a (x INTEGER)")?;
        panic!("in the middle")
    };
    each(|scratch| {
        let manager = MigrationManager::new(Code { run, transactional: true });
        let caught = |result: std::thread::Result<_>| assert!(result.is_err());
        let mut any = match scratch.backend {
            Backend::Sqlite => {
                let mut connection = SqliteConnection::establish(&scratch.url).expect("open");
                let run = || drop(manager.apply(&mut connection));
                caught(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)));
                AnyConnection::Sqlite(connection)
            }
            _ => {
                let mut connection = PgConnection::establish(&scratch.url).expect("open");
                let run = || drop(manager.apply(&mut connection));
                caught(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)));
                AnyConnection::Postgres(connection)
            }
        };
        assert_eq!(scratch.catalog(), "");
        assert_usable(scratch, &mut any);
    });
}

#[test]
fn a_panic_of_the_callback_at_any_point_leaves_a_clean_connection() {
    each(|scratch| {
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INTEGER); SELECT 1;")]);
        migrations.add_outside(
            "2_b",
            "SELECT 2; CREATE TABLE b (x INTEGER); SELECT 3;",
            "SELECT 1;",
        );
        // Points cost more on a server.
        let stride = if scratch.backend == Backend::Sqlite { 1 } else { 5 };
        for point in (0..200).step_by(stride) {
            scratch.empty();
            let mut connection = scratch.open();
            let count = AtomicUsize::new(0);
            let manager = migrations.manager().on_event(move |_| {
                assert!(count.fetch_add(1, Ordering::Relaxed) != point, "stop here");
            });
            let run = || manager.apply(&mut connection);
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
            assert_usable(scratch, &mut connection);
            migrations.manager().apply(&mut connection).expect("goes on");
            assert_eq!(scratch.applied(), ["1", "2"]);
            if let Ok(result) = result {
                result.expect("applied");
                assert!(point > 20, "there were only {point} points");
                return;
            }
        }
        panic!("never came to an end");
    });
}

#[test]
fn inside_the_callers_transaction_everything_is_undone_with_it() {
    each(|scratch| {
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INTEGER);")]);
        let mut connection = scratch.open();
        connection.begin_test_transaction().expect("begun");
        let report = migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(report.applied.len(), 1);
        let status = migrations.manager().status(&mut connection).expect("a status");
        assert_eq!(status.migrations[0].state, MigrationState::Applied);
        migrations.add("2_b", "nonsense", "SELECT 1;");
        migrations.manager().apply(&mut connection).expect_err("fails");
        assert_eq!(query(&mut connection, "SELECT CAST(count(*) AS TEXT) AS v FROM a"), ["0"]);

        migrations.remove("2_b");
        migrations.add_outside("3_c", "CREATE TABLE c (x INTEGER)", "SELECT 1;");
        let error = migrations.manager().apply(&mut connection).expect_err("outside");
        assert!(matches!(error, ApplyError::InTransaction { .. }), "{error}");
        drop(connection);
        assert_eq!(scratch.catalog(), "");
    });
}

#[test]
fn events_tell_the_story() {
    let scratch = Scratch::sqlite();
    let migrations = Migrations::of(&[("1_a", "SELECT 1; SELECT 2")]);
    let story = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let told = story.clone();
    let manager = migrations.manager().on_event(move |event| {
        let line = match event {
            Event::Started { migration, .. } => format!("started {migration}"),
            Event::Statement { number, of, sql, .. } => format!("{number}/{of} {sql}"),
            Event::Finished { migration, .. } => format!("finished {migration}"),
            _ => return,
        };
        told.lock().expect("unpoisoned").push(line);
    });
    manager.apply(&mut scratch.open()).expect("applied");
    let expected = ["started 1_a", "1/2 SELECT 1;", "2/2 SELECT 2", "finished 1_a"];
    assert_eq!(*story.lock().expect("unpoisoned"), expected);
}
