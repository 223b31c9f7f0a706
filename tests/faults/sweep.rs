//! What is swept over, on each server and with each kind of lock: migrations, and what is there once
//! each of their statements ran once.

use std::time::Duration;

use glowplug::MigrationManager;
use glowplug::apply::LockMode;
use glowplug::files::MigrationsDir;

use crate::apply::support::{Migrations, Scratch, assert_usable};

/// How long a lease lasts here: each next start waits for its end.
pub(super) const LEASE: Duration = Duration::from_millis(100);

/// Migrations of one server, and their effect.
pub(super) struct Subject {
    pub(super) migrations: Migrations,
    effect: &'static str,
    expected: &'static str,
    pub(super) mode: LockMode,
}

const FIRST: &str =
    "CREATE TABLE t (id int PRIMARY KEY, x varchar(20)); INSERT INTO t VALUES (1, 'a');";

impl Subject {
    /// The second one runs outside a transaction. It is shorter for all kinds of locks but the first:
    /// each of its points costs a process.
    pub(super) fn of_postgres(mode: LockMode) -> Self {
        let migrations = Migrations::of(&[("1_a", &format!("{FIRST} CREATE INDEX old ON t (x);"))]);
        let up = match mode {
            LockMode::Session => {
                "UPDATE t SET x = x || 'b'; DROP INDEX CONCURRENTLY old; VACUUM t; \
                 CREATE UNIQUE INDEX CONCURRENTLY i ON t (x); \
                 BEGIN; UPDATE t SET x = x || 'c'; COMMIT; UPDATE t SET x = x || 'd';"
            }
            _ => {
                "DROP INDEX old; UPDATE t SET x = x || 'bcd'; \
                 CREATE UNIQUE INDEX CONCURRENTLY i ON t (x);"
            }
        };
        migrations.add_outside("2_b", up, "SELECT 1;");
        Self { migrations, effect: EFFECT, expected: "abcd:2", mode }
    }

    /// All of them run in transactions, which take the lock.
    pub(super) fn of_transactions() -> Self {
        let migrations = Migrations::of(&[
            ("1_a", &format!("{FIRST} CREATE INDEX old ON t (x);")),
            ("2_b", "UPDATE t SET x = x || 'b'; DROP INDEX old; UPDATE t SET x = x || 'c';"),
            ("3_c", "CREATE UNIQUE INDEX i ON t (x); UPDATE t SET x = x || 'd';"),
        ]);
        Self { migrations, effect: EFFECT, expected: "abcd:2", mode: LockMode::Transaction }
    }

    /// Each change of the schema commits by itself: they are gone on with at the right one.
    pub(super) fn of_mariadb(mode: LockMode) -> Self {
        if mode != LockMode::Session {
            return Self::of_mariadb_in_short(mode);
        }
        let up = "UPDATE t SET x = concat(x, 'b'); ALTER TABLE t ADD COLUMN y int; CREATE INDEX i ON t (x); \
            UPDATE t SET x = concat(x, 'c'); DROP INDEX i ON t; CREATE INDEX j ON t (y); \
            UPDATE t SET x = concat(x, 'd');";
        let migrations = Migrations::of(&[("1_a", FIRST), ("2_b", up)]);
        Self { migrations, effect: EFFECT_ON_MARIADB, expected: "abcd|1|1", mode }
    }

    /// The same in short, where each point costs a start of the server.
    pub(super) fn of_mariadb_in_short(mode: LockMode) -> Self {
        let up =
            "ALTER TABLE t ADD COLUMN y int, ADD INDEX j (y); UPDATE t SET x = concat(x, 'bcd');";
        let migrations = Migrations::of(&[("1_a", &format!("{FIRST} {up}"))]);
        Self { migrations, effect: EFFECT_ON_MARIADB, expected: "abcd|1|1", mode }
    }

    pub(super) fn manager(&self) -> MigrationManager<MigrationsDir> {
        let manager = self.migrations.manager().lock_mode(self.mode).lease(LEASE);
        manager.lock_timeout(Duration::from_secs(30))
    }

    /// After a fault: the state is whole, the next start completes it, and all ran once.
    pub(super) fn assert_completes(&self, scratch: &Scratch, point: usize) {
        let mut connection = scratch.open();
        let status = self.manager().status(&mut connection).expect("a status");
        assert!(status.pending_count() > 0 || status.is_up_to_date(), "at point {point}");
        let again = self.manager().apply(&mut connection);
        again.unwrap_or_else(|error| panic!("{:?} at point {point}: {error}", self.mode));
        self.assert_done(scratch, point);
        assert_usable(scratch, &mut connection);
    }

    pub(super) fn assert_done(&self, scratch: &Scratch, point: usize) {
        let found = scratch.ask(self.effect);
        assert_eq!(found, self.expected, "{:?} at point {point}", self.mode);
        let all = self.migrations.source().list().expect("a list").len();
        assert_eq!(scratch.applied().len(), all);
    }
}

const EFFECT: &str = "SELECT x || ':' || (SELECT count(*) FROM pg_index WHERE indisvalid \
    AND indrelid = 't'::regclass) FROM t";

const EFFECT_ON_MARIADB: &str = "SELECT x, (SELECT count(*) FROM information_schema.columns WHERE \
    table_schema = database() AND column_name = 'y'), (SELECT count(DISTINCT index_name) FROM \
    information_schema.statistics WHERE table_schema = database() AND index_name IN ('i', 'j')) FROM t";
