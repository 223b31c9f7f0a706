//! Tests: URLs and opening a database.

use std::path::Path;

use diesel::connection::SimpleConnection as _;
use glowplug::connection::{AnyConnection, ConnectionError, DatabaseUrl, OpenMode};
use glowplug::model::Backend;

fn url(text: &str) -> DatabaseUrl {
    DatabaseUrl::parse(text).expect("a URL")
}

fn files(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).expect("a directory");
    let mut names: Vec<_> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn schemes_name_their_backend_as_in_diesel_cli() {
    for (text, backend) in [
        ("postgres://h/d", Backend::Postgres),
        ("postgresql://h/d", Backend::Postgres),
        ("mysql://h/d", Backend::Mysql),
        ("sqlite://dev.db", Backend::Sqlite),
        ("file:dev.db?cache=shared", Backend::Sqlite),
        ("file:///tmp/dev.db", Backend::Sqlite),
        ("dev.db", Backend::Sqlite),
        ("./a/b c.db", Backend::Sqlite),
        (":memory:", Backend::Sqlite),
        ("sqlite:///data/a@b:c/dev.db", Backend::Sqlite),
        ("of/mysql:1.db", Backend::Sqlite),
    ] {
        assert_eq!(url(text).backend(), backend, "{text}");
    }
}

