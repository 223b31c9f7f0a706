use glowplug::MigrationManager;
use glowplug::apply::{ApplyError, MigrationState, Policy, Warning};

use super::support::{Migrations, Scratch, assert_usable, each};

const TWO: [(&str, &str); 2] =
    [("1_a", "CREATE TABLE a (x INTEGER);"), ("2_b", "CREATE TABLE b (x INTEGER);")];

#[test]
fn applies_in_order_and_only_once() {
    each(|scratch| {
        let migrations = Migrations::of(&[
            ("2_b", "ALTER TABLE a ADD COLUMN y INTEGER; CREATE TABLE b (x INTEGER)"),
            ("1_a", "CREATE TABLE a (x INTEGER);"),
        ]);
        let mut connection = scratch.open();
        let report = migrations.manager().apply(&mut connection).expect("applied");
        let names: Vec<_> = report.applied.iter().map(|done| done.name.as_str()).collect();
        assert_eq!(names, ["1_a", "2_b"]);
        assert_eq!(scratch.applied(), ["1", "2"]);
        let report = migrations.manager().apply(&mut connection).expect("nothing to do");
        assert!(report.is_empty() && report.warnings.is_empty());
        assert_usable(scratch, &mut connection);
    });
}

#[test]
fn the_tables_are_diesels_and_ours() {
    each(|scratch| {
        let migrations = Migrations::of(&TWO);
        migrations.manager().apply(&mut scratch.open()).expect("applied");
        let checksum = migrations.source().list().expect("a list")[0].checksum();
        let row = scratch.ask(
            "SELECT name, checksum, state, step, steps, tool_version, error IS NULL, \
             started_at <= finished_at FROM __glowplug_history WHERE version = '1'",
        );
        let version = env!("CARGO_PKG_VERSION");
        let truth = if scratch.backend == glowplug::model::Backend::Sqlite { "1" } else { "t" };
        assert_eq!(row, format!("1_a|{checksum}|applied|1|1|{version}|{truth}|{truth}"));
        let time = scratch.ask("SELECT finished_at FROM __glowplug_history WHERE version = '1'");
        time.parse::<jiff::Timestamp>().expect("RFC 3339");
        assert!(time.ends_with('Z'));
    });
}

#[test]
fn diesels_table_is_created_to_the_letter() {
    use diesel::migration::MigrationConnection as _;
    use diesel::{Connection as _, SqliteConnection};
    let (ours, theirs) = (Scratch::sqlite(), Scratch::sqlite());
    Migrations::of(&TWO).manager().apply(&mut ours.open()).expect("applied");
    SqliteConnection::establish(&theirs.url).expect("a database").setup().expect("set up");
    let sql = "SELECT sql FROM sqlite_schema WHERE name = '__diesel_schema_migrations'";
    assert_eq!(ours.ask(sql), theirs.ask(sql));
}

#[test]
fn a_failed_migration_is_rolled_back_and_names_the_line() {
    each(|scratch| {
        let migrations = Migrations::of(&[
            ("1_a", "CREATE TABLE a (x INTEGER);"),
            (
                "2_b",
                "-- First.\nCREATE TABLE b (x INTEGER);\n\n-- Then.\nINSERT INTO b\n  VALUES (1);\nINSERT INTO nowhere VALUES (1);\n",
            ),
        ]);
        let mut connection = scratch.open();
        let error = migrations.manager().apply(&mut connection).expect_err("fails");
        let failure = error.failure().expect("a failure");
        assert_eq!(failure.migration, "2_b");
        let statement = failure.statement.as_ref().expect("a statement");
        assert_eq!((statement.number, statement.of, statement.line), (3, 3, 7));
        assert_eq!(statement.sql, "INSERT INTO nowhere VALUES (1);");
        let text = error.to_string();
        for part in ["`2_b`", "up.sql line 7", "statement 3 of 3", "nowhere", "rolled back"] {
            assert!(text.contains(part), "{text}");
        }
        assert_eq!(scratch.applied(), ["1"]);
        assert!(!scratch.catalog().contains("|b|"), "{}", scratch.catalog());
        assert_usable(scratch, &mut connection);

        migrations.add("2_b", "CREATE TABLE b (x INTEGER)", "DROP TABLE b");
        migrations.manager().apply(&mut connection).expect("repaired");
        assert_eq!(scratch.applied(), ["1", "2"]);
    });
}

