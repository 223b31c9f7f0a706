//! Side by side with `diesel_migrations`.

use diesel::{Connection as _, PgConnection, SqliteConnection};
use diesel_migrations::{
    EmbeddedMigrations, FileBasedMigrations, MigrationHarness, embed_migrations,
};
use glowplug::MigrationManager;
use glowplug::apply::{MigrationState, Revert};
use glowplug::model::Backend;

use super::support::{Migrations, Scratch, each};

/// `run` and the pending names, by Diesel.
fn diesel_run(scratch: &Scratch, migrations: &Migrations) -> Vec<String> {
    let source = FileBasedMigrations::from_path(migrations.path()).expect("a directory");
    match scratch.backend {
        Backend::Sqlite => SqliteConnection::establish(&scratch.url)
            .expect("open")
            .run_pending_migrations(source)
            .expect("run")
            .iter()
            .map(ToString::to_string)
            .collect(),
        _ => PgConnection::establish(&scratch.url)
            .expect("open")
            .run_pending_migrations(source)
            .expect("run")
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
    }
}

fn diesel_revert_last(scratch: &Scratch, migrations: &Migrations) {
    let source = FileBasedMigrations::from_path(migrations.path()).expect("a directory");
    match scratch.backend {
        Backend::Sqlite => {
            let mut connection = SqliteConnection::establish(&scratch.url).expect("open");
            connection.revert_last_migration(source).expect("reverted");
        }
        _ => {
            let mut connection = PgConnection::establish(&scratch.url).expect("open");
            connection.revert_last_migration(source).expect("reverted");
        }
    }
}

fn two() -> Migrations {
    let migrations = Migrations::new();
    migrations.add("1_a", "CREATE TABLE a (x INTEGER);", "DROP TABLE a;");
    migrations.add("2_b", "CREATE TABLE b (x INTEGER);", "DROP TABLE b;");
    migrations
}

#[test]
fn diesel_sees_what_glowplug_applied() {
    each(|scratch| {
        let migrations = two();
        migrations.manager().apply(&mut scratch.open()).expect("applied");
        assert!(diesel_run(scratch, &migrations).is_empty());
        migrations.add("3_c", "CREATE TABLE c (x INTEGER);", "DROP TABLE c;");
        assert_eq!(diesel_run(scratch, &migrations), ["3"]);
        assert_eq!(scratch.applied(), ["1", "2", "3"]);
    });
}

#[test]
fn glowplug_sees_what_diesel_applied() {
    each(|scratch| {
        let migrations = two();
        assert_eq!(diesel_run(scratch, &migrations), ["1", "2"]);
        let mut connection = scratch.open();
        let status = migrations.manager().status(&mut connection).expect("a status");
        assert!(status.is_up_to_date());
        assert!(status.migrations.iter().all(|one| !one.verified && one.applied_at.is_some()));
        assert!(
            migrations.manager().strict(true).apply(&mut connection).expect("nothing").is_empty()
        );
        // Reading creates nothing.
        let ours = match scratch.backend {
            Backend::Sqlite => "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%glowplug%'",
            _ => "SELECT count(*) FROM pg_class WHERE relname LIKE '%glowplug%'",
        };
        assert_eq!(scratch.ask(ours), "0");
        let report = migrations.manager().revert(&mut connection, Revert::All).expect("reverted");
        assert_eq!(report.reverted.len(), 2);
        assert!(scratch.catalog().is_empty());
    });
}

#[test]
fn a_row_of_ours_without_diesels_is_left_over() {
    each(|scratch| {
        let migrations = two();
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        diesel_revert_last(scratch, &migrations);
        assert_eq!(scratch.ask("SELECT count(*) FROM __glowplug_history"), "2");
        let status = migrations.manager().status(&mut connection).expect("a status");
        assert_eq!(status.migrations[1].state, MigrationState::Pending);
        assert!(
            status.migrations[1].stopped.is_none() && status.migrations[1].applied_at.is_none()
        );
        // Edited while it was not applied: no matter.
        migrations.add("2_b", "CREATE TABLE b (x INTEGER, y INTEGER);", "DROP TABLE b;");
        let report = migrations.manager().strict(true).apply(&mut connection).expect("applied");
        assert_eq!(report.applied.len(), 1);
        assert!(migrations.manager().status(&mut connection).expect("a status").is_up_to_date());
    });
}

const EMBEDDED: EmbeddedMigrations = embed_migrations!("tests/apply/embedded");

#[test]
fn embedded_migrations_have_the_checksum_of_their_files() {
    each(|scratch| {
        let mut connection = scratch.open();
        let report = MigrationManager::new(EMBEDDED).apply(&mut connection).expect("applied");
        assert_eq!(report.applied.len(), 2);
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/apply/embedded");
        let files = glowplug::files::MigrationsDir::open(&path).expect("a directory");
        let status = MigrationManager::new(files).strict(true).status(&mut connection);
        let status = status.expect("a status");
        assert!(status.is_up_to_date() && status.migrations.iter().all(|one| one.verified));
        let report = MigrationManager::new(EMBEDDED).revert(&mut connection, Revert::Last(1));
        assert_eq!(report.expect("reverted").reverted[0].name, "2026-01-02-000000-0000_add_name");
    });
}
