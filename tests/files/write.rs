use std::fs;
use std::path::Path;

use glowplug::backend::Script;
use glowplug::files::{FilesError, MigrationsDir, NewMigration, Version, Written};
use jiff::Timestamp;

fn script(sql: &str, run_in_transaction: bool) -> Script {
    Script { sql: sql.to_owned(), run_in_transaction }
}

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

fn write(root: &Path, name: &str, time: &str) -> Result<Written, FilesError> {
    let (up, down) = (script("UP;\n", true), script("DOWN;\n", true));
    MigrationsDir::open(root)?.write(&NewMigration { name, up: &up, down: &down }, at(time))
}

fn names(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root).expect("a directory");
    let mut names: Vec<_> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn writes_diesels_format() {
    let root = tempfile::tempdir().expect("a directory");
    let written = write(root.path(), "Create users", "2026-11-22T11:03:43.9Z").expect("written");
    assert_eq!(names(root.path()), ["2026-11-22-110343-0000_create_users"]);
    assert_eq!(written.version.as_str(), "202611221103430000");
    assert_eq!(written.name, "create_users");
    assert_eq!(names(&written.path), ["down.sql", "up.sql"]);
    assert_eq!(written.files, [written.path.join("up.sql"), written.path.join("down.sql")]);
    assert_eq!(fs::read_to_string(&written.files[0]).expect("a file"), "UP;\n");
    assert_eq!(fs::read_to_string(&written.files[1]).expect("a file"), "DOWN;\n");
}

#[test]
fn metadata_is_written_only_outside_a_transaction() {
    for (up, down) in [(true, false), (false, true), (false, false)] {
        let root = tempfile::tempdir().expect("a directory");
        let dir = MigrationsDir::open(root.path()).expect("a directory");
        let (up, down) = (script("UP;", up), script("DOWN;", down));
        let new = NewMigration { name: "x", up: &up, down: &down };
        let written = dir.write(&new, at("2026-01-01T00:00:00Z")).expect("written");
        let metadata = fs::read_to_string(written.path.join("metadata.toml")).expect("metadata");
        assert_eq!(metadata, "run_in_transaction = false\n");
        assert!(!dir.list().expect("a list")[0].run_in_transaction);
    }
}

#[test]
fn versions_are_monotonic_and_never_collide() {
    let root = tempfile::tempdir().expect("a directory");
    let times = [
        ("2026-01-01T00:00:00Z", "20260101000000"),
        // The same second.
        ("2026-01-01T00:00:00.9Z", "20260101000001"),
        // A clock that went back.
        ("2020-05-05T00:00:00Z", "20260101000002"),
        ("2026-12-31T23:59:59Z", "20261231235959"),
        ("2026-12-31T23:59:59Z", "20270101000000"),
    ];
    for (now, version) in times {
        let written = write(root.path(), "x", now).expect("written");
        assert_eq!(written.version.as_str(), format!("{version}0000"));
    }
}

#[test]
fn a_version_follows_whatever_is_there() {
    for (existing, expected) in [
        ("00000000000000_diesel_initial_setup", Some("202601010000000000")),
        ("2_b", Some("202601010000000000")),
        ("20300101000000_short", Some("203001010000010000")),
        ("2030-01-01-000000-ffff_many", Some("203001010000010000")),
        ("3_c", None),
        ("v1_x", None),
        ("99999999999999_never", None),
    ] {
        let root = tempfile::tempdir().expect("a directory");
        fs::create_dir(root.path().join(existing)).expect("a directory");
        let written = write(root.path(), "x", "2026-01-01T00:00:00Z");
        match (written, expected) {
            (Ok(written), Some(expected)) => {
                assert_eq!(written.version.as_str(), expected);
                assert!(written.version > Version::of_directory(existing));
            }
            (Err(error), None) => {
                assert!(matches!(error, FilesError::NoLaterVersion { .. }), "{error}");
                assert!(error.to_string().contains(existing), "{error}");
            }
            (got, expected) => panic!("{existing}: {got:?}, expected {expected:?}"),
        }
    }
}

