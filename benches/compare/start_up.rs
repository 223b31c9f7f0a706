//! What an application pays at start-up when nothing is pending.

use std::fmt;

use diesel::connection::BoxableConnection;
use diesel::migration::{
    Migration, MigrationMetadata, MigrationName, MigrationSource, MigrationVersion, Result,
};
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::MigrationHarness as _;
use glowplug::MigrationManager;

use crate::contest::{Contender, contest};
use crate::synthetic;

/// Migrations in memory, as embedded ones are.
#[derive(Clone, Copy)]
struct Embedded(usize);

struct One {
    name: Name,
    up: String,
    down: String,
}

struct Name(String);

struct InTransaction;

impl MigrationSource<Sqlite> for Embedded {
    fn migrations(&self) -> Result<Vec<Box<dyn Migration<Sqlite>>>> {
        let one = |number| {
            let (up, down) = synthetic::migration_sql(number);
            let name = Name(format!("{}_make", synthetic::version(number)));
            Box::new(One { name, up, down }) as Box<dyn Migration<Sqlite>>
        };
        Ok((0..self.0).map(one).collect())
    }
}

impl Migration<Sqlite> for One {
    fn run(&self, connection: &mut dyn BoxableConnection<Sqlite>) -> Result<()> {
        Ok(connection.batch_execute(&self.up)?)
    }

    fn revert(&self, connection: &mut dyn BoxableConnection<Sqlite>) -> Result<()> {
        Ok(connection.batch_execute(&self.down)?)
    }

    fn metadata(&self) -> &dyn MigrationMetadata {
        &InTransaction
    }

    fn name(&self) -> &dyn MigrationName {
        &self.name
    }
}

impl MigrationMetadata for InTransaction {}

impl MigrationName for Name {
    fn version(&self) -> MigrationVersion<'_> {
        let version = self.0.split('_').next().unwrap_or_default();
        version.replace('-', "").into()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = diesel::sql_types::Text)]
    #[expect(dead_code, reason = "the row is read for its cost")]
    version: String,
}

/// Asks over an open connection whether anything is pending.
pub(crate) fn nothing_pending(migrations: usize) {
    let directory = tempfile::tempdir().expect("a scratch directory");
    let path = directory.path().join("app.sqlite");
    let url = path.to_str().expect("the path is UTF-8");
    let open = || SqliteConnection::establish(url).expect("it opens");
    let source = Embedded(migrations);
    open().run_pending_migrations(source).expect("they apply");

    let manager = MigrationManager::new(source);
    let (mut bare, mut theirs, mut ours) = (open(), open(), open());
    contest(
        &format!("Start-up with an open connection, nothing pending of {migrations}, SQLite"),
        vec![
            Contender::new("SELECT version FROM __diesel_schema_migrations", || {
                let query = "SELECT version FROM __diesel_schema_migrations";
                diesel::sql_query(query).load::<Applied>(&mut bare).expect("it reads");
            }),
            Contender::new("run_pending_migrations", || {
                theirs.run_pending_migrations(source).expect("nothing is pending");
            }),
            Contender::new("MigrationManager::apply", || {
                manager.apply(&mut ours).expect("nothing is pending");
            }),
        ],
    );
}
