//! Scratch databases and migrations, of this room and its neighbours.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use glowplug::MigrationManager;
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use glowplug::files::MigrationsDir;
use glowplug::model::Backend;

/// A database that goes away with the value.
pub(crate) struct Scratch {
    pub(crate) url: String,
    pub(crate) backend: Backend,
    _dir: tempfile::TempDir,
    /// The server that it is dropped from, and its name there.
    dropped: Option<(String, String)>,
    _mariadb: Option<crate::support::mysql::Database>,
}

impl Scratch {
    pub(crate) fn sqlite() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let url = dir.path().join("dev.db").display().to_string();
        Self { url, backend: Backend::Sqlite, _dir: dir, dropped: None, _mariadb: None }
    }

    pub(crate) fn postgres() -> Self {
        Self::on(crate::support::postgres::server())
    }

    /// A new database of this server.
    pub(crate) fn on(server: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("glowplug_test_{}_{count}", std::process::id());
        run(server, &format!("CREATE DATABASE {name}"));
        let (base, _) = server.rsplit_once('/').expect("a path");
        Self {
            url: format!("{base}/{name}"),
            backend: Backend::Postgres,
            _dir: tempfile::tempdir().expect("a directory"),
            dropped: Some((server.to_owned(), name)),
            _mariadb: None,
        }
    }

    /// A database of the tests' MariaDB server.
    pub(crate) fn mariadb() -> Self {
        Self::on_mariadb(crate::support::mysql::server())
    }

    /// A new database of this MariaDB server.
    pub(crate) fn on_mariadb(server: &str) -> Self {
        let database =
            crate::support::mysql::Database::create_on(server, "COLLATE utf8mb4_general_ci");
        Self {
            url: database.url.clone(),
            backend: Backend::Mysql,
            _dir: tempfile::tempdir().expect("a directory"),
            dropped: None,
            _mariadb: Some(database),
        }
    }

    pub(crate) fn open(&self) -> AnyConnection {
        open(&self.url)
    }

    /// An answer by the server's own client: rows by line, columns by `|`.
    pub(crate) fn ask(&self, sql: &str) -> String {
        let mut command = match self.backend {
            Backend::Sqlite => Command::new("sqlite3"),
            Backend::Postgres => {
                let mut command = Command::new("psql");
                command.args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-d", &self.url, "-c", sql]);
                command
            }
            Backend::Mysql => {
                let (_, rest) = self.url.split_once("://").expect("a URL");
                let (authority, database) = rest.rsplit_once('/').expect("a path");
                let (user, host) = authority.split_once('@').expect("a user");
                let user = user.split(':').next().expect("a name");
                let (host, port) = host.split_once(':').expect("a port");
                let mut command = Command::new("mariadb");
                command.args(["--no-defaults", "-NB", "-h", host, "-P", port, "-u", user]);
                command.args(["-D", database, "-e", sql]);
                command
            }
        };
        if self.backend == Backend::Sqlite {
            command.args(["-batch", &self.url, sql]);
        }
        let output = command.output().expect("the client");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        assert!(output.status.success(), "{sql}: {}", text(&output.stderr));
        // MariaDB's client separates columns by tabs.
        text(&output.stdout).replace('\t', "|")
    }

    /// Every object of the database in the server's words, glowplug's and Diesel's tables left out.
    pub(crate) fn catalog(&self) -> String {
        self.ask(match self.backend {
            Backend::Sqlite => {
                "SELECT type, name, tbl_name, sql FROM sqlite_schema \
                 WHERE tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name"
            }
            _ => {
                "SELECT c.relkind, c.relname, string_agg(a.attname || ' ' || a.atttypid::regtype, ',' ORDER BY a.attnum) \
                 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                 LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
                 WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' \
                 AND c.relname NOT LIKE '\\_\\_%' GROUP BY 1, 2 ORDER BY 2"
            }
        })
    }

    /// As new.
    pub(crate) fn empty(&self) {
        match self.backend {
            Backend::Sqlite => {
                let _ = std::fs::remove_file(&self.url);
            }
            Backend::Mysql => {
                let (_, name) = self.url.rsplit_once('/').expect("a path");
                drop(self.ask(&format!("DROP DATABASE {name}; CREATE DATABASE {name}")));
            }
            Backend::Postgres => drop(self.ask(
                "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
            )),
        }
    }

    pub(crate) fn applied(&self) -> Vec<String> {
        let rows = self.ask("SELECT version FROM __diesel_schema_migrations ORDER BY version");
        rows.lines().map(str::to_owned).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.dropped {
            run(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// A connection to whatever the URL names; an absent SQLite file is created.
pub(crate) fn open(url: &str) -> AnyConnection {
    let url = DatabaseUrl::parse(url).expect("a URL");
    AnyConnection::open(&url, OpenMode::Create).expect("a connection")
}

/// The same database as another role, which needs no password.
pub(crate) fn as_role(url: &str, role: &str) -> String {
    let (scheme, rest) = url.split_once("://").expect("a URL");
    let host = rest.split_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{role}@{host}")
}

fn run(server: &str, sql: &str) {
    let mut connection = PgConnection::establish(server).expect("PostgreSQL");
    connection.batch_execute(sql).expect(sql);
}

/// The same test on both backends.
pub(crate) fn each(test: impl Fn(&Scratch)) {
    test(&Scratch::sqlite());
    test(&Scratch::postgres());
}

/// A directory of migrations.
pub(crate) struct Migrations {
    dir: tempfile::TempDir,
}

impl Migrations {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a directory") }
    }

    /// Each is a name and its up.sql; down.sql undoes nothing.
    pub(crate) fn of(migrations: &[(&str, &str)]) -> Self {
        let all = Self::new();
        for (name, up) in migrations {
            all.add(name, up, "SELECT 1;");
        }
        all
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn add(&self, name: &str, up: &str, down: &str) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(&path).expect("a directory");
        std::fs::write(path.join("up.sql"), up).expect("a file");
        std::fs::write(path.join("down.sql"), down).expect("a file");
        path
    }

    /// One that runs outside a transaction.
    pub(crate) fn add_outside(&self, name: &str, up: &str, down: &str) -> PathBuf {
        let path = self.add(name, up, down);
        let metadata = "run_in_transaction = false\n";
        std::fs::write(path.join("metadata.toml"), metadata).expect("a file");
        path
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_dir_all(self.path().join(name)).expect("removed");
    }

    pub(crate) fn source(&self) -> MigrationsDir {
        MigrationsDir::open(self.path()).expect("a directory")
    }

    pub(crate) fn manager(&self) -> MigrationManager<MigrationsDir> {
        MigrationManager::new(self.source())
    }
}

/// Values of a query on this very connection, NULL as `-`.
pub(crate) fn query(connection: &mut AnyConnection, sql: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        v: Option<String>,
    }
    let rows: Vec<Row> = match connection {
        AnyConnection::Sqlite(connection) => diesel::sql_query(sql).load(connection),
        AnyConnection::Postgres(connection) => diesel::sql_query(sql).load(connection),
        AnyConnection::Mysql(connection) => diesel::sql_query(sql).load(connection),
    }
    .expect(sql);
    rows.into_iter().map(|row| row.v.unwrap_or_else(|| "-".to_owned())).collect()
}

/// The connection has no transaction open: what it writes now is there for others.
pub(crate) fn assert_usable(scratch: &Scratch, connection: &mut AnyConnection) {
    connection.batch_execute("CREATE TABLE __probe (a INTEGER)").expect("usable");
    connection.batch_execute("INSERT INTO __probe VALUES (7)").expect("usable");
    assert_eq!(scratch.ask("SELECT a FROM __probe"), "7");
    connection
        .transaction::<_, diesel::result::Error, _>(|connection| {
            connection.batch_execute("DROP TABLE __probe")
        })
        .expect("a transaction");
    if scratch.backend == Backend::Postgres {
        assert_eq!(
            scratch.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"),
            "0"
        );
    }
}
