//! Databases of their own on a real server.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection as _};
use diesel::sql_types::{Nullable, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query};
use std::sync::Arc;

/// A database that is dropped with this.
pub(super) struct Scratch {
    name: String,
}

/// The server: `GLOWPLUG_TEST_POSTGRES`, a URL with a database, or the usual port.
#[expect(clippy::disallowed_methods, reason = "the tests are told where the server is")]
fn server() -> String {
    std::env::var("GLOWPLUG_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

impl Scratch {
    pub(super) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("glowplug_test_{}_{number}", std::process::id());
        let mut admin = connect(&server());
        admin
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0"))
            .expect("a scratch database is made");
        Self { name }
    }

    /// One with this content.
    pub(super) fn with(sql: &str) -> (Self, PgConnection) {
        let scratch = Self::new();
        let mut connection = scratch.connect();
        run(&mut connection, sql);
        (scratch, connection)
    }

    pub(super) fn connect(&self) -> PgConnection {
        let server = server();
        let (base, _) = server.rsplit_once('/').expect("a URL has a path");
        connect(&format!("{base}/{}", self.name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        drop(PgConnection::establish(&server()).map(|mut admin| admin.batch_execute(&sql)));
    }
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap_or_else(|e| panic!("PostgreSQL at {url}: {e}"))
}

#[track_caller]
pub(super) fn run(connection: &mut PgConnection, sql: &str) {
    if sql.is_empty() {
        return;
    }
    connection.batch_execute(sql).unwrap_or_else(|e| panic!("{e}\nin: {sql}"));
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

/// The first column of a query, as text.
#[track_caller]
pub(super) fn lines(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    let lines: Vec<Line> = sql_query(format!("SELECT (q.*)::text AS line FROM ({sql}) q"))
        .load(connection)
        .unwrap_or_else(|e| panic!("{e}\nin: {sql}"));
    lines.into_iter().map(|l| l.line.unwrap_or_else(|| "NULL".into())).collect()
}

/// Counts the statements of a connection.
#[derive(Clone, Default)]
pub(super) struct Counter(Arc<AtomicU32>);

impl Counter {
    pub(super) fn on(connection: &mut PgConnection) -> Self {
        let counter = Self::default();
        connection.set_instrumentation(counter.clone());
        counter
    }

    pub(super) fn take(&self) -> u32 {
        self.0.swap(0, Ordering::Relaxed)
    }
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { .. } = event {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
