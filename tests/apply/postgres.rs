//! What only PostgreSQL has.

use std::sync::mpsc;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use glowplug::apply::{ApplyError, Event, Outcome};

use crate::support::postgres::END_OTHERS;

use super::support::{Migrations, Scratch, as_role, assert_usable, query};

const INDEXES: &str = "SELECT string_agg(relname || ':' || indisvalid, ',' ORDER BY relname) FROM pg_index \
     JOIN pg_class c ON c.oid = indexrelid WHERE relname LIKE 'i\\_%'";

#[test]
fn two_concurrent_indexes_in_one_file() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int, y int);")]);
    let up = "CREATE INDEX CONCURRENTLY i_x ON a (x);\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i_y ON a (y);";
    let down = "DROP INDEX CONCURRENTLY i_y; DROP INDEX CONCURRENTLY i_x;";
    migrations.add_outside("2_b", up, down);
    let mut connection = scratch.open();
    migrations.manager().apply(&mut connection).expect("applied");
    assert_eq!(scratch.ask(INDEXES), "i_x:true,i_y:true");
    let revert = glowplug::apply::Revert::Last(1);
    migrations.manager().redo(&mut connection, revert).expect("redone");
    assert_eq!(scratch.ask(INDEXES), "i_x:true,i_y:true");
}

/// D11: PostgreSQL keeps the index of a failed build as invalid.
#[test]
fn the_invalid_index_of_a_failed_statement_is_dropped_at_once() {
    for (index, table) in [
        ("i_x", "a"),
        ("\"i_X y\"", "a"),
        ("IF NOT EXISTS i_x", "public.a"),
        ("", "ONLY a"),
        ("i_x", "\"Off\".a"),
        ("", "\"Off\".a"),
        ("i_x", "{database}.public.a"),
        ("U&\"\\0069!_x\"", "U&\"!0061\" UESCAPE '!'"),
    ] {
        let scratch = Scratch::postgres();
        let create = "CREATE TABLE a (x int, y int); CREATE SCHEMA \"Off\"; CREATE TABLE \"Off\".a (x int, y int); \
            INSERT INTO a VALUES (1), (1); INSERT INTO \"Off\".a VALUES (1), (1);";
        let migrations = Migrations::of(&[("1_a", create)]);
        let database = scratch.ask("SELECT current_database()");
        let table = &table.replace("{database}", &database);
        let up = format!("CREATE UNIQUE INDEX CONCURRENTLY {index} ON {table} (x);");
        migrations.add_outside("2_b", &up, "SELECT 1;");
        let mut connection = scratch.open();
        // One that was invalid before is somebody else's.
        migrations.manager().apply_to(&mut connection, "1").expect("applied");
        let theirs = format!("CREATE UNIQUE INDEX CONCURRENTLY i_theirs ON {table} (x)");
        connection.batch_execute(&theirs).expect_err("not unique");
        let error = migrations.manager().apply(&mut connection).expect_err("not unique");
        let text = error.to_string();
        assert!(text.contains("could not create unique index"), "{text}");
        assert!(text.contains("nothing of it was done; the invalid index "), "{text}");
        assert!(text.ends_with(" that it left behind was dropped"), "{text}");
        assert_eq!(scratch.ask(INDEXES), "i_theirs:false", "{index} {table}");

        connection.batch_execute("DELETE FROM a; DELETE FROM \"Off\".a").expect("deleted");
        migrations.manager().apply(&mut connection).expect("goes on");
        let valid = "SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid = '{}'::regclass";
        let schema = if table.contains("Off") { "\"Off\"" } else { "public" };
        let valid = valid.replace("{}", &format!("{schema}.a"));
        assert_eq!(scratch.ask(&valid), "1", "{index} {table}");
        assert_eq!(scratch.applied(), ["1", "2"]);
    }
}

/// A statement that is cancelled, and one that gives up waiting: its index goes, too.
#[test]
fn the_invalid_index_of_a_cancelled_statement_is_dropped_at_once() {
    for setting in ["statement_timeout = '700ms'", "lock_timeout = '700ms'"] {
        let scratch = Scratch::postgres();
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
        migrations.add_outside("2_b", "CREATE INDEX CONCURRENTLY i_x ON a (x);", "SELECT 1;");
        let mut connection = scratch.open();
        migrations.manager().apply_to(&mut connection, "1").expect("applied");
        // It waits for everybody who has written to the table.
        let mut writer = PgConnection::establish(&scratch.url).expect("open");
        writer.batch_execute("BEGIN; INSERT INTO a VALUES (1)").expect("written");
        connection.batch_execute(&format!("SET {setting}")).expect("set");
        let ender = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(900));
            writer.batch_execute("COMMIT").expect("committed");
        });
        let error = migrations.manager().apply(&mut connection).expect_err("cancelled");
        ender.join().expect("joined");
        let text = error.to_string();
        assert!(text.contains("canceling statement due to"), "{text}");
        assert!(text.ends_with(" that it left behind was dropped"), "{text}");
        assert_eq!(scratch.ask(INDEXES), "", "{setting}");
        connection.batch_execute("RESET statement_timeout; RESET lock_timeout").expect("reset");
        migrations.manager().apply(&mut connection).expect("goes on");
        assert_eq!(scratch.ask(INDEXES), "i_x:true");
    }
}

