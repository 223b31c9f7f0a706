//! A PostgreSQL server for the tests, and a database on it as the server's own functions show it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::deserialize::QueryableByName;
use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, RunQueryDsl as _, sql_query};
use serde_json::Value;

use super::rows::{Row, Rows};

/// A scratch database; it goes when this does.
pub(crate) struct Database {
    pub(crate) url: String,
    name: String,
}

impl Database {
    /// A new, empty database.
    pub(crate) fn create() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("t{}_{number}", std::process::id());
        let mut server = connect(server());
        server.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database is made");
        let (base, _) = server_base();
        Self { url: format!("{base}/{name}"), name }
    }

    pub(crate) fn connect(&self) -> PgConnection {
        connect(&self.url)
    }

    /// Runs a script; several statements are one transaction unless the script says otherwise.
    pub(crate) fn run(&self, script: &str) -> Result<(), String> {
        self.connect().batch_execute(script).map_err(|e| e.to_string())
    }

    #[track_caller]
    pub(crate) fn must(&self, script: &str) {
        self.run(script).unwrap_or_else(|e| panic!("PostgreSQL: {e}\nin: {script}"));
    }

    /// What the catalog says, a line an object, in the server's words. Column order is left out.
    pub(crate) fn fingerprint(&self) -> Vec<String> {
        let mut lines = query(&mut self.connect(), FINGERPRINT);
        lines.sort();
        lines
    }

    /// The server's major version.
    pub(crate) fn major(&self) -> u32 {
        let sql = "SELECT (current_setting('server_version_num')::int / 10000)::text AS line";
        query(&mut self.connect(), sql)[0].parse().expect("a number")
    }

    /// Everything about the database, as `pg_dump` writes it; the fingerprint where the server is
    /// newer than the `pg_dump` of this machine.
    pub(crate) fn catalog_lines(&self) -> Vec<String> {
        if self.major() > dump_version() {
            return self.fingerprint();
        }
        let dump = Command::new("pg_dump")
            .args(["--schema-only", "--dbname", &self.url])
            .output()
            .expect("pg_dump runs");
        assert!(dump.status.success(), "pg_dump: {}", String::from_utf8_lossy(&dump.stderr));
        let text = String::from_utf8(dump.stdout).expect("UTF-8");
        // A key against injection that is another one each time, and the comma between columns.
        let counts = |line: &&str| !line.is_empty() && !line.contains("restrict ");
        text.lines().filter(counts).map(|line| line.trim_end_matches(',').to_owned()).collect()
    }

    /// Every row of every table.
    pub(crate) fn rows(&self) -> Rows {
        let mut connection = self.connect();
        let mut rows = Rows::new();
        let tables = query(&mut connection, &format!("SELECT quoted AS line FROM ({TABLES}) t"));
        let names = query(&mut connection, &format!("SELECT name AS line FROM ({TABLES}) t"));
        for (table, name) in tables.iter().zip(names) {
            let sql = format!("SELECT row_to_json(t)::text AS line FROM {table} AS t");
            let found = query(&mut connection, &sql);
            let mut found: Vec<Row> = found.iter().map(|line| row(line)).collect();
            found.sort();
            rows.insert(name, found);
        }
        rows
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        drop(PgConnection::establish(server()).map(|mut c| c.batch_execute(&sql)));
    }
}

