use std::time::Duration;

use glowplug::MigrationManager;
use glowplug::apply::LockMode;
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use glowplug::files::MigrationsDir;
use glowplug::model::Backend;

use super::stopped::LEASE;
use super::sweep::{self, Subject};
use super::{at_every_point, die_at, point};
use crate::apply::support::{Migrations, Scratch, assert_usable};
use crate::replicas::{MIGRATIONS, MODE, URL, mode_told, told};
use crate::support::pgbouncer::PgBouncer;

#[test]
#[ignore = "a process of the tests below"]
fn migrator() {
    let (Some(url), Some(migrations)) = (told(URL), told(MIGRATIONS)) else { return };
    let url = DatabaseUrl::parse(&url).expect("a URL");
    let source = MigrationsDir::open(migrations.as_ref()).expect("a directory");
    let mut connection = AnyConnection::open(&url, OpenMode::Create).expect("a connection");
    let point = point();
    let mut manager = MigrationManager::new(source).on_event(move |_| die_at(&point));
    manager = manager.lock_mode(mode_told());
    if let Some(length) = told(LEASE) {
        manager = manager.lease(Duration::from_millis(length.parse().expect("a number")));
    }
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

/// Kills a process at each point, with each kind of lock.
fn killed(scratch: &Scratch, url: &str, subject: &Subject) {
    let path = subject.migrations.path().display().to_string();
    let word = LockMode::ALL.into_iter().find(|(mode, _)| *mode == subject.mode).expect("a mode").1;
    let lease = sweep::LEASE.as_millis().to_string();
    let variables =
        [(URL, url), (MIGRATIONS, path.as_str()), (MODE, word), (LEASE, lease.as_str())];
    let points = at_every_point("faults::apply::migrator", &variables, |point| {
        subject.assert_completes(scratch, point);
        scratch.empty();
    });
    assert!(points > 15, "there were only {points} points");
    subject.assert_done(scratch, points);
    scratch.empty();
}

#[test]
fn postgres_is_before_or_after_but_never_between() {
    let scratch = Scratch::postgres();
    for mode in [LockMode::Session, LockMode::Table, LockMode::None] {
        killed(&scratch, &scratch.url, &Subject::of_postgres(mode));
    }
}

#[test]
fn locks_of_transactions_are_gone_with_their_process() {
    let scratch = Scratch::postgres();
    killed(&scratch, &scratch.url, &Subject::of_transactions());
    let pooler = PgBouncer::start(2);
    killed(&scratch, &pooler.url(&scratch.url), &Subject::of_transactions());
}

#[test]
fn mariadb_goes_on_at_the_right_statement_with_every_kind_of_lock() {
    let scratch = Scratch::mariadb();
    for mode in [LockMode::Session, LockMode::Table, LockMode::None] {
        killed(&scratch, &scratch.url, &Subject::of_mariadb(mode));
    }
}
