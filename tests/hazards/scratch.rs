//! Databases that live as long as a test.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, RunQueryDsl as _};
use glowplug::backend::Backend;
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};

/// A scratch database; gone when dropped.
pub(super) struct Scratch {
    pub(super) connection: Option<AnyConnection>,
    _folder: Option<tempfile::TempDir>,
    server_name: Option<String>,
}

const SERVER: &str = "postgres://postgres@127.0.0.1:5432/";

impl Scratch {
    pub(super) fn sqlite(sql: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("scratch.db");
        let connection = open(path.to_str().expect("UTF-8"), OpenMode::Create);
        Self::with(
            Self { connection: Some(connection), _folder: Some(folder), server_name: None },
            sql,
        )
    }

    pub(super) fn postgres(sql: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("glowplug_test_{}_hazards_{n}", std::process::id());
        server(&format!("CREATE DATABASE {name}"));
        let connection = open(&format!("{SERVER}{name}"), OpenMode::Existing);
        Self::with(
            Self { connection: Some(connection), _folder: None, server_name: Some(name) },
            sql,
        )
    }

    fn with(mut self, sql: &str) -> Self {
        self.connection().batch_execute(sql).expect("the SQL runs");
        self
    }

    /// One on each backend, from the same SQL.
    pub(super) fn both(sql: &str) -> [Self; 2] {
        [Self::sqlite(sql), Self::postgres(sql)]
    }

    /// How SQLite runs a query.
    pub(super) fn plan(&mut self, sql: &str) -> String {
        #[derive(diesel::QueryableByName)]
        struct Line {
            #[diesel(sql_type = diesel::sql_types::Text)]
            detail: String,
        }
        let lines = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}"));
        let lines: Vec<Line> = lines.load(self.connection()).expect("it can be explained");
        lines.into_iter().map(|line| line.detail + "\n").collect()
    }

    pub(super) fn connection(&mut self) -> &mut AnyConnection {
        self.connection.as_mut().expect("open until dropped")
    }

    pub(super) fn backend(&self) -> Backend {
        self.connection.as_ref().expect("open until dropped").backend()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.connection = None;
        if let Some(name) = &self.server_name {
            server(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn open(url: &str, mode: OpenMode) -> AnyConnection {
    AnyConnection::open(&DatabaseUrl::parse(url).expect("a URL"), mode).expect("a connection")
}

fn server(sql: &str) {
    let mut connection = PgConnection::establish(&format!("{SERVER}postgres")).expect("a server");
    connection.batch_execute(sql).expect("the SQL runs");
}