#[test]
fn a_text_that_is_no_url_is_an_error_that_does_not_repeat_it() {
    for text in [
        "",
        "  ",
        "mongodb://u:hunter2@h/d",
        "host=h password=hunter2 dbname=d",
        "\"postgres://u:hunter2@h/d\"",
        "'mysql://u:hunter2@h/d'",
        " postgres://u:hunter2@h/d",
        "postgres:u:hunter2@h/d",
        "mysql:/u:hunter2@h/d",
        "'postgresql:u:hunter2@h/d'",
        "postgres://u:hun@ter2@h/d",
        "sqlite://u:hunter2@h/d",
        "file://u:hunter2@h/d?mode=ro",
    ] {
        let error = DatabaseUrl::parse(text).expect_err("not a URL").to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
    assert!(matches!(DatabaseUrl::parse("a\0b"), Err(ConnectionError::Nul)));
}

#[test]
fn the_password_is_never_shown() {
    for (text, shown) in [
        ("postgres://u:hunter2@h:5432/d", "postgres://u:***@h:5432/d"),
        ("postgres://u:hunter2%40x@h/d", "postgres://u:***@h/d"),
        ("postgres://u:hun/ter@2?@h/d", "postgres://u:***@h/d"),
        (
            "postgres://u@h/d?password=hunter2&sslmode=require",
            "postgres://u@h/d?password=***&sslmode=require",
        ),
        ("postgres://u:hunter2@h/d?sslpassword=hunter2", "postgres://u:***@h/d?sslpassword=***"),
        ("mysql://u:hunter2@h/d", "mysql://u:***@h/d"),
        ("postgres://u@h/d", "postgres://u@h/d"),
        ("postgres:///d", "postgres:///d"),
        ("dir@home:x/dev.db", "dir@home:x/dev.db"),
        ("file:x.db?password=hunter2", "file:x.db?password=***"),
    ] {
        assert_eq!(url(text).to_string(), shown);
        assert!(!format!("{:?}", url(text)).contains("hunter2"));
    }
}

#[test]
fn a_failed_connection_does_not_show_the_password() {
    // libpq repeats a component that it cannot decode.
    for text in [
        "postgres://postgres:hunter2%zz@127.0.0.1:1/d",
        "postgres://postgres:hunter2@127.0.0.1:1/d",
        "postgres://postgres@127.0.0.1:1/d?password=hunter2%zz",
        "postgres://postgres:hunter2@127.0.0.1:1/d?nosuchkey=1",
        "postgres://postgres:hunter2/y@127.0.0.1:1/d",
        "postgres://postgres:x/hunter2@127.0.0.1:1/d",
        "postgres://postgres:x?hunter2@127.0.0.1:1/d",
        "postgres://postgres:x#hunter2@127.0.0.1:1/d",
    ] {
        let error = AnyConnection::open(&url(text), OpenMode::Existing).expect_err("no server");
        assert!(!error.to_string().contains("hunter2"), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[test]
fn loopback_is_this_machine_only() {
    for text in [
        "postgres://localhost/d",
        "postgres://u:p@127.0.0.1:5432/d",
        "postgres://u@[::1]:5432/d",
        "postgres:///d",
        "postgres://%2Fvar%2Frun/d",
        "postgres:///d?host=/var/run",
        "dev.db",
    ] {
        assert!(url(text).is_loopback(), "{text}");
    }
    for text in [
        "postgres://db.example/d",
        "postgres://localhost@db.example/d",
        "postgres://localhost,db.example/d",
        "postgres://localhost.example/d",
        "postgres:///d?host=db.example",
        "mysql://10.0.0.1/d",
    ] {
        assert!(!url(text).is_loopback(), "{text}");
    }
}

#[test]
fn the_file_of_a_sqlite_url() {
    for (text, path) in [
        ("dev.db", Some("dev.db")),
        ("sqlite://dev.db", Some("dev.db")),
        ("sqlite:///tmp/dev.db", Some("/tmp/dev.db")),
        ("file:/tmp/a%20b.db?mode=ro", Some("/tmp/a b.db")),
        ("file://localhost/tmp/dev.db", Some("/tmp/dev.db")),
        (":memory:", None),
        ("file::memory:", None),
        ("file:x?mode=memory", None),
        ("postgres://h/d", None),
    ] {
        assert_eq!(url(text).sqlite_path().as_deref(), path.map(Path::new), "{text}");
    }
}

#[test]
fn an_absent_file_is_created_only_when_asked() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("a b#?%.db");
    let target = DatabaseUrl::sqlite(&path);
    assert_eq!(target.sqlite_path().as_deref(), Some(path.as_path()));
    for mode in [OpenMode::ReadOnly, OpenMode::Existing] {
        let error = AnyConnection::open(&target, mode).expect_err("absent");
        assert!(error.is_not_found());
        assert!(error.to_string().contains("a b#?%.db"));
        assert!(files(dir.path()).is_empty());
    }
    let mut connection = AnyConnection::open(&target, OpenMode::Create).expect("created");
    connection.batch_execute("CREATE TABLE t (a)").expect("a table");
    drop(connection);
    assert_eq!(files(dir.path()), ["a b#?%.db"]);
}

#[test]
fn reading_only_leaves_no_file_behind_and_cannot_write() {
    for journal in ["delete", "wal"] {
        let dir = tempfile::tempdir().expect("a directory");
        let target = DatabaseUrl::sqlite(&dir.path().join("dev.db"));
        let mut connection = AnyConnection::open(&target, OpenMode::Create).expect("created");
        let setup = format!("PRAGMA journal_mode = {journal}; CREATE TABLE t (a)");
        connection.batch_execute(&setup).expect("a table");
        drop(connection);

        let mut connection = AnyConnection::open(&target, OpenMode::ReadOnly).expect("open");
        connection.batch_execute("SELECT * FROM t").expect("readable");
        let error = connection.batch_execute("INSERT INTO t VALUES (1)").expect_err("read-only");
        assert!(error.to_string().contains("readonly"), "{error}");
        drop(connection);
        assert_eq!(files(dir.path()), ["dev.db"], "{journal}");
    }
}

#[test]
fn what_is_no_database_is_named() {
    let dir = tempfile::tempdir().expect("a directory");
    let text = dir.path().join("notes.txt");
    std::fs::write(&text, "not a database, but long enough to be read as a header\n".repeat(20))
        .expect("written");
    for mode in [OpenMode::ReadOnly, OpenMode::Existing, OpenMode::Create] {
        let error =
            AnyConnection::open(&DatabaseUrl::sqlite(&text), mode).expect_err("no database");
        assert!(matches!(error, ConnectionError::NotADatabase { .. }), "{error}");
        assert!(error.to_string().contains("notes.txt"));
        let error = AnyConnection::open(&DatabaseUrl::sqlite(dir.path()), mode).expect_err("a dir");
        assert!(matches!(error, ConnectionError::NotAFile { .. }), "{error}");
    }
    let orphan = DatabaseUrl::sqlite(&dir.path().join("no/such/dev.db"));
    let error = AnyConnection::open(&orphan, OpenMode::Create).expect_err("no directory");
    assert!(error.to_string().contains("no/such/dev.db"), "{error}");
}