#[test]
fn the_first_migration_failing_leaves_an_empty_database() {
    each(|scratch| {
        let before = scratch.catalog();
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INTEGER); nonsense")]);
        migrations.manager().apply(&mut scratch.open()).expect_err("fails");
        assert_eq!(scratch.catalog(), before);
        let tables = match scratch.backend {
            glowplug::model::Backend::Sqlite => "SELECT count(*) FROM sqlite_schema",
            _ => "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'",
        };
        assert_eq!(scratch.ask(tables), "0");
    });
}

#[test]
fn a_duplicate_version_is_an_error_before_anything_runs() {
    each(|scratch| {
        let migrations = Migrations::of(&[
            ("20240101000000_a", "SELECT 1;"),
            ("2024-01-01-000000_b", "SELECT 1;"),
        ]);
        let mut connection = scratch.open();
        let error = migrations.manager().apply(&mut connection).expect_err("duplicate");
        assert!(matches!(error, ApplyError::Duplicate { .. }) && error.is_conflict());
        let text = error.to_string();
        assert!(
            text.contains("20240101000000_a") && text.contains("2024-01-01-000000_b"),
            "{text}"
        );
        let status = migrations.manager().status(&mut connection).expect("a status");
        assert_eq!(status.in_state(MigrationState::Duplicate).count(), 2);
    });
}

#[test]
fn an_edited_migration_is_reported_and_strict_refuses_it() {
    each(|scratch| {
        let migrations = Migrations::of(&TWO);
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        // What a checkout changes is no edit.
        migrations.add("1_a", "\u{feff}CREATE TABLE a (x INTEGER);", "SELECT 1;");
        migrations.manager().strict(true).apply(&mut connection).expect("no edit");

        migrations.add("1_a", "CREATE TABLE a (x INTEGER, y INTEGER);", "SELECT 1;");
        migrations.add("3_c", "CREATE TABLE c (x INTEGER);", "SELECT 1;");
        for manager in
            [migrations.manager().strict(true), migrations.manager().policy(Policy::VerifyOnly)]
        {
            let error = manager.apply(&mut connection).expect_err("edited");
            assert!(matches!(&error, ApplyError::Edited { names } if *names == ["1_a"]), "{error}");
            assert_eq!(scratch.applied(), ["1", "2"]);
        }
        let status = migrations.manager().status(&mut connection).expect("a status");
        assert_eq!(status.migrations[0].state, MigrationState::Edited);
        let report = migrations.manager().apply(&mut connection).expect("tolerated");
        assert_eq!(report.warnings, [Warning::Edited { name: "1_a".into() }]);
        assert_eq!(scratch.applied(), ["1", "2", "3"]);

        let listed = migrations.manager().repairing(&mut connection).expect("a list");
        let still = migrations.manager().status(&mut connection).expect("a status");
        assert_eq!(still.migrations[0].state, MigrationState::Edited);
        let repaired = migrations.manager().repair(&mut connection).expect("repaired");
        assert_eq!(listed, repaired);
        let text = "`1_a`: its text as it is now counts as what was applied";
        assert_eq!(repaired.iter().map(ToString::to_string).collect::<Vec<_>>(), [text]);
        assert!(migrations.manager().status(&mut connection).expect("a status").is_up_to_date());
        assert_eq!(migrations.manager().repair(&mut connection).expect("nothing"), []);
        migrations.manager().strict(true).apply(&mut connection).expect("taken as it is");
    });
}

#[test]
fn a_late_migration_is_applied_and_reported_and_strict_refuses_it() {
    each(|scratch| {
        let migrations = Migrations::of(&TWO[1..]);
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        migrations.add("1_a", TWO[0].1, "DROP TABLE a");
        let error = migrations.manager().strict(true).apply(&mut connection).expect_err("late");
        assert!(matches!(error, ApplyError::OutOfOrder { .. }), "{error}");
        assert!(
            error.to_string().contains("`2_b`") && error.to_string().contains("`1_a`"),
            "{error}"
        );
        let status = migrations.manager().status(&mut connection).expect("a status");
        assert_eq!(status.migrations[0].state, MigrationState::OutOfOrder);
        assert_eq!((status.applied_count(), status.pending_count()), (1, 1));
        let report = migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(report.warnings, [Warning::OutOfOrder { name: "1_a".into() }]);
        assert_eq!(scratch.applied(), ["1", "2"]);
    });
}