#[test]
fn many_writers_at_once_get_one_version_each() {
    let root = tempfile::tempdir().expect("a directory");
    std::thread::scope(|scope| {
        for i in 0..8 {
            let root = root.path();
            scope.spawn(move || {
                write(root, &format!("w{i}"), "2026-01-01T00:00:00Z").expect("written")
            });
        }
    });
    let mut versions: Vec<_> =
        names(root.path()).iter().map(|n| Version::of_directory(n)).collect();
    versions.dedup();
    assert_eq!(versions.len(), 8);
}

#[test]
fn nothing_is_written_beside_what_came_in_the_meantime() {
    let root = tempfile::tempdir().expect("a directory");
    let dir = MigrationsDir::open(root.path()).expect("a directory");
    let (up, down) = (script("UP;", true), script("DOWN;", true));
    let new = NewMigration { name: "mine", up: &up, down: &down };
    let now = "2026-01-01T00:00:00Z".parse().expect("a time");
    let known = dir.names().expect("read");
    let other = write(root.path(), "other", "2026-01-01T00:00:00Z").expect("written");
    let error = dir.write_after(&known, &new, now).expect_err("another one came");
    assert!(matches!(&error, FilesError::Overtaken { path } if *path == other.path), "{error}");
    let known = dir.names().expect("read");
    assert_eq!(known.len(), 1);
    dir.write_after(&known, &new, now).expect("written");
    fs::remove_dir_all(other.path).expect("removed");
    let error = dir.write_after(&[known[0].clone(), "x".into()], &new, now).expect_err("one went");
    assert!(matches!(error, FilesError::Overtaken { .. } | FilesError::Changed { .. }), "{error}");
}

#[test]
fn what_a_killed_run_left_is_removed() {
    let root = tempfile::tempdir().expect("a directory");
    let draft = root.path().join(".glowplug-2026-01-01-000000-0000_x.tmp");
    fs::create_dir(&draft).expect("a directory");
    fs::write(draft.join("up.sql"), "CREATE TAB").expect("a file");
    fs::create_dir(root.path().join(".mine")).expect("a directory");
    write(root.path(), "x", "2026-01-01T00:00:00Z").expect("written");
    assert_eq!(names(root.path()), [".mine", "2026-01-01-000000-0000_x"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_not_written_through() {
    let root = tempfile::tempdir().expect("a directory");
    let real = root.path().join("real");
    fs::create_dir(&real).expect("a directory");
    let link = root.path().join("link");
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    let error = write(&link, "x", "2026-01-01T00:00:00Z").expect_err("a link");
    assert!(matches!(error, FilesError::SymbolicLink { .. }), "{error}");
    assert!(names(&real).is_empty());
    write(&real, "x", "2026-01-01T00:00:00Z").expect("written");
}

/// Stops at every step by an error of the operating system, which a file in the way makes; a user
/// without rights gets the same.
#[test]
fn a_failed_write_leaves_nothing() {
    let root = tempfile::tempdir().expect("a directory");
    let dir = MigrationsDir::open(root.path()).expect("a directory");
    let (up, down) = (script("UP;", true), script("DOWN;", true));
    let new = NewMigration { name: "x", up: &up, down: &down };
    let draft = root.path().join(".glowplug-2026-01-01-000000-0000_x.tmp");
    let result = dir.write_observed(&new, at("2026-01-01T00:00:00Z"), &mut |step| {
        if step == "sync file" {
            // The next file's place is taken: it is created, never overwritten.
            let _ = fs::write(draft.join("down.sql"), "in the way");
        }
    });
    let error = result.expect_err("in the way").to_string();
    assert!(error.contains("cannot write") && error.contains("down.sql"), "{error}");
    assert!(names(root.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_directory_that_cannot_be_written_is_named() {
    // Root may write anywhere, but not into the kernel's directories.
    let dir = MigrationsDir::open(Path::new("/proc/self")).expect("a directory");
    let (up, down) = (script("UP;", true), script("DOWN;", true));
    let new = NewMigration { name: "x", up: &up, down: &down };
    let error = dir.write(&new, at("2026-01-01T00:00:00Z")).expect_err("not writable").to_string();
    assert!(error.contains("/proc/self"), "{error}");
}
