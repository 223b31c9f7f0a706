//! Whole programs: `glowplug`, stock Diesel CLI, `sqlite3`, `psql` and `mariadb`, from start to end.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::contest::{Contender, contest};
use crate::synthetic;

/// Where the tables are.
#[derive(Clone, Copy)]
pub(crate) enum Server {
    Sqlite,
    Postgres,
    Mysql,
}

impl Server {
    fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MariaDB",
        }
    }

    /// The server's own client, which runs a script.
    fn client(self, url: &str, script: &str) -> Command {
        match self {
            Self::Sqlite => {
                let mut command = Command::new("sqlite3");
                command.args(["-bail", url, script]);
                command
            }
            Self::Postgres => {
                let mut command = Command::new("psql");
                command.args(["-Xqtv", "ON_ERROR_STOP=1", url, "-c", script]);
                command
            }
            Self::Mysql => {
                // `mysql://user@host:port/database`, as scripts/with-mariadb says it.
                let rest = url.strip_prefix("mysql://").expect("a URL");
                let (user, rest) = rest.split_once('@').expect("a user");
                let (address, database) = rest.split_once('/').expect("a database");
                let (host, port) = address.split_once(':').expect("a port");
                let mut command = Command::new("mariadb");
                command.args(["--no-defaults", "-N", "-h", host, "-P", port, "-u", user]);
                command.args([database, "-e", script]);
                command
            }
        }
    }

    /// Raw queries over everything that a comparison must know.
    fn raw_queries(self) -> &'static str {
        match self {
            Self::Sqlite => SQLITE_QUERIES,
            Self::Postgres => POSTGRES_QUERY,
            Self::Mysql => MYSQL_QUERIES,
        }
    }
}

const SQLITE_QUERIES: &str = "
SELECT json_group_array(json_array(m.type, m.name, m.tbl_name, m.sql)) FROM sqlite_schema m;
SELECT json_group_array(json_array(m.name, c.cid, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden))
FROM sqlite_schema m, pragma_table_xinfo(m.name) c WHERE m.type = 'table';
SELECT json_group_array(json_array(m.name, f.id, f.seq, f.\"table\", f.\"from\", f.\"to\", f.on_update, f.on_delete))
FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table';
SELECT json_group_array(json_array(m.name, i.name, i.\"unique\", i.origin, i.partial, k.seqno, k.cid, k.\"desc\", k.coll))
FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_xinfo(i.name) k WHERE m.type = 'table';";

const POSTGRES_QUERY: &str = "
SELECT json_agg(json_build_array(c.relname,
    (SELECT json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
         pg_get_expr(d.adbin, d.adrelid)) ORDER BY a.attnum)
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    (SELECT json_agg(json_build_array(k.conname, pg_get_constraintdef(k.oid))) FROM pg_constraint k WHERE k.conrelid = c.oid),
    (SELECT json_agg(pg_get_indexdef(i.indexrelid)) FROM pg_index i WHERE i.indrelid = c.oid)))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'";

const MYSQL_QUERIES: &str = "
SELECT * FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE();
SELECT * FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE();
SELECT * FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE();
SELECT * FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE();
SELECT * FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE();
SELECT * FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE();
SELECT * FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE();
SELECT * FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE();
SELECT * FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE();
SELECT * FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE();
SELECT * FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = DATABASE();";

impl Server {
    /// Beyond so many tables Diesel CLI takes minutes.
    fn diesel_tables(self) -> usize {
        match self {
            Self::Sqlite | Self::Postgres => 1_000,
            Self::Mysql => 100,
        }
    }
}

/// A directory with the models of a database that is there, and no migrations.
struct Bench {
    directory: tempfile::TempDir,
    server: Server,
    url: String,
}

impl Bench {
    fn new(server: Server, tables: usize) -> Self {
        let directory = tempfile::tempdir().expect("a scratch directory");
        let url = match server {
            Server::Sqlite => "app.sqlite".to_owned(),
            Server::Postgres | Server::Mysql => new_database(server, tables),
        };
        let bench = Self { directory, server, url };
        bench.write("schema.rs", &synthetic::models(tables, ""));
        let extra = "        added -> Nullable<Text>,\n";
        bench.write("changed/schema.rs", &synthetic::models(tables, extra));
        bench.write("diesel.toml", "[print_schema]\n");
        std::fs::create_dir(bench.path().join("migrations")).expect("the directory is new");
        // Too long for an argument.
        let sql = synthetic::sql(tables);
        bench.write(
            "schema.sql",
            &match server {
                Server::Sqlite | Server::Postgres => sql,
                // A text without a length can be no key.
                Server::Mysql => sql
                    .replace("name TEXT", "name VARCHAR(255)")
                    .replace("email TEXT", "email VARCHAR(255)")
                    .replace("updated_at TIMESTAMP", "updated_at TIMESTAMP NULL"),
            },
        );
        let mut load = match server {
            Server::Sqlite => server.client(&bench.url, ".read schema.sql"),
            Server::Postgres => server.client(&bench.url, "\\i schema.sql"),
            Server::Mysql => server.client(&bench.url, "source schema.sql"),
        };
        run(load.current_dir(bench.path()));
        bench
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the directory")).expect("made");
        std::fs::write(path, text).expect("the file is written");
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path()).env("DATABASE_URL", &self.url);
        command.stdin(Stdio::null());
        command
    }

    fn glowplug(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_glowplug"));
        command.args(arguments);
        command
    }

    fn diesel(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("diesel");
        command.args(arguments);
        command
    }

    fn raw_queries(&self) -> Contender<'_> {
        let name = match self.server {
            Server::Sqlite => "sqlite3, raw catalog queries",
            Server::Postgres => "psql, one raw catalog query",
            Server::Mysql => "mariadb, raw information_schema queries",
        };
        Contender::new(name, || {
            let mut client = self.server.client(&self.url, self.server.raw_queries());
            run(client.current_dir(self.path()));
        })
    }
}

/// A database of its own on a server that scripts/bench started.
pub(crate) fn new_database(server: Server, tables: usize) -> String {
    let variable = match server {
        Server::Mysql => "GLOWPLUG_TEST_MYSQL",
        Server::Sqlite | Server::Postgres => "GLOWPLUG_TEST_POSTGRES",
    };
    #[expect(clippy::disallowed_methods, reason = "scripts/bench says so by a variable")]
    let url = std::env::var(variable).expect("scripts/bench starts a server");
    let name = format!("bench_{}_{tables}", std::process::id());
    run(&mut server.client(&url, &format!("DROP DATABASE IF EXISTS {name}")));
    run(&mut server.client(&url, &format!("CREATE DATABASE {name}")));
    let (base, _) = url.rsplit_once('/').expect("a URL has a path");
    format!("{base}/{name}")
}

/// Runs to the end, output and all.
fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{error}", output.status);
}

