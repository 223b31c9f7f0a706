//! Servers of PostgreSQL that refuse: the connection, the password, the privilege, any change. Each
//! is a clear error, and nothing is lost.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

use crate::cli::project::{Project, Ran};
use crate::support::postgres::{Database, PrivateServer, query};

const MODELS: &str = "diesel::table! { note (id) { id -> Integer, body -> Text } }\n";
const UP: &str = "CREATE TABLE note (id integer PRIMARY KEY, body text NOT NULL);\n";

fn project(url: &str) -> Project {
    Project::new()
        .file(".env", &format!("DATABASE_URL={url}\n"))
        .file("schema.rs", MODELS)
        .migration("2026-01-01-000000-0000_create_note", UP, "DROP TABLE note;\n")
}

/// The URL of a database for another role.
fn as_role(url: &str, role: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (_, place) = rest.rsplit_once('@').unwrap();
    format!("{scheme}://{role}@{place}")
}

const VERBS: [&str; 5] = ["create", "migrate", "status", "diff", "check"];

fn fails(ran: Ran, says: &[&str]) {
    let ran = ran.exit(1);
    let error = ran.err();
    for word in says {
        assert!(error.contains(word), "no `{word}` in\n{error}");
    }
    assert!(!error.contains("panicked"), "{error}");
}

#[test]
fn nobody_listens() {
    let project = project("postgres://app:hunter2@127.0.0.1:1/app");
    let before = project.contents();
    for verb in VERBS {
        fails(project.run(verb), &["127.0.0.1", "refused"]);
    }
    assert_eq!(project.contents(), before);
}

#[test]
fn the_password_is_wrong() {
    let server = PrivateServer::start();
    let mut owner = PgConnection::establish(&server.url).unwrap();
    let hba = query(&mut owner, "SELECT current_setting('hba_file') AS line");
    let rules = format!(
        "CREATE ROLE app LOGIN PASSWORD 'right';
         COPY (SELECT 'host all app 127.0.0.1/32 scram-sha-256' UNION ALL
               SELECT 'host all glowplug 127.0.0.1/32 trust') TO '{}';
         SELECT pg_reload_conf();",
        hba[0]
    );
    owner.batch_execute(&rules).unwrap();
    let right = as_role(&server.url, "app:right");
    // The new rules hold from the next connection on, once the server has read them.
    let project = project(&as_role(&server.url, "app:hunter2"));
    let before = project.contents();
    let start = std::time::Instant::now();
    while project.run("status").code() == Some(0) {
        assert!(start.elapsed().as_secs() < 20, "any password will do");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    for verb in VERBS {
        let ran = project.run(verb);
        let said = format!("{}{}", ran.out(), ran.err());
        assert!(!said.contains("hunter2"), "{said}");
        fails(ran, &["password authentication failed for user \"app\""]);
    }
    assert_eq!(project.contents(), before);
    project.write(".env", format!("DATABASE_URL={right}\n"));
    project.run("status").exit(0);
}

/// A role that may connect and look, and nothing else.
struct Reader<'d> {
    database: &'d Database,
    name: String,
}

impl<'d> Reader<'d> {
    fn new(database: &'d Database, more: &str) -> Self {
        let (_, path) = database.url.rsplit_once('/').unwrap();
        let name = format!("reader_{path}");
        database.must(&format!(
            "CREATE ROLE {name} LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
             REVOKE TEMPORARY ON DATABASE {path} FROM PUBLIC; {}",
            more.replace("{role}", &name)
        ));
        Self { database, name }
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        drop(self.database.run(&format!("DROP OWNED BY {0}; DROP ROLE {0}", self.name)));
    }
}