/// A row as SQL-like literals, as [`super::rows`] has them.
fn row(json: &str) -> Row {
    let Value::Object(fields) = serde_json::from_str(json).expect("a JSON object") else {
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

/// The lines of a query with one text column `line`.
pub(crate) fn query(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    let lines: Vec<Line> = sql_query(sql).load(connection).unwrap_or_else(|e| panic!("{e}: {sql}"));
    lines.into_iter().map(|line| line.line).collect()
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap_or_else(|e| panic!("PostgreSQL at {url}: {e}"))
}

fn server_base() -> (&'static str, &'static str) {
    server().rsplit_once('/').expect("a URL has a path")
}

/// The server: what `GLOWPLUG_TEST_POSTGRES` names, else one that lives as long as this process.
pub(crate) fn server() -> &'static str {
    static SERVER: OnceLock<Server> = OnceLock::new();
    &SERVER.get_or_init(Server::start).url
}

/// The major version of `pg_dump`.
fn dump_version() -> u32 {
    static VERSION: OnceLock<u32> = OnceLock::new();
    *VERSION.get_or_init(|| {
        let output = Command::new("pg_dump").arg("--version").output().expect("pg_dump is there");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let digits = text.split(|c: char| !c.is_ascii_digit()).find(|word| !word.is_empty());
        digits.and_then(|word| word.parse().ok()).expect("pg_dump tells its version")
    })
}

/// Ends every other session of the database, and waits until they are gone.
pub(crate) const END_OTHERS: &str = "DO $$ BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend';
    FOR i IN 1..500 LOOP
        EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND backend_type = 'client backend');
        PERFORM pg_sleep(0.01), pg_stat_clear_snapshot();
    END LOOP;
END $$";

struct Server {
    url: String,
    /// Its standard input closes when this process ends, however it ends; then it stops.
    _running: Option<(Child, ChildStdin)>,
}

impl Server {
    fn start() -> Self {
        match super::env::text("GLOWPLUG_TEST_POSTGRES") {
            Some(url) => Self { url, _running: None },
            None => Self::own(&[]),
        }
    }

    fn own(variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(super::file("scripts/with-postgres"))
            .args(["sh", "-c", "echo \"url=$GLOWPLUG_TEST_POSTGRES\"; cat >/dev/null"])
            .env_remove("GLOWPLUG_TEST_POSTGRES")
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("scripts/with-postgres starts");
        let input = child.stdin.take().expect("piped");
        let mut output = BufReader::new(child.stdout.take().expect("piped")).lines();
        let url = output
            .find_map(|line| line.ok()?.strip_prefix("url=").map(str::to_owned))
            .expect("scripts/with-postgres tells the server's URL");
        Self { url, _running: Some((child, input)) }
    }
}

/// A server of one test's own, which it may crash.
pub(crate) struct PrivateServer {
    pub(crate) url: String,
    _server: Server,
    _locales: Option<tempfile::TempDir>,
}

impl PrivateServer {
    pub(crate) fn start() -> Self {
        // What is committed is there after a crash.
        let server = Server::own(&[("GLOWPLUG_POSTGRES_OPTIONS", "-c synchronous_commit=on")]);
        Self { url: server.url.clone(), _server: server, _locales: None }
    }

    /// One whose messages are German, in a locale that is made for it.
    pub(crate) fn german() -> Self {
        use std::os::unix::fs::PermissionsExt as _;

        let locales = tempfile::tempdir().expect("a directory");
        let for_all = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(locales.path(), for_all).expect("permissions");
        let made = Command::new("localedef")
            .args(["-i", "de_DE", "-f", "UTF-8"])
            .arg(locales.path().join("de_DE.UTF-8"))
            .output()
            .expect("localedef");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let path = locales.path().display().to_string();
        let server = Server::own(&[
            ("LOCPATH", path.as_str()),
            ("GLOWPLUG_POSTGRES_OPTIONS", "-c lc_messages=de_DE.UTF-8"),
        ]);
        Self { url: server.url.clone(), _server: server, _locales: Some(locales) }
    }

    /// A shell command that crashes it, and starts it again with the options that it had.
    pub(crate) fn restart(&self) -> String {
        let mut connection = connect(&self.url);
        let data = query(&mut connection, "SELECT current_setting('data_directory') AS line");
        // The programs of the very version that runs.
        let programs =
            format!("$(dirname \"$(readlink /proc/$(head -n 1 {}/postmaster.pid)/exe)\")", data[0]);
        let pg_ctl = format!("{programs}/pg_ctl --pgdata {0} --log {0}/../server.log", data[0]);
        let restart = format!("{pg_ctl} --mode immediate --silent --wait restart");
        // PostgreSQL does not run as root.
        format!(
            "if [ \"$(id -u)\" = 0 ]; then exec runuser -u \"$(stat -c %U {})\" -- {restart}; fi; {restart}",
            data[0]
        )
    }
}

