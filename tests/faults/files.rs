use glowplug::backend::Script;
use glowplug::files::{MigrationFile, MigrationsDir, NewMigration, Replacement};

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

/// What stays, and what is replaced by one.
fn chain(path: &std::path::Path) -> Vec<MigrationFile> {
    MigrationsDir::open(path).expect("a directory").list().expect("readable")
}

#[test]
#[ignore = "a process of the test below"]
fn replacer() {
    let Some(path) = told(MIGRATIONS) else { return };
    let point = point();
    let all = chain(path.as_ref());
    let contents = vec![("up.sql", "SELECT 3;\n".repeat(LONG)), ("down.sql", "SELECT 4;".into())];
    let replacement = Replacement { gone: &all[1..4], directory_name: "4_new", contents };
    let dir = MigrationsDir::open(path.as_ref()).expect("a directory");
    dir.replace_observed(&replacement, &mut |_| die_at(&point)).expect("replaced");
}

#[test]
fn a_killed_squash_leaves_the_old_chain_or_the_new_one() {
    let parent = tempfile::tempdir().expect("a directory");
    let path = parent.path().join("migrations");
    let write = || {
        for name in ["1_a", "2_b", "3_c", "4_d", "5_e"] {
            let directory = path.join(name);
            std::fs::create_dir_all(&directory).expect("made");
            std::fs::write(directory.join("up.sql"), "SELECT 1;").expect("written");
            std::fs::write(directory.join("metadata.toml"), "run_in_transaction = false\n")
                .expect("written");
        }
    };
    write();
    let names = || -> Vec<String> {
        let all = chain(&path).into_iter();
        all.map(|one| {
            match &*one.directory_name {
                "4_new" => assert_eq!(one.up, "SELECT 3;\n".repeat(LONG)),
                _ => assert!(one.up == "SELECT 1;" && !one.run_in_transaction),
            }
            one.directory_name
        })
        .collect()
    };
    let (old, new) = (["1_a", "2_b", "3_c", "4_d", "5_e"], ["1_a", "4_new", "5_e"]);
    let (mut olds, mut news) = (0, 0);
    let told = path.display().to_string();
    let points = at_every_point("faults::files::replacer", &[(MIGRATIONS, &told)], |_| {
        if names() == old {
            olds += 1;
        } else {
            assert_eq!(names(), new);
            news += 1;
            std::fs::remove_dir_all(&path).expect("removed");
            write();
        }
    });
    assert_eq!(names(), new);
    // It dies on both sides of the exchange, and what dead runs left is gone.
    assert!(points >= 15 && olds > 10 && news >= 1, "{points} points, {olds} old, {news} new");
    let left: Vec<_> = std::fs::read_dir(parent.path()).expect("a directory").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}
