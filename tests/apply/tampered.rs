//! The two tables, changed by hand; roles and sessions that may not write.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{MigrationState, Warning};
use glowplug::model::Backend;

use super::support::{Migrations, Scratch, assert_usable, each};

fn applied(scratch: &Scratch) -> Migrations {
    let migrations = Migrations::of(&[
        ("1_a", "CREATE TABLE a (x INTEGER);"),
        ("2_b", "CREATE TABLE b (x INTEGER);"),
    ]);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    migrations
}

#[test]
fn garbage_in_the_history_stops_nobody() {
    each(|scratch| {
        let migrations = applied(scratch);
        let number = if scratch.backend == Backend::Sqlite { "'many'" } else { "-7" };
        scratch.ask(&format!(
            "UPDATE __glowplug_history SET state = 'eaten', step = {number}, checksum = NULL, \
             started_at = 'long ago', error = 'x' WHERE version = '1'"
        ));
        scratch.ask(
            "INSERT INTO __glowplug_history (version, name, state, started_at) \
             VALUES ('9', '9_never', 'failed', 'now'), ('', '', '', '')",
        );
        let mut connection = scratch.open();
        let status = migrations.manager().status(&mut connection).expect("a status");
        let states: Vec<_> = status.migrations.iter().map(|one| one.state).collect();
        assert_eq!(states, [MigrationState::Applied; 2]);
        assert!(!status.migrations[0].verified && status.migrations[1].verified);
        migrations.add("3_c", "CREATE TABLE c (x INTEGER);", "SELECT 1;");
        migrations.manager().strict(true).apply(&mut connection).expect("applied");
        assert_eq!(scratch.applied(), ["1", "2", "3"]);
        // What is noted about versions that are not applied goes; the rest is mended.
        let repaired = migrations.manager().repair(&mut connection).expect("repaired");
        assert_eq!(repaired.len(), 3, "{repaired:?}");
        assert!(
            migrations.manager().status(&mut connection).expect("a status").migrations[0].verified
        );
        assert_eq!(scratch.ask("SELECT count(*) FROM __glowplug_history"), "3");
    });
}

#[test]
fn a_history_that_is_gone_or_is_another_thing() {
    each(|scratch| {
        let migrations = applied(scratch);
        scratch.ask("DROP TABLE __glowplug_history");
        let mut connection = scratch.open();
        assert!(migrations.manager().status(&mut connection).expect("a status").is_up_to_date());
        migrations.add("3_c", "CREATE TABLE c (x INTEGER);", "SELECT 1;");
        migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(scratch.ask("SELECT version FROM __glowplug_history"), "3");

        scratch.ask("DROP TABLE __glowplug_history");
        scratch.ask("CREATE VIEW __glowplug_history AS SELECT 1 AS version");
        migrations.add("4_d", "CREATE TABLE d (x INTEGER);", "SELECT 1;");
        let error = migrations.manager().apply(&mut connection).expect_err("a view").to_string();
        assert!(
            error.contains("__glowplug_history") || error.contains("glowplug's tables"),
            "{error}"
        );
        assert_eq!(scratch.applied(), ["1", "2", "3"]);
        assert_usable(scratch, &mut connection);
    });
}

#[test]
fn diesels_table_with_what_diesel_never_wrote() {
    each(|scratch| {
        let migrations = applied(scratch);
        let mut connection = scratch.open();
        scratch
            .ask("INSERT INTO __diesel_schema_migrations (version) VALUES ('not a version'), ('')");
        let report = migrations.manager().apply(&mut connection).expect("nothing to do");
        let odd = ["", "not a version"]
            .map(|version| Warning::UnknownApplied { version: version.to_owned().into() });
        assert_eq!(report.warnings, odd);

        // Without its key a version may be there twice.
        scratch.ask("DROP TABLE __diesel_schema_migrations");
        scratch.ask(
            "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50), run_on TIMESTAMP); \
             INSERT INTO __diesel_schema_migrations VALUES ('1', NULL), ('1', NULL), (NULL, NULL), ('2', NULL)",
        );
        assert!(migrations.manager().apply(&mut connection).expect("nothing to do").is_empty());
        assert_eq!(
            migrations.manager().status(&mut connection).expect("a status").applied_count(),
            2
        );

        // Without the table all is pending: what is there stands in the way, and stays.
        scratch.ask("DROP TABLE __diesel_schema_migrations; INSERT INTO a VALUES (7)");
        let error = migrations.manager().apply(&mut connection).expect_err("they exist");
        assert!(error.to_string().contains("already exists"), "{error}");
        assert_eq!(scratch.ask("SELECT x FROM a"), "7");
        assert_usable(scratch, &mut connection);
    });
}