/// The user's tables: as SQL, and as a `QualifiedName` shows them.
const TABLES: &str = "
SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS quoted,
    CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS name
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND c.relname !~ '^__(diesel_schema_migrations|glowplug)' ORDER BY 1";

const FINGERPRINT: &str = r"
WITH ours AS (
    SELECT c.*, n.nspname, n.nspname || '.' || c.relname AS name
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND c.relname !~ '^__(diesel_schema_migrations|glowplug)'
)
SELECT concat_ws(' | ', relkind, name, relpersistence, reloptions::text, relrowsecurity, obj_description(oid, 'pg_class')) AS line
FROM ours WHERE relkind NOT IN ('i', 'I')
UNION ALL
SELECT concat_ws(' | ', 'column', o.name, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
    'default ' || pg_get_expr(d.adbin, d.adrelid), 'identity ' || a.attidentity::text, 'generated ' || a.attgenerated::text,
    (SELECT 'collate ' || collname FROM pg_catalog.pg_collation l WHERE l.oid = a.attcollation AND l.collname <> 'default'),
    col_description(o.oid, a.attnum))
FROM ours o JOIN pg_catalog.pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = o.oid AND d.adnum = a.attnum WHERE o.relkind IN ('r', 'p', 'v', 'm')
UNION ALL
SELECT concat_ws(' | ', 'constraint', o.name, c.conname, pg_get_constraintdef(c.oid), c.convalidated)
FROM pg_catalog.pg_constraint c JOIN ours o ON o.oid = c.conrelid
UNION ALL
SELECT concat_ws(' | ', 'index', o.name, pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisreplident)
FROM pg_catalog.pg_index i JOIN ours o ON o.oid = i.indrelid
UNION ALL
SELECT concat_ws(' | ', 'view', name, pg_get_viewdef(oid)) FROM ours WHERE relkind IN ('v', 'm')
UNION ALL
SELECT concat_ws(' | ', 'trigger', o.name, pg_get_triggerdef(t.oid)) FROM pg_catalog.pg_trigger t JOIN ours o ON o.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL
SELECT concat_ws(' | ', 'sequence', o.name, o.relkind, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
    (SELECT 'owned by ' || r.name || '.' || a.attname || ' ' || d.deptype::text FROM pg_catalog.pg_depend d JOIN ours r ON r.oid = d.refobjid
     JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid WHERE d.objid = o.oid AND d.deptype IN ('a', 'i')))
FROM pg_catalog.pg_sequence s JOIN ours o ON o.oid = s.seqrelid
UNION ALL
SELECT concat_ws(' | ', 'enum', n.nspname || '.' || t.typname, (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid))
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'
UNION ALL
SELECT concat_ws(' | ', 'domain', n.nspname || '.' || t.typname, format_type(t.typbasetype, t.typtypmod), t.typcollation::regcollation,
    t.typnotnull, t.typdefault, (SELECT string_agg(c.conname || ' ' || pg_get_constraintdef(c.oid), ', ' ORDER BY c.conname)
     FROM pg_catalog.pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c'))
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'd' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT concat_ws(' | ', 'composite', o.name, (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
    a.attcollation::regcollation), ', ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = o.oid AND NOT a.attisdropped))
FROM ours o WHERE o.relkind = 'c'
UNION ALL
SELECT concat_ws(' | ', 'range', r.rngtypid::regtype, r.rngsubtype::regtype, r.rngsubopc, r.rngcollation, r.rngcanonical, r.rngsubdiff)
FROM pg_catalog.pg_range r WHERE r.rngtypid >= 16384
UNION ALL
SELECT concat_ws(' | ', 'comment of a type', t.oid::regtype, obj_description(t.oid, 'pg_type')) FROM pg_catalog.pg_type t
WHERE t.oid >= 16384 AND obj_description(t.oid, 'pg_type') IS NOT NULL
UNION ALL
SELECT concat_ws(' | ', 'toast', o.name, t.reloptions::text) FROM ours o JOIN pg_catalog.pg_class t ON t.oid = o.reltoastrelid WHERE t.reloptions IS NOT NULL
";