#[test]
fn an_older_binary_starts_after_a_newer_one() {
    each(|scratch| {
        let migrations = Migrations::of(&TWO);
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        migrations.remove("2_b");
        for manager in [
            migrations.manager(),
            migrations.manager().strict(true),
            migrations.manager().policy(Policy::VerifyOnly),
        ] {
            let report = manager.apply(&mut connection).expect("starts");
            assert!(
                matches!(&report.warnings[..], [Warning::UnknownApplied { version }] if version.as_str() == "2")
            );
        }
        let status = migrations.manager().status(&mut connection).expect("a status");
        assert_eq!(status.migrations[1].state, MigrationState::Missing);
        assert_eq!(status.migrations[1].name, "2_b");
        assert!(status.is_up_to_date());
    });
}

#[test]
fn verifying_applies_nothing() {
    each(|scratch| {
        let migrations = Migrations::of(&TWO);
        let mut connection = scratch.open();
        let before = scratch.catalog();
        let error = migrations
            .manager()
            .policy(Policy::VerifyOnly)
            .apply(&mut connection)
            .expect_err("pending");
        assert!(error.is_pending() && !error.is_conflict());
        assert_eq!(error.to_string(), "not applied yet: `1_a`, `2_b`");
        assert_eq!(scratch.catalog(), before);
        migrations.manager().apply(&mut connection).expect("applied");
        migrations
            .manager()
            .policy(Policy::VerifyOnly)
            .apply(&mut connection)
            .expect("nothing pending");
    });
}

#[test]
fn applies_up_to_a_version_under_any_of_its_names() {
    each(|scratch| {
        let migrations = Migrations::new();
        for name in
            ["2026-01-01-000000-0000_a", "2026-01-02-000000-0000_b", "2026-01-03-000000-0000_c"]
        {
            let table = name.rsplit('_').next().expect("a letter");
            migrations.add(name, &format!("CREATE TABLE {table} (x INTEGER)"), "SELECT 1;");
        }
        let mut connection = scratch.open();
        let manager = migrations.manager();
        manager.apply_to(&mut connection, "202601010000000000").expect("applied");
        assert_eq!(scratch.applied().len(), 1);
        manager.apply_to(&mut connection, "2026-01-02-000000-0000_b").expect("applied");
        assert_eq!(scratch.applied().len(), 2);
        let error = manager.apply_to(&mut connection, "2026-01-04").expect_err("unknown");
        assert!(matches!(error, ApplyError::UnknownVersion { .. }));
        manager.apply_to(&mut connection, "2026-01-03-000000-0000").expect("applied");
        assert_eq!(scratch.applied().len(), 3);
    });
}

#[test]
fn faking_notes_without_running() {
    each(|scratch| {
        let migrations = Migrations::of(&TWO);
        let mut connection = scratch.open();
        let report = migrations.manager().fake(&mut connection, Some("1")).expect("noted");
        assert_eq!(report.applied.len(), 1);
        assert!(!scratch.catalog().contains("|a|"));
        assert_eq!(scratch.applied(), ["1"]);
        migrations.manager().apply(&mut connection).expect("applied");
        let status = migrations.manager().strict(true).status(&mut connection).expect("a status");
        assert!(status.is_up_to_date() && status.migrations.iter().all(|one| one.verified));
        assert!(!scratch.catalog().contains("|a|") && scratch.catalog().contains("|b|"));
    });
}