/// As on a read replica.
#[test]
fn a_session_that_only_reads_finds_nothing_to_do() {
    let scratch = Scratch::postgres();
    let migrations = applied(&scratch);
    let mut connection = scratch.open();
    connection.batch_execute("SET default_transaction_read_only = on").expect("set");
    assert!(migrations.manager().apply(&mut connection).expect("nothing to do").is_empty());
    assert!(migrations.manager().status(&mut connection).expect("a status").is_up_to_date());
    migrations.add("3_c", "CREATE TABLE c (x INTEGER);", "SELECT 1;");
    let error = migrations.manager().apply(&mut connection).expect_err("read-only");
    assert!(error.to_string().contains("read-only transaction"), "{error}");
    assert!(!error.is_unclean(), "{error}");
    assert_eq!(scratch.applied(), ["1", "2"]);
}

/// Functions and operators of a schema that comes first answer none of our questions.
#[test]
fn a_schema_that_comes_first_is_not_asked() {
    let scratch = Scratch::postgres();
    let migrations = applied(&scratch);
    scratch.ask(
        "CREATE SCHEMA evil; CREATE TABLE evil.pg_locks (x int); \
         CREATE DOMAIN evil.text AS pg_catalog.text CHECK (false); \
         CREATE FUNCTION evil.pg_backend_pid() RETURNS int LANGUAGE sql AS 'SELECT 1/0'; \
         CREATE FUNCTION evil.current_setting(pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT (1/0)::text'; \
         CREATE FUNCTION evil.pg_try_advisory_lock(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    );
    let mut connection = scratch.open();
    connection.batch_execute("SET search_path TO evil, public, pg_catalog").expect("set");
    migrations.add("3_c", "CREATE TABLE public.c (x INTEGER);", "SELECT 1;");
    migrations.manager().apply(&mut connection).expect("applied");
    assert_eq!(scratch.applied(), ["1", "2", "3"]);

    // Nor when others are in the way, and it is told who they are.
    scratch.ask(
        "CREATE FUNCTION evil.stolen(pg_catalog.text, pg_catalog.text) RETURNS pg_catalog.text \
         LANGUAGE sql AS 'SELECT (1/0)::text'; \
         CREATE OPERATOR evil.|| (LEFTARG = pg_catalog.text, RIGHTARG = pg_catalog.text, FUNCTION = evil.stolen)",
    );
    let mut holder = scratch.open();
    holder.batch_execute("BEGIN; LOCK TABLE public.c").expect("a lock");
    migrations.add("4_d", "DROP TABLE public.c;", "SELECT 1;");
    let manager = migrations.manager().lock_timeout(Duration::from_millis(100));
    let manager = manager.table_lock_timeout(Duration::from_millis(100));
    let error = manager.apply(&mut connection).expect_err("a table that is in use");
    let hint = error.failure().and_then(|failure| failure.hint.clone()).unwrap_or_default();
    assert!(hint.contains("has locks on public.c since"), "{error} {hint}");
    assert!(!error.is_unclean(), "{error}");
    assert_eq!(scratch.applied(), ["1", "2", "3"]);
}

/// A migration may drop what glowplug notes, or all of its schema: it is made anew at once.
#[test]
fn a_history_that_goes_in_the_middle_of_a_run_is_made_anew() {
    each(|scratch| {
        let migrations = Migrations::of(&[
            ("1_a", "CREATE TABLE a (x INTEGER);"),
            ("2_b", "DROP TABLE __glowplug_history;"),
            ("3_c", "CREATE TABLE c (x INTEGER);"),
        ]);
        migrations.manager().apply(&mut scratch.open()).expect("applied");
        assert_eq!(scratch.applied(), ["1", "2", "3"]);
        let noted = "SELECT version FROM __glowplug_history ORDER BY 1";
        assert_eq!(scratch.ask(noted), "2\n3");
    });
}
