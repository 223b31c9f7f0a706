use glowplug::backend::Script;
use glowplug::files::{MigrationsDir, NewMigration};

use super::{at_every_point, die_at, point};
use crate::apply::support::Migrations;
use crate::replicas::{MIGRATIONS, told};

const LONG: usize = 10_000;

fn write(path: &str, observe: &mut dyn FnMut(&'static str)) {
    let dir = MigrationsDir::open(path.as_ref()).expect("a directory");
    let up = Script { sql: "SELECT 1;\n".repeat(LONG), run_in_transaction: false };
    let down = Script { sql: "SELECT 2;\n".repeat(LONG), run_in_transaction: false };
    let new = NewMigration { name: "x", up: &up, down: &down };
    let now = "2026-01-01T00:00:00Z".parse().expect("a time");
    dir.write_observed(&new, now, observe).expect("written");
}

#[test]
#[ignore = "a process of the test below"]
fn writer() {
    let Some(path) = told(MIGRATIONS) else { return };
    let point = point();
    write(&path, &mut |_| die_at(&point));
}

#[test]
fn a_killed_write_leaves_nothing_or_all() {
    let migrations = Migrations::new();
    let path = migrations.path().display().to_string();
    let whole = |expected: &[usize]| {
        let listed =
            MigrationsDir::open(migrations.path()).expect("open").list().expect("readable");
        assert!(expected.contains(&listed.len()), "{listed:?}");
        for migration in &listed {
            assert_eq!(migration.up, "SELECT 1;\n".repeat(LONG));
            assert_eq!(migration.down.as_ref(), Some(&"SELECT 2;\n".repeat(LONG)));
            assert!(!migration.run_in_transaction);
        }
        listed.len()
    };
    let mut before = 0;
    let points = at_every_point("faults::files::writer", &[(MIGRATIONS, &path)], |_| {
        before = whole(&[before, before + 1]);
    });
    assert!(points >= 12, "there were only {points} points");
    // The run that lived has removed what the dead ones left.
    whole(&[before + 1]);
    let hidden = std::fs::read_dir(migrations.path()).expect("a directory").filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name();
        name.to_string_lossy().starts_with('.')
    });
    assert_eq!(hidden.count(), 0);
}