/// The process died, or nothing could be asked of the server any more: the next run looks.
#[test]
fn an_invalid_index_is_dropped_before_the_next_try() {
    for (index, table) in [("i_x", "a"), ("\"i_X y\"", "a"), ("i_x", "off.a")] {
        let scratch = Scratch::postgres();
        let create = "CREATE TABLE a (x int); CREATE SCHEMA off; CREATE TABLE off.a (x int);";
        let migrations = Migrations::of(&[("1_a", create)]);
        let up = format!("CREATE UNIQUE INDEX CONCURRENTLY {index} ON {table} (x);");
        migrations.add_outside("2_b", &up, "SELECT 1;");
        let mut connection = scratch.open();
        migrations.manager().apply_to(&mut connection, "1").expect("applied");
        connection.batch_execute(&format!("INSERT INTO {table} VALUES (1), (1)")).expect("rows");
        // What a process that was killed leaves: its note, and the index.
        let url = scratch.url.clone();
        let manager = migrations.manager().on_event(move |event| {
            if let Event::Statement { .. } = event {
                panic!("before the statement");
            }
        });
        let run = || manager.apply(&mut connection);
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).expect_err("stopped");
        drop(connection);
        let mut other = PgConnection::establish(&url).expect("open");
        other.batch_execute(&up).expect_err("not unique");
        assert!(scratch.ask(INDEXES).ends_with(":false"));
        other.batch_execute(&format!("DELETE FROM {table}")).expect("deleted");
        migrations.manager().apply(&mut other).expect("goes on");
        assert!(scratch.ask(INDEXES).ends_with(":true"), "{index}");
        assert_eq!(scratch.applied(), ["1", "2"]);
    }
}

#[test]
fn an_index_that_was_finished_before_the_crash_is_kept() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
    migrations.add_outside("2_b", "CREATE INDEX CONCURRENTLY i_x ON a (x)", "SELECT 1;");
    let mut connection = scratch.open();
    let manager = migrations.manager().on_event(|event| {
        assert!(!matches!(event, Event::Step("statement done")), "between statement and mark");
    });
    let run = || manager.apply(&mut connection);
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).expect_err("stopped");
    let before = scratch.ask("SELECT 'i_x'::regclass::oid");
    assert_eq!(scratch.ask("SELECT state FROM __glowplug_history WHERE version = '2'"), "running");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask("SELECT 'i_x'::regclass::oid"), before);
    assert_eq!(scratch.applied(), ["1", "2"]);
}

#[test]
fn the_servers_place_in_a_statement_is_the_line() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[(
        "1_a",
        "CREATE TABLE a (x int);\n\nCREATE VIEW v AS\nSELECT x,\n  ü, nope\nFROM a;",
    )]);
    let error = migrations.manager().apply(&mut scratch.open()).expect_err("fails");
    let failure = error.failure().expect("a failure");
    assert_eq!(failure.statement.as_ref().expect("a statement").line, 5);
    assert!(failure.message.contains('ü'), "{failure}");
}

/// D14: the stock harness creates its table even to look.
#[test]
fn a_role_that_can_only_read_finds_nothing_to_do() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
    let role = format!("glowplug_reader_{}", std::process::id());
    let mut owner = scratch.open();
    owner
        .batch_execute(&format!(
            "DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC"
        ))
        .expect("a role");
    let url = as_role(&scratch.url, &role);
    let mut reader = PgConnection::establish(&url).expect("the role");
    let source = migrations.source();

    let before = migrations.manager().status(&mut reader).expect("a status");
    assert_eq!(before.pending_count(), 1);
    let error = migrations.manager().apply(&mut reader).expect_err("may not");
    assert!(error.to_string().contains("permission denied"), "{error}");

    migrations.manager().apply(&mut owner).expect("applied");
    let grant = format!("GRANT SELECT ON __diesel_schema_migrations TO {role}");
    owner.batch_execute(&grant).expect("granted");
    let report = glowplug::MigrationManager::new(source).apply(&mut reader).expect("nothing to do");
    assert!(report.is_empty());
    drop(reader);
    owner.batch_execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).expect("dropped");
}