/// Reads the database and the models and compares them.
pub(crate) fn diff(server: Server, tables: usize) {
    let bench = Bench::new(server, tables);
    // Both sides agree, or something else would be measured.
    run(&mut bench.glowplug(&["diff", "database", "models", "--exit-code"]));

    let mut contenders = vec![bench.raw_queries()];
    contenders.push(Contender::new("glowplug diff, no change", || {
        run(&mut bench.glowplug(&["diff", "database", "models"]));
    }));
    contenders.push(Contender::new("glowplug diff, one new column", || {
        run(&mut bench.glowplug(&["diff", "database", "models", "--models", "changed/schema.rs"]));
    }));
    if tables <= server.diesel_tables() {
        contenders.push(Contender::new("diesel print-schema (reads only)", || {
            run(&mut bench.diesel(&["print-schema"]));
        }));
        let forget = || {
            std::fs::remove_dir_all(bench.path().join("migrations")).expect("removed");
            std::fs::create_dir(bench.path().join("migrations")).expect("made");
        };
        let work = || {
            let flags = ["migration", "generate", "x", "--diff-schema=changed/schema.rs"];
            run(&mut bench.diesel(&flags));
        };
        let name = "diesel --diff-schema, one new column";
        contenders.push(Contender::new(name, work).prepared(forget));
    }
    contest(&format!("Read and compare, {}, {tables} tables", server.name()), contenders);
}

/// Writes a migration that was proven: up, down and up again on a copy.
pub(crate) fn create(server: Server, tables: usize) {
    let bench = Bench::new(server, tables);
    let create = |flags: &[&str]| {
        let mut command = bench.glowplug(&["create", "x", "--models", "changed/schema.rs"]);
        run(command.args(flags));
    };
    contest(
        &format!("Create a migration for one new column, {}, {tables} tables", server.name()),
        vec![
            bench.raw_queries(),
            Contender::new("glowplug create, proven", || create(&["--dry-run"])),
            Contender::new("glowplug create --unproven", || create(&["--dry-run", "--unproven"])),
        ],
    );
}

/// Applies migrations, one table each, to a new database.
pub(crate) fn apply(server: Server, migrations: usize) {
    let bench = Bench::new(server, 0);
    synthetic::write_migrations(&bench.path().join("migrations"), migrations);
    let fresh = || match server {
        Server::Sqlite => drop(std::fs::remove_file(bench.path().join("app.sqlite"))),
        Server::Postgres | Server::Mysql => drop(new_database(server, 0)),
    };
    contest(
        &format!("Apply {migrations} migrations to a new database, {}", server.name()),
        vec![
            Contender::new("diesel migration run", || {
                run(&mut bench.diesel(&["migration", "run"]));
            })
            .prepared(fresh),
            Contender::new("glowplug migrate", || run(&mut bench.glowplug(&["migrate"])))
                .prepared(fresh),
        ],
    );
    contest(
        &format!("Nothing pending of {migrations}, whole process, {}", server.name()),
        vec![
            Contender::new("diesel migration run", || {
                run(&mut bench.diesel(&["migration", "run"]));
            }),
            Contender::new("glowplug migrate", || run(&mut bench.glowplug(&["migrate"]))),
            Contender::new("glowplug status", || run(&mut bench.glowplug(&["status"]))),
        ],
    );
}
