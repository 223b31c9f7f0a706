//! Applications that are asynchronous: `AsyncConnectionWrapper` in `spawn_blocking`, its connection a
//! new one or out of deadpool.

use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncConnection as _, AsyncPgConnection};
use glowplug::MigrationManager;
use glowplug::apply::{ApplyError, MigrateConnection, Report};
use glowplug::files::MigrationsDir;

use super::support::{Migrations, Scratch};

fn migrations() -> Migrations {
    let migrations =
        Migrations::of(&[("1_a", "CREATE TABLE a (x int); INSERT INTO a VALUES (1);")]);
    let up = "CREATE INDEX CONCURRENTLY i ON a (x); SET work_mem = '5MB';";
    migrations.add_outside("2_b", up, "SELECT 1;");
    migrations
}

fn apply(
    source: MigrationsDir,
    mut connection: impl MigrateConnection<Backend = diesel::pg::Pg>,
) -> Result<Report, ApplyError> {
    MigrationManager::new(source).apply(&mut connection)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime")
}

#[test]
fn a_connection_of_its_own() {
    let (scratch, migrations) = (Scratch::postgres(), migrations());
    for expected in [2, 0] {
        let (url, source) = (scratch.url.clone(), migrations.source());
        let applied = runtime().block_on(async move {
            let connection = AsyncPgConnection::establish(&url).await.expect("open");
            let connection = AsyncConnectionWrapper::<_>::from(connection);
            tokio::task::spawn_blocking(move || apply(source, connection)).await.expect("no panic")
        });
        assert_eq!(applied.expect("applied").applied.len(), expected);
    }
    assert_eq!(scratch.applied(), ["1", "2"]);
}

/// The pool has one connection: what is handed back is used by the next.
#[test]
fn a_connection_out_of_a_pool() {
    let (scratch, migrations) = (Scratch::postgres(), migrations());
    migrations.add(
        "3_c",
        "SET work_mem = '6MB'; SET statement_timeout = '9s'; nonsense;",
        "SELECT 1;",
    );
    let source = migrations.source();
    let url = scratch.url.clone();
    runtime().block_on(async move {
        let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new(url);
        let pool: Pool<AsyncPgConnection> =
            Pool::builder(manager).max_size(1).build().expect("a pool");
        let before = settings(&mut pool.get().await.expect("a connection")).await;
        let connection = AsyncConnectionWrapper::<_>::from(pool.get().await.expect("a connection"));
        let result = tokio::task::spawn_blocking(move || apply(source, connection)).await;
        let error = result.expect("no panic").expect_err("nonsense");
        assert!(!error.is_unclean() && error.failure().is_some(), "{error}");
        let after = settings(&mut pool.get().await.expect("a connection")).await;
        assert_eq!(before, after);
    });
    assert_eq!(scratch.applied(), ["1", "2"]);
}

/// What a leak would change: settings, locks, an open transaction.
async fn settings(connection: &mut AsyncPgConnection) -> String {
    use diesel_async::RunQueryDsl as _;

    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        v: String,
    }
    let sql = "SELECT concat_ws('/', pg_backend_pid(), current_setting('work_mem'), \
        current_setting('statement_timeout'), (SELECT count(*) FROM pg_locks WHERE \
        locktype = 'advisory' AND pid = pg_backend_pid()), now() = statement_timestamp()) AS v";
    let row: Row = diesel::sql_query(sql).get_result(connection).await.expect("settings");
    row.v
}