#[test]
fn the_role_may_not() {
    let database = Database::create();
    let reader = Reader::new(&database, "");
    let project = project(&as_role(&database.url, &reader.name));
    let before = (database.catalog_lines(), project.contents());
    fails(project.run("migrate"), &["permission denied for schema public"]);
    assert_eq!((database.catalog_lines(), project.contents()), before);

    // Nothing is pending: it may look. A change of the table is refused by the table's name.
    project.write(".env", format!("DATABASE_URL={}\n", database.url));
    project.run("migrate").exit(0);
    database.must(&format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}", reader.name));
    project.write(".env", format!("DATABASE_URL={}\n", as_role(&database.url, &reader.name)));
    project.run("migrate").exit(0).stderr("Nothing to apply\n");
    project.run("diff").exit(0);
    let more = MODELS.replace("body -> Text", "body -> Text, more -> Nullable<Text>");
    project.write("schema.rs", more);
    let before = (database.catalog_lines(), project.contents());
    fails(project.run("create"), &["must be owner of table note"]);
    assert_eq!((database.catalog_lines(), project.contents()), before);
}

#[test]
fn the_server_only_reads() {
    let database = Database::create();
    let set = "ALTER ROLE {role} SET default_transaction_read_only = on; GRANT CREATE ON SCHEMA public TO {role};";
    let reader = Reader::new(&database, set);
    let project = project(&as_role(&database.url, &reader.name));
    let before = (database.catalog_lines(), project.contents());
    project.run("status").exit(0).stdout_has("Pending    1\n");
    fails(project.run("migrate"), &["in a read-only transaction"]);
    assert_eq!((database.catalog_lines(), project.contents()), before);
}

/// A hot standby: the cluster waits for more to replay, and answers who only reads.
fn becomes_a_standby(server: &PrivateServer) {
    let mut connection = PgConnection::establish(&server.url).unwrap();
    let data = query(&mut connection, "SELECT current_setting('data_directory') AS line");
    let signal = format!("CHECKPOINT; COPY (SELECT 1) TO '{}/standby.signal'", data[0]);
    for sql in signal.split("; ") {
        connection.batch_execute(sql).unwrap();
    }
    drop(connection);
    let restarted =
        std::process::Command::new("sh").args(["-c", &server.restart()]).output().unwrap();
    assert!(restarted.status.success(), "{}", String::from_utf8_lossy(&restarted.stderr));
    let mut connection = PgConnection::establish(&server.url).unwrap();
    assert_eq!(query(&mut connection, "SELECT pg_is_in_recovery()::text AS line"), ["true"]);
}

#[test]
fn the_server_is_a_standby() {
    let server = PrivateServer::start();
    let project = project(&server.url);
    project.run("migrate").exit(0);
    becomes_a_standby(&server);
    let before = project.contents();

    // Nothing is pending: a replica of the application starts, and all verbs that look do.
    project.run("migrate").exit(0).stderr("Nothing to apply\n");
    project.run("status").exit(0).stdout_has("Pending    0\n");
    project.run("diff").exit(0);
    project.run("create").exit(0).stderr("No changes detected\n");
    assert_eq!(project.contents(), before);

    // Nothing that writes is done, and each tells why.
    let only_reads = |verb: &str, says: &[&str]| {
        let before = project.contents();
        fails(project.run(verb), says);
        assert_eq!(project.contents(), before, "{verb}");
    };
    let pending = [
        "cannot execute ALTER TABLE in a read-only transaction",
        "hint: this server only reads: it is a standby",
    ];
    project
        .write("schema.rs", MODELS.replace("body -> Text", "body -> Text, more -> Nullable<Text>"));
    only_reads(
        "create",
        &["the proof could not run: cannot execute ALTER TABLE", "hint: `--unproven`"],
    );
    only_reads("check", &["cannot execute CREATE DATABASE in a read-only transaction"]);
    only_reads("revert --yes", &["cannot execute DROP TABLE", "hint: this server only reads"]);
    let up = "ALTER TABLE note ADD more text;\n";
    let more = "2026-01-02-000000-0000_more";
    project.write(&format!("migrations/{more}/up.sql"), up);
    project.write(&format!("migrations/{more}/down.sql"), "ALTER TABLE note DROP more;\n");
    project.run("status").exit(0).stdout_has("Pending    1\n");
    only_reads("migrate", &pending);
    only_reads("migrate --lock-mode transaction", &pending);
    only_reads("migrate --lock-mode table", &["cannot create `__glowplug_lock`", pending[1]]);
    project.run("create").exit(4).stderr_has("is pending");
    project.run("status").exit(0).stdout_has("Pending    1\n");
}
