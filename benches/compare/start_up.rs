//! What an application pays at start-up when nothing is pending.

use diesel::prelude::*;
use diesel_migrations::{
    EmbeddedMigration, EmbeddedMigrations, EmbeddedName, MigrationHarness as _, TomlMetadataWrapper,
};
use glowplug::MigrationManager;

use crate::contest::{Contender, contest};
use crate::synthetic;

/// What `embed_migrations!` makes of as many migrations.
fn embedded(migrations: usize) -> &'static [EmbeddedMigration] {
    let one = |number| {
        let (up, down) = synthetic::migration_sql(number);
        let name = format!("{}_make_m{number}", synthetic::version(number)).leak();
        let metadata = TomlMetadataWrapper::new(true);
        EmbeddedMigration::new(up.leak(), Some(down.leak()), EmbeddedName::new(name), metadata)
    };
    Vec::leak((0..migrations).map(one).collect())
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
    on_sqlite("SQLite", migrations, || SqliteConnection::establish(url).expect("it opens"));
    let url = crate::programs::new_database(crate::programs::Server::Postgres, migrations);
    on_postgres("PostgreSQL", migrations, || PgConnection::establish(&url).expect("it opens"));
}

/// For one type of connection: the traits that this needs have no common name.
macro_rules! nothing_pending_on {
    ($name:ident, $connection:ty) => {
        fn $name(server: &str, migrations: usize, open: impl Fn() -> $connection) {
            let all = embedded(migrations);
            let source = || EmbeddedMigrations::new(all);
            open().run_pending_migrations(source()).expect("they apply");
            let manager = MigrationManager::new(source());
            let (mut bare, mut theirs, mut ours) = (open(), open(), open());
            let title = format!(
                "Start-up with an open connection, nothing pending of {migrations}, {server}"
            );
            contest(
                &title,
                vec![
                    Contender::new("SELECT version FROM __diesel_schema_migrations", || {
                        let query = "SELECT version FROM __diesel_schema_migrations";
                        diesel::sql_query(query).load::<Applied>(&mut bare).expect("it reads");
                    }),
                    Contender::new("run_pending_migrations", || {
                        theirs.run_pending_migrations(source()).expect("nothing is pending");
                    }),
                    Contender::new("MigrationManager::apply", || {
                        manager.apply(&mut ours).expect("nothing is pending");
                    }),
                ],
            );
        }
    };
}

nothing_pending_on!(on_sqlite, SqliteConnection);
nothing_pending_on!(on_postgres, PgConnection);
