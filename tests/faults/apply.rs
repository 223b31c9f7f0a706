use glowplug::MigrationManager;
use glowplug::apply::LockMode;
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use glowplug::files::MigrationsDir;
use glowplug::model::Backend;

use super::{at_every_point, die_at, point};
use crate::apply::support::{Migrations, Scratch, assert_usable};
use crate::replicas::{MIGRATIONS, MODE, URL, mode, told};

#[test]
#[ignore = "a process of the tests below"]
fn migrator() {
    let (Some(url), Some(migrations)) = (told(URL), told(MIGRATIONS)) else { return };
    let url = DatabaseUrl::parse(&url).expect("a URL");
    let source = MigrationsDir::open(migrations.as_ref()).expect("a directory");
    let mut connection = AnyConnection::open(&url, OpenMode::Create).expect("a connection");
    let point = point();
    let manager = MigrationManager::new(source).lock_mode(mode()).on_event(move |_| die_at(&point));
    manager.apply(&mut connection).expect("applied");
}

const FRAME: &str = "-- glowplug: rebuild\nBEGIN IMMEDIATE;\nSELECT count(*) FROM t;\nCOMMIT;\n\
    PRAGMA foreign_keys = OFF;\nBEGIN IMMEDIATE;\nCREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT NOT NULL);\n\
    INSERT INTO n SELECT id, x || '!' FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\nCOMMIT;\n\
    PRAGMA foreign_keys = ON;\n";

/// Kills a process at each point, always from the same start, and lets the next one go on.
fn sweep(scratch: &Scratch, migrations: &Migrations, mode: &str, effect: &str, expected: &str) {
    let path = migrations.path().display().to_string();
    let variables = [(URL, scratch.url.as_str()), (MIGRATIONS, path.as_str()), (MODE, mode)];
    let all = migrations.source().list().expect("a list").len();
    let points = at_every_point("faults::apply::migrator", &variables, |point| {
        if scratch.backend == Backend::Sqlite {
            assert_eq!(scratch.ask("PRAGMA integrity_check"), "ok");
        }
        let mut connection = scratch.open();
        let status = migrations.manager().status(&mut connection).expect("a status");
        assert!(status.pending_count() > 0 || status.is_up_to_date());
        migrations.manager().apply(&mut connection).unwrap_or_else(|e| panic!("{point}: {e}"));
        assert_eq!(scratch.applied().len(), all);
        assert_eq!(scratch.ask(effect), expected, "died at point {point}");
        assert_usable(scratch, &mut connection);
        drop(connection);
        scratch.empty();
    });
    assert!(points > 15, "there were only {points} points");
    assert_eq!(scratch.ask(effect), expected);
}

#[test]
fn sqlite_is_before_or_after_but_never_between() {
    let migrations = Migrations::of(&[
        ("1_a", "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t VALUES (1, 'a');"),
        ("2_b", "CREATE TABLE u (x INTEGER); UPDATE t SET x = x || 'b';"),
    ]);
    migrations.add_outside("3_c", FRAME, FRAME);
    let up = "UPDATE t SET x = x || 'c'; VACUUM; PRAGMA foreign_keys = OFF; UPDATE t SET x = x || 'd'; \
        BEGIN; UPDATE t SET x = x || 'e'; UPDATE t SET x = x || 'f'; COMMIT; UPDATE t SET x = x || 'g';";
    migrations.add_outside("4_d", up, "SELECT 1;");
    for (_, mode) in LockMode::ALL {
        sweep(&Scratch::sqlite(), &migrations, mode, "SELECT x FROM t", "ab!cdefg");
    }
}

#[test]
fn postgres_is_before_or_after_but_never_between() {
    let migrations = Migrations::of(&[(
        "1_a",
        "CREATE TABLE t (id int PRIMARY KEY, x text); INSERT INTO t VALUES (1, 'a'); CREATE INDEX old ON t (x);",
    )]);
    let up = "UPDATE t SET x = x || 'b'; DROP INDEX CONCURRENTLY old; VACUUM t; CREATE UNIQUE INDEX CONCURRENTLY i ON t (x); \
        BEGIN; UPDATE t SET x = x || 'c'; COMMIT; UPDATE t SET x = x || 'd';";
    migrations.add_outside("2_b", up, "SELECT 1;");
    let effect = "SELECT x || ':' || (SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid = 't'::regclass) FROM t";
    sweep(&Scratch::postgres(), &migrations, "session", effect, "abcd:2");
}
