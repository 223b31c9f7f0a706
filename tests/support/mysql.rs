//! A MariaDB server for the tests, and a database on it as the server itself shows it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::deserialize::QueryableByName;
use diesel::sql_types::Text;
use diesel::{Connection as _, MysqlConnection, RunQueryDsl as _, sql_query};
use serde_json::Value;

use super::rows::{Row, Rows};

/// A scratch database; it goes when this does.
pub(crate) struct Database {
    pub(crate) url: String,
    pub(crate) name: String,
}

impl Database {
    /// A new, empty database.
    pub(crate) fn create() -> Self {
        Self::create_with("COLLATE utf8mb4_general_ci")
    }

    /// The same with options of its own.
    pub(crate) fn create_with(options: &str) -> Self {
        Self::create_on(server(), options)
    }

    /// A database of this server.
    pub(crate) fn create_on(server: &str, options: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("t{}_{number}", std::process::id());
        let mut connection = connect(server);
        connection.batch_execute(&format!("CREATE DATABASE {name} {options}")).expect("a database");
        let (base, _) = server.rsplit_once('/').expect("a URL has a path");
        Self { url: format!("{base}/{name}"), name }
    }

    pub(crate) fn connect(&self) -> MysqlConnection {
        connect(&self.url)
    }

    /// Runs a script.
    pub(crate) fn run(&self, script: &str) -> Result<(), String> {
        self.connect().batch_execute(script).map_err(|e| e.to_string())
    }

    /// Runs a script that every backend understands: names in double quotes.
    pub(crate) fn run_ansi(&self, script: &str) -> Result<(), String> {
        let mode = "SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES,NO_BACKSLASH_ESCAPES')";
        if script.trim().is_empty() {
            return Ok(());
        }
        self.run(&format!("{mode};\n{script}"))
    }

    #[track_caller]
    pub(crate) fn must(&self, script: &str) {
        self.run(script).unwrap_or_else(|e| panic!("MariaDB: {e}\nin: {script}"));
    }

    /// What the server says, a line an object or an element of a table. Neither the order of columns
    /// nor the next value of a key is part of it.
    pub(crate) fn fingerprint(&self) -> Vec<String> {
        let mut connection = self.connect();
        let mut lines = lines(&mut connection, OBJECTS);
        for (table, kind) in self.tables() {
            let word = if kind == "SEQUENCE" { "SEQUENCE" } else { "TABLE" };
            let shown: Shown = sql_query(format!("SHOW CREATE {word} {}", quoted(&table)))
                .get_result(&mut connection)
                .unwrap_or_else(|e| panic!("{table}: {e}"));
            lines.extend(shown.text.lines().map(|line| {
                let line = line.trim().trim_end_matches(',');
                let options = line.starts_with(") ").then(|| line.split_once(" AUTO_INCREMENT="));
                let line = match options.flatten() {
                    Some((before, after)) => {
                        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
                        format!("{before}{rest}")
                    }
                    None => line.to_owned(),
                };
                format!("{table}: {line}")
            }));
        }
        lines.sort();
        lines
    }

    /// The tables, with their kind.
    pub(crate) fn tables(&self) -> Vec<(String, String)> {
        let found = lines(
            &mut self.connect(),
            "SELECT CONCAT(TABLE_TYPE, '|', TABLE_NAME) AS line FROM information_schema.TABLES \
             WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE <> 'VIEW' \
             AND TABLE_NAME NOT IN ('__diesel_schema_migrations', '__glowplug_history')",
        );
        let pair = |line: String| {
            let (kind, name) = line.split_once('|').expect("a bar");
            (name.to_owned(), kind.to_owned())
        };
        found.into_iter().map(pair).collect()
    }

    /// Every row of every table.
    pub(crate) fn rows(&self) -> Rows {
        let mut connection = self.connect();
        let mut rows = Rows::new();
        for (table, _) in self.tables().into_iter().filter(|(_, kind)| kind != "SEQUENCE") {
            let columns = lines(
                &mut connection,
                &format!(
                    "SELECT CONCAT(QUOTE(COLUMN_NAME), ', ', IF(DATA_TYPE LIKE '%blob' \
                     OR DATA_TYPE LIKE '%binary' OR DATA_TYPE IN ('bit', 'point', 'geometry'), \
                     CONCAT('HEX(`', REPLACE(COLUMN_NAME, '`', '``'), '`)'), \
                     CONCAT(IF(DATA_TYPE = 'longtext', 'CONCAT(', '('), '`', \
                     REPLACE(COLUMN_NAME, '`', '``'), '`)'))) AS line \
                     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() \
                     AND TABLE_NAME = {}",
                    text(&table)
                ),
            );
            let sql = format!(
                "SELECT CAST(JSON_OBJECT({}) AS CHAR) AS line FROM {}",
                columns.join(", "),
                quoted(&table)
            );
            let found = lines(&mut connection, &sql);
            let mut found: Vec<Row> = found.iter().map(|line| row(line)).collect();
            found.sort();
            rows.insert(table, found);
        }
        rows
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {}", self.name);
        drop(MysqlConnection::establish(&self.url).map(|mut c| c.batch_execute(&sql)));
    }
}

