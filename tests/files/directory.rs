use std::fs;
use std::path::Path;

use diesel::migration::MigrationSource;
use diesel::sqlite::Sqlite;
use diesel_migrations::FileBasedMigrations;
use glowplug::files::{FilesError, MigrationsDir};

fn add(root: &Path, name: &str, files: &[(&str, &[u8])]) {
    let dir = root.join(name);
    fs::create_dir_all(&dir).expect("a directory");
    for (file, bytes) in files {
        fs::write(dir.join(file), bytes).expect("a file");
    }
}

fn list(root: &Path) -> Result<Vec<glowplug::files::MigrationFile>, FilesError> {
    MigrationsDir::open(root)?.list()
}

#[test]
fn lists_what_diesel_lists() {
    let root = tempfile::tempdir().expect("a directory");
    let sql: (&str, &[u8]) = ("up.sql", b"SELECT 1;");
    add(root.path(), "9_nine", &[sql]);
    add(root.path(), "10_ten", &[sql, ("down.sql", b"SELECT 2;")]);
    add(root.path(), "2024-01-02-030405-0000_a_b", &[sql]);
    add(root.path(), "noname", &[sql]);
    add(root.path(), ".hidden", &[]);
    fs::write(root.path().join("README.md"), "x").expect("a file");
    fs::write(root.path().join(".keep"), "").expect("a file");

    let ours = list(root.path()).expect("a list");
    let mut theirs: Vec<_> = MigrationSource::<Sqlite>::migrations(
        &FileBasedMigrations::from_path(root.path()).expect("a directory"),
    )
    .expect("a list")
    .iter()
    .map(|migration| (migration.name().version().to_string(), migration.name().to_string()))
    .collect();
    theirs.sort();
    let names: Vec<_> = ours
        .iter()
        .map(|migration| (migration.version.to_string(), migration.directory_name.clone()))
        .collect();
    assert_eq!(names, theirs);
    assert_eq!(names[0].0, "10");
    assert_eq!(ours[0].down.as_deref(), Some("SELECT 2;"));
    assert_eq!(ours[1].name, "a_b");
    assert_eq!(ours[2].down, None);
    assert!(ours.iter().all(|migration| migration.run_in_transaction));
}

#[test]
fn metadata_is_read_or_refused_but_never_guessed() {
    for (text, expected) in [
        ("run_in_transaction = true", Ok(true)),
        ("run_in_transaction = false\n", Ok(false)),
        ("other = 1\nrun_in_transaction = false\n[more]\nx = 1", Ok(false)),
        ("", Err("does not say `run_in_transaction`")),
        ("other = 1", Err("does not say `run_in_transaction`")),
        ("run_in_transaction", Err("is not TOML")),
        ("run_in_transaction = \"no\"", Err("is a string; expected `true` or `false`")),
    ] {
        let root = tempfile::tempdir().expect("a directory");
        add(root.path(), "1_a", &[("up.sql", b"x"), ("metadata.toml", text.as_bytes())]);
        match (list(root.path()), expected) {
            (Ok(listed), Ok(expected)) => assert_eq!(listed[0].run_in_transaction, expected),
            (Err(error), Err(part)) => {
                assert!(error.to_string().contains(part), "{error}");
                assert!(error.to_string().contains("metadata.toml"), "{error}");
            }
            (got, expected) => panic!("{text}: {got:?}, expected {expected:?}"),
        }
    }
}

#[test]
fn a_file_that_is_no_sql_is_named_with_the_place() {
    for (name, bytes, part) in [
        ("up.sql", &b"ok \xff\xfe"[..], "up.sql` is not UTF-8 at byte 3"),
        ("up.sql", b"\xff\xfeS\0", "is not UTF-8 at byte 0: it looks like UTF-16"),
        ("up.sql", b"SELECT\0 1", "has a NUL byte at byte 6"),
        ("up.sql", b"", "up.sql` is empty"),
        ("down.sql", b"\x80", "down.sql` is not UTF-8 at byte 0"),
        ("other.sql", b"x", "has no `up.sql`"),
    ] {
        let root = tempfile::tempdir().expect("a directory");
        if name == "down.sql" {
            add(root.path(), "1_a", &[("up.sql", b"x")]);
        }
        add(root.path(), "1_a", &[(name, bytes)]);
        let error = list(root.path()).expect_err(part).to_string();
        assert!(error.contains(part) && error.contains("1_a"), "{error}");
    }
}

#[test]
fn a_missing_directory_and_a_file_are_told_apart() {
    let root = tempfile::tempdir().expect("a directory");
    let error = list(&root.path().join("no")).expect_err("absent");
    assert!(error.is_no_directory(), "{error}");
    fs::write(root.path().join("file"), "").expect("a file");
    let error = list(&root.path().join("file")).expect_err("a file");
    assert!(matches!(error, FilesError::NotADirectory { .. }), "{error}");
    let made = MigrationsDir::open_or_create(&root.path().join("a/b")).expect("created");
    assert!(made.list().expect("empty").is_empty());
}

#[cfg(unix)]
#[test]
fn links_are_read_but_pipes_and_dead_links_are_errors() {
    use std::os::unix::fs::symlink;
    let root = tempfile::tempdir().expect("a directory");
    let elsewhere = tempfile::tempdir().expect("a directory");
    add(elsewhere.path(), "1_a", &[("up.sql", b"x")]);
    symlink(elsewhere.path().join("1_a"), root.path().join("1_a")).expect("a link");
    assert_eq!(list(root.path()).expect("followed").len(), 1);

    add(root.path(), "2_b", &[("up.sql", b"x")]);
    symlink("nowhere", root.path().join("2_b/down.sql")).expect("a link");
    let error = list(root.path()).expect_err("a dead link").to_string();
    assert!(error.contains("down.sql"), "{error}");

    fs::remove_file(root.path().join("2_b/down.sql")).expect("removed");
    let made = std::process::Command::new("mkfifo").arg(root.path().join("2_b/down.sql")).status();
    assert!(made.expect("mkfifo").success());
    let error = list(root.path()).expect_err("a pipe");
    assert!(matches!(error, FilesError::NotAFile { .. }), "{error}");
}