#[test]
fn nothing_pending_is_one_select() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    let mut connection = PgConnection::establish(&scratch.url).expect("open");
    let (sender, receiver) = mpsc::channel();
    connection.set_instrumentation(move |event: diesel::connection::InstrumentationEvent<'_>| {
        use diesel::connection::InstrumentationEvent::StartQuery;
        if let StartQuery { query, .. } = event {
            sender.send(query.to_string()).expect("received");
        }
    });
    migrations.manager().apply(&mut connection).expect("nothing to do");
    let queries: Vec<_> = receiver.try_iter().collect();
    assert_eq!(queries.len(), 1, "{queries:?}");
    assert!(queries[0].starts_with("SELECT version"), "{queries:?}");
    assert!(queries[0].contains("FROM __diesel_schema_migrations"), "{queries:?}");
}

/// Round trips are what a migration costs besides its statements: one before them, which looks for
/// the lock and begins, one for both rows, and the commit.
#[test]
fn a_migration_costs_three_messages_besides_its_statements() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[
        ("1_a", "CREATE TABLE a (x int);"),
        ("2_b", "CREATE TABLE b (x int);"),
        ("3_c", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; CREATE TABLE c (x int);"),
    ]);
    let mut connection = scratch.open();
    migrations.manager().apply_to(&mut connection, "1").expect("applied");
    let (sender, receiver) = mpsc::channel();
    connection.set_instrumentation(move |event: diesel::connection::InstrumentationEvent<'_>| {
        use diesel::connection::InstrumentationEvent::StartQuery;
        if let StartQuery { query, .. } = event {
            sender.send(query.to_string()).expect("received");
        }
    });
    migrations.manager().apply(&mut connection).expect("applied");
    let queries: Vec<_> = receiver.try_iter().collect();
    // The first one of a run looks for the tables, too.
    let at = |start: &str| queries.iter().rposition(|query| query.starts_with(start));
    let begin = at("BEGIN").unwrap_or_else(|| panic!("{queries:?}"));
    let end = at("COMMIT").unwrap_or_else(|| panic!("{queries:?}"));
    let [begin, isolation, create, rows, _] = &queries[begin..=end] else { panic!("{queries:?}") };
    assert!(begin.contains("pg_lock_status") && begin.contains("lock_timeout"), "{begin}");
    assert!(isolation.starts_with("SET TRANSACTION") && create.starts_with("CREATE TABLE c"));
    assert!(rows.contains("__diesel_schema_migrations") && rows.contains("__glowplug_history"));
}

#[test]
fn a_lost_lock_stops_the_run() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[
        ("1_a", "CREATE TABLE a (x int); SELECT pg_advisory_unlock_all();"),
        ("2_b", "CREATE TABLE b (x int);"),
    ]);
    let mut connection = scratch.open();
    let error = migrations.manager().apply(&mut connection).expect_err("lost");
    assert!(
        matches!(&error, ApplyError::LockLost { migration, .. } if migration == "2_b"),
        "{error}"
    );
    assert_eq!(scratch.applied(), ["1"]);
    assert_usable(&scratch, &mut connection);
}

/// Nobody kept others away any more, or a pooler's other server process still does.
#[test]
fn a_lock_that_is_lost_in_the_last_migration_is_reported() {
    let scratch = Scratch::postgres();
    let up = "CREATE TABLE a (x int); SELECT pg_advisory_unlock_all();";
    let migrations = Migrations::of(&[("1_a", up)]);
    let mut connection = scratch.open();
    let error = migrations.manager().apply(&mut connection).expect_err("lost");
    assert!(error.is_unclean() && error.failure().is_none(), "{error}");
    assert!(error.to_string().contains("the migration lock was lost"), "{error}");
    assert_eq!(scratch.applied(), ["1"]);
}

#[test]
fn the_tables_stay_where_diesel_put_them() {
    let scratch = Scratch::postgres();
    scratch.ask("CREATE SCHEMA app");
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
    let mut connection = scratch.open();
    connection.batch_execute("SET search_path TO app").expect("set");
    migrations.manager().apply(&mut connection).expect("applied");
    // The same tables are found from another search path, and used.
    migrations.add("2_b", "CREATE TABLE b (x int);", "SELECT 1;");
    connection.batch_execute("SET search_path TO public, app").expect("set");
    migrations.manager().apply(&mut connection).expect("applied");
    let tables = "SELECT string_agg(schemaname || '.' || tablename, ' ' ORDER BY tablename) FROM pg_tables \
        WHERE schemaname IN ('app', 'public')";
    assert_eq!(
        scratch.ask(tables),
        "app.__diesel_schema_migrations app.__glowplug_history app.a public.b"
    );
    let mut nowhere = scratch.open();
    nowhere.batch_execute("SET search_path TO nowhere").expect("set");
    let error = migrations.manager().apply(&mut nowhere).expect_err("no schema");
    assert!(matches!(error, ApplyError::NoSchema), "{error}");
}

