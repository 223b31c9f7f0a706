//! How often a migration in Rust is called.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::Connection as _;
use diesel::connection::{BoxableConnection, SimpleConnection as _};
use diesel::migration::{
    Migration, MigrationMetadata, MigrationName, MigrationSource, MigrationVersion, Result,
};
use diesel::sqlite::{Sqlite, SqliteConnection};
use glowplug::MigrationManager;
use glowplug::apply::{MigrationState, Policy, Revert};

use super::support::Scratch;

/// Counts the calls of `run` and `revert`, with whatever connection.
#[derive(Clone, Default)]
struct Counted {
    version: &'static str,
    calls: Arc<[AtomicUsize; 2]>,
}

impl Counted {
    /// How often each was called since the last time.
    fn calls(&self) -> [usize; 2] {
        [0, 1].map(|at| self.calls[at].swap(0, Ordering::Relaxed))
    }

    fn call(
        &self,
        at: usize,
        sql: &str,
        connection: &mut dyn BoxableConnection<Sqlite>,
    ) -> Result<()> {
        self.calls[at].fetch_add(1, Ordering::Relaxed);
        let connection = connection.downcast_mut::<SqliteConnection>().ok_or("no connection")?;
        Ok(connection.batch_execute(sql)?)
    }
}

impl std::fmt::Display for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_code", self.version)
    }
}

impl MigrationName for Counted {
    fn version(&self) -> MigrationVersion<'_> {
        MigrationVersion::from(self.version)
    }
}

impl MigrationMetadata for Counted {
    fn run_in_transaction(&self) -> bool {
        true
    }
}

impl Migration<Sqlite> for Counted {
    fn run(&self, connection: &mut dyn BoxableConnection<Sqlite>) -> Result<()> {
        self.call(0, &format!("CREATE TABLE t{} (x)", self.version), connection)
    }
    fn revert(&self, connection: &mut dyn BoxableConnection<Sqlite>) -> Result<()> {
        self.call(1, &format!("DROP TABLE t{}", self.version), connection)
    }
    fn metadata(&self) -> &dyn MigrationMetadata {
        self
    }
    fn name(&self) -> &dyn MigrationName {
        self
    }
}

struct Source(Vec<Counted>);

impl MigrationSource<Sqlite> for &Source {
    fn migrations(&self) -> Result<Vec<Box<dyn Migration<Sqlite>>>> {
        Ok(self.0.iter().map(|one| Box::new(one.clone()) as _).collect())
    }
}

#[test]
fn it_is_called_only_when_it_is_needed() {
    let scratch = Scratch::sqlite();
    let mut connection = SqliteConnection::establish(&scratch.url).expect("open");
    let (one, two) = (
        Counted { version: "1", ..Counted::default() },
        Counted { version: "2", ..Counted::default() },
    );
    let source = Source(vec![one.clone()]);
    MigrationManager::new(&source).apply(&mut connection).expect("applied");
    assert_eq!(one.calls(), [2, 0], "once to look, once for good");
    for strict in [false, true] {
        let manager = MigrationManager::new(&source).strict(strict).policy(if strict {
            Policy::VerifyOnly
        } else {
            Policy::Apply
        });
        manager.apply(&mut connection).expect("nothing to do");
        assert_eq!(one.calls(), [0, 0]);
    }

    let source = Source(vec![one.clone(), two.clone()]);
    let manager = MigrationManager::new(&source);
    manager.apply(&mut connection).expect("applied");
    assert_eq!((one.calls(), two.calls()), ([0, 0], [2, 0]));
    let status = manager.status(&mut connection).expect("a status");
    assert!(status.migrations.iter().all(|one| one.state == MigrationState::Applied));
    assert!(status.migrations.iter().all(|one| one.reversible.is_none()));
    manager.repair(&mut connection).expect("repaired");
    assert_eq!((one.calls(), two.calls()), ([0, 0], [0, 0]));

    manager.revert(&mut connection, Revert::Last(1)).expect("reverted");
    assert_eq!((one.calls(), two.calls()), ([0, 0], [1, 2]));
    assert_eq!(scratch.catalog(), "table|t1|t1|CREATE TABLE t1 (x)");
}