#[test]
fn a_transaction_statement_is_refused_before_anything_runs() {
    each(|scratch| {
        for (statement, line) in
            [("COMMIT;", 2), ("\n ROLLBACK;", 3), ("BEGIN;", 2), ("/* x */ end transaction;", 2)]
        {
            let up = format!("CREATE TABLE x (a INTEGER);\n{statement}\nSELECT 1;");
            let migrations = Migrations::of(&[TWO[0], ("2_b", &up)]);
            let mut connection = scratch.open();
            let error = migrations.manager().apply(&mut connection).expect_err("refused");
            let ApplyError::TransactionControl { migration, line: found, .. } = &error else {
                panic!("{error}")
            };
            assert_eq!((migration.as_str(), *found), ("2_b", line), "{error}");
            assert!(scratch.catalog().is_empty(), "{}", scratch.catalog());
        }
        // Savepoints, and bodies of triggers, are no transactions.
        let body = match scratch.backend {
            glowplug::model::Backend::Sqlite => {
                "CREATE TRIGGER t AFTER INSERT ON x BEGIN DELETE FROM x; END;"
            }
            _ => "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;",
        };
        let up = format!(
            "CREATE TABLE x (a INTEGER); SAVEPOINT s; INSERT INTO x VALUES (1); ROLLBACK TO s; RELEASE s; {body}"
        );
        Migrations::of(&[("1_a", &up)]).manager().apply(&mut scratch.open()).expect("applied");
    });
}

#[test]
fn a_version_that_diesel_cannot_store_is_named() {
    let name = format!("{}_x", "9".repeat(51));
    let migrations = Migrations::of(&[(&name, "SELECT 1;")]);
    let error = migrations.manager().apply(&mut Scratch::sqlite().open()).expect_err("too long");
    assert!(error.to_string().contains("51 characters"), "{error}");
}

#[test]
fn comments_alone_are_a_migration() {
    each(|scratch| {
        let migrations =
            Migrations::of(&[("1_a", "-- nothing yet\n"), ("2_b", "\u{feff}SELECT 1;\r\n")]);
        migrations.manager().apply(&mut scratch.open()).expect("applied");
        assert_eq!(scratch.applied(), ["1", "2"]);
    });
}

#[test]
fn hostile_names_are_stored_as_they_are() {
    each(|scratch| {
        let name = r#"1_it's "x" \ $$; DROP TABLE a --"#;
        let migrations = Migrations::of(&[(name, "CREATE TABLE a (x INTEGER)")]);
        migrations.manager().apply(&mut scratch.open()).expect("applied");
        assert_eq!(scratch.ask("SELECT name FROM __glowplug_history"), name);
    });
}

#[test]
fn the_status_serializes() {
    let scratch = Scratch::sqlite();
    let migrations = Migrations::of(&TWO);
    let mut connection = scratch.open();
    migrations.manager().apply_to(&mut connection, "1").expect("applied");
    let status = migrations.manager().status(&mut connection).expect("a status");
    let json = serde_json::to_value(&status).expect("JSON");
    assert_eq!(json["migrations"][0]["state"], "applied");
    assert_eq!(json["migrations"][0]["version"], "1");
    assert_eq!(json["migrations"][1]["state"], "pending");
    assert_eq!(json["migrations"][1]["reversible"], true);
}

#[test]
fn the_manager_takes_every_kind_of_connection() {
    use diesel::r2d2::{ConnectionManager, Pool};
    use diesel::{Connection as _, PgConnection, SqliteConnection};
    use diesel_migrations::FileBasedMigrations;
    let migrations = Migrations::of(&TWO);
    let source = || FileBasedMigrations::from_path(migrations.path()).expect("a directory");
    let (sqlite, postgres) = (Scratch::sqlite(), Scratch::postgres());
    let pool = Pool::new(ConnectionManager::<SqliteConnection>::new(&sqlite.url)).expect("a pool");
    let report =
        MigrationManager::new(source()).apply(&mut pool.get().expect("one")).expect("applied");
    assert_eq!(report.applied.len(), 2);
    let mut plain = SqliteConnection::establish(&sqlite.url).expect("a connection");
    assert!(MigrationManager::new(source()).apply(&mut plain).expect("nothing").is_empty());

    let pool = Pool::new(ConnectionManager::<PgConnection>::new(&postgres.url)).expect("a pool");
    let report =
        MigrationManager::new(source()).apply(&mut pool.get().expect("one")).expect("applied");
    assert_eq!(report.applied.len(), 2);
    let mut plain = PgConnection::establish(&postgres.url).expect("a connection");
    assert!(MigrationManager::new(source()).apply(&mut plain).expect("nothing").is_empty());
}