#[test]
fn a_killed_connection_is_an_error_that_says_so() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[(
        "1_a",
        "CREATE TABLE a (x int); SELECT pg_terminate_backend(pg_backend_pid()); CREATE TABLE b (x int);",
    )]);
    let mut connection = scratch.open();
    let error = migrations.manager().apply(&mut connection).expect_err("killed");
    assert!(error.is_unclean(), "{error}");
    assert!(error.failure().is_some(), "{error}");
    assert_eq!(scratch.catalog(), "");
    // The next start is as if nothing had been.
    migrations.add("1_a", "CREATE TABLE a (x int)", "SELECT 1;");
    let mut connection = scratch.open();
    migrations.manager().apply(&mut connection).expect("applied");
    assert_usable(&scratch, &mut connection);
}

/// The server may have committed before it went away.
#[test]
fn a_connection_that_is_lost_in_the_commit_leaves_it_open_what_is_done() {
    for outside in
        [None, Some("INSERT INTO a VALUES (1);"), Some("BEGIN; INSERT INTO a VALUES (1); COMMIT;")]
    {
        let scratch = Scratch::postgres();
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
        migrations.manager().apply(&mut scratch.open()).expect("applied");
        match outside {
            Some(up) => migrations.add_outside("2_b", up, "SELECT 1;"),
            None => migrations.add("2_b", "INSERT INTO a VALUES (1);", "SELECT 1;"),
        };
        let (url, mut connection) = (scratch.url.clone(), scratch.open());
        let manager = migrations.manager().on_event(move |event| {
            if matches!(event, Event::Step("commit")) {
                let mut other = PgConnection::establish(&url).expect("open");
                other.batch_execute(END_OTHERS).expect("terminated");
            }
        });
        let error = manager.apply(&mut connection).expect_err("lost");
        assert!(error.is_unclean(), "{error}");
        assert_eq!(error.failure().expect("a failure").outcome, Outcome::CommitUnknown);
        assert!(error.to_string().contains("lost during the commit"), "{error}");
        assert_eq!(scratch.ask("SELECT count(*) FROM a"), "0");
        migrations.manager().apply(&mut scratch.open()).expect("goes on");
        assert_eq!(scratch.ask("SELECT count(*) FROM a"), "1");
    }
}

#[test]
fn a_set_transaction_at_the_start_works_as_under_diesel() {
    let scratch = Scratch::postgres();
    let up = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; \
        CREATE TABLE a AS SELECT current_setting('transaction_isolation') AS level;";
    let migrations = Migrations::of(&[("1_a", up)]);
    let mut connection = scratch.open();
    migrations.manager().apply(&mut connection).expect("applied");
    assert_eq!(query(&mut connection, "SELECT level AS v FROM a"), ["serializable"]);
}

#[test]
fn a_constraint_that_fails_at_the_commit_rolls_back() {
    let scratch = Scratch::postgres();
    let up = "CREATE TABLE a (x int PRIMARY KEY, y int REFERENCES a DEFERRABLE INITIALLY DEFERRED); \
        INSERT INTO a VALUES (1, 2);";
    let migrations = Migrations::of(&[("1_a", up)]);
    let mut connection = scratch.open();
    let error = migrations.manager().apply(&mut connection).expect_err("fails");
    assert!(error.to_string().contains("violates foreign key"), "{error}");
    assert_eq!(error.failure().expect("a failure").outcome, Outcome::RolledBack);
    assert_eq!(scratch.catalog(), "");
    assert_usable(&scratch, &mut connection);
}

#[test]
fn code_blocks_are_marked_with_what_they_do() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
    let up = "DO $$ BEGIN INSERT INTO a VALUES (1); END $$; \
        DO $$ BEGIN INSERT INTO a VALUES (2); COMMIT; INSERT INTO a VALUES (3); END $$; \
        SELECT 1 / (SELECT count(*) - 3 FROM a);";
    migrations.add_outside("2_b", up, "SELECT 1;");
    let mut connection = scratch.open();
    let error = migrations.manager().apply(&mut connection).expect_err("division by zero");
    assert!(error.to_string().contains("statement 1 to 2 of 3 ran and stay"), "{error}");
    assert_eq!(scratch.ask("SELECT sum(x) FROM a"), "6");
    connection.batch_execute("INSERT INTO a VALUES (4)").expect("inserted");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask("SELECT sum(x) FROM a"), "10");
}