/// A name, quoted.
pub(crate) fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

fn text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// A row as SQL-like literals, as [`super::rows`] has them.
fn row(json: &str) -> Row {
    let Value::Object(fields) =
        serde_json::from_str(json).unwrap_or_else(|e| panic!("{e}: {json}"))
    else {
        panic!("no object: {json}")
    };
    let literal = |value: Value| match value {
        Value::Null => "NULL".to_owned(),
        Value::String(text) => format!("'{text}'"),
        other => other.to_string(),
    };
    fields.into_iter().map(|(column, value)| (column, literal(value))).collect()
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "Create Table")]
    text: String,
}

/// The lines of a query with one text column `line`.
pub(crate) fn lines(connection: &mut MysqlConnection, sql: &str) -> Vec<String> {
    let lines: Vec<Line> = sql_query(sql).load(connection).unwrap_or_else(|e| panic!("{e}: {sql}"));
    lines.into_iter().map(|line| line.line).collect()
}

fn connect(url: &str) -> MysqlConnection {
    MysqlConnection::establish(url).unwrap_or_else(|e| panic!("MariaDB at {url}: {e}"))
}

/// The server: what `GLOWPLUG_TEST_MYSQL` names, else one that lives as long as this process.
pub(crate) fn server() -> &'static str {
    static SERVER: OnceLock<Server> = OnceLock::new();
    &SERVER.get_or_init(|| Server::start(None)).url
}

/// A server with options of its own; it stops when it is dropped.
pub(crate) struct Server {
    pub(crate) url: String,
    /// Its standard input closes when this process ends, however it ends; then it stops.
    _running: Option<(Child, ChildStdin)>,
}

impl Server {
    /// The one that the environment names, unless it is to have options.
    pub(crate) fn start(options: Option<&str>) -> Self {
        let named = super::env::text("GLOWPLUG_TEST_MYSQL").filter(|_| options.is_none());
        if let Some(url) = named {
            return Self { url, _running: None };
        }
        let mut child = Command::new(super::file("scripts/with-mariadb"))
            .args(["sh", "-c", "echo \"url=$GLOWPLUG_TEST_MYSQL\"; cat >/dev/null"])
            .env_remove("GLOWPLUG_TEST_MYSQL")
            .env("GLOWPLUG_MARIADB_OPTIONS", options.unwrap_or_default())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("scripts/with-mariadb starts");
        let input = child.stdin.take().expect("piped");
        let mut output = BufReader::new(child.stdout.take().expect("piped")).lines();
        let url = output
            .find_map(|line| line.ok()?.strip_prefix("url=").map(str::to_owned))
            .expect("scripts/with-mariadb tells the server's URL");
        Self { url, _running: Some((child, input)) }
    }
}

/// A server of one test's own, which it may crash.
pub(crate) struct PrivateServer {
    pub(crate) url: String,
    /// What it was started with.
    command: Vec<String>,
    /// Its process.
    process: Mutex<(u32, Option<Child>)>,
    _server: Server,
}

impl PrivateServer {
    pub(crate) fn start() -> Self {
        // What is committed is there after a crash.
        let server = Server::start(Some("--innodb-flush-log-at-trx-commit=1"));
        let url = server.url.clone();
        let file = lines(&mut connect(&url), "SELECT @@pid_file AS line").remove(0);
        let process =
            std::fs::read_to_string(file).expect("a file").trim().parse().expect("a number");
        let command = std::fs::read(format!("/proc/{process}/cmdline")).expect("its arguments");
        let command = String::from_utf8(command).expect("UTF-8");
        let command = command.trim_end_matches('\0').split('\0').map(str::to_owned).collect();
        Self { url, command, process: Mutex::new((process, None)), _server: server }
    }

    /// Kills it, and starts it again as it was started.
    pub(crate) fn crash(&self) {
        let mut process = self.process.lock().expect("unpoisoned");
        kill(&mut process);
        let (program, arguments) = self.command.split_first().expect("a program");
        let child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a server");
        *process = (child.id(), Some(child));
        let start = Instant::now();
        while MysqlConnection::establish(&self.url).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "it does not come back");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for PrivateServer {
    fn drop(&mut self) {
        if let Ok(mut process) = self.process.lock() {
            kill(&mut process);
        }
    }
}

fn kill((id, child): &mut (u32, Option<Child>)) {
    match child.take() {
        Some(mut child) => {
            let _ = child.kill();
            let _ = child.wait();
        }
        None => drop(Command::new("kill").args(["-KILL", &id.to_string()]).status()),
    }
}

const OBJECTS: &str = "
SELECT CONCAT_WS(' | ', 'view', TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, SECURITY_TYPE) AS line
FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()
UNION ALL
SELECT CONCAT_WS(' | ', 'trigger', TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER, ACTION_STATEMENT)
FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
UNION ALL
SELECT CONCAT_WS(' | ', ROUTINE_TYPE, ROUTINE_NAME, DTD_IDENTIFIER, ROUTINE_DEFINITION)
FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
UNION ALL
SELECT CONCAT_WS(' | ', 'event', EVENT_NAME, INTERVAL_VALUE, INTERVAL_FIELD, EVENT_DEFINITION)
FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()";
