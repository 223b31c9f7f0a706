//! A SQLite database as the system's `sqlite3` program sees it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use diesel::deserialize::QueryableByName;
use diesel::sql_types::Text;
use diesel::{Connection as _, RunQueryDsl as _, SqliteConnection, sql_query};
use serde_json::Value;

use super::tokens;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// A database file, looked at and changed by the system's `sqlite3` only.
#[derive(Clone, Debug)]
pub(crate) struct Judge {
    pub(crate) path: PathBuf,
    /// Queries go to the SQLite in this process: many times faster, and newer.
    inside: bool,
}

/// What the catalog says. Names that SQLite makes up, column order and spelling are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    /// The stored texts, canonical.
    pub(crate) texts: Vec<String>,
    /// What the pragmas say, with checks and generated expressions: equal for two tables that
    /// behave alike, however their texts are written.
    pub(crate) meaning: Vec<String>,
}

impl Judge {
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), inside: false }
    }

    /// A judge for thousands of databases: the same queries, without a program for each.
    pub(crate) fn inside(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), inside: true }
    }

    fn query(&self, queries: &[String]) -> String {
        if !self.inside {
            return self.must(&queries.join("\n"));
        }
        let path = self.path.to_str().expect("UTF-8");
        let mut connection = SqliteConnection::establish(path).expect("a database");
        let mut text = String::new();
        for query in queries {
            let query = query.trim_end().trim_end_matches(';');
            let named = format!("WITH answer (line) AS ({query}) SELECT line FROM answer");
            let lines: Vec<Line> = sql_query(named)
                .load(&mut connection)
                .unwrap_or_else(|e| panic!("{e} in: {query}"));
            for line in lines {
                text.push_str(&line.line);
                text.push('\n');
            }
        }
        text
    }

    /// Runs a script and stops at its first error.
    pub(crate) fn run(&self, script: &str) -> Result<String, String> {
        sqlite3(&self.path, script)
    }

    /// Runs a script that must succeed.
    #[track_caller]
    pub(crate) fn must(&self, script: &str) -> String {
        self.run(script).unwrap_or_else(|e| panic!("sqlite3: {e}\nin: {script}"))
    }

    /// The rows of a query whose only column is a JSON array.
    pub(crate) fn rows(&self, queries: &[String]) -> Vec<Vec<Value>> {
        let text = self.query(queries);
        text.lines().map(|line| serde_json::from_str(line).expect("a JSON array a line")).collect()
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let mut texts = Vec::new();
        let mut meaning = Vec::new();
        for row in self.rows(&[CATALOG.to_owned()]) {
            let fields: Vec<String> = row.iter().map(show).collect();
            if fields[0] != "text" {
                meaning.push(fields.join(" | "));
                continue;
            }
            let sql = row[4].as_str().unwrap_or_default();
            texts.push(format!(
                "{} {} on {}: {}",
                fields[1],
                fields[2],
                fields[3],
                tokens::canonical(sql)
            ));
            if fields[1] == "table" {
                for word in ["check", "as"] {
                    let found = tokens::behind(sql, word).into_iter();
                    meaning.extend(found.map(|said| format!("says | {} | {said}", fields[2])));
                }
            }
        }
        texts.sort();
        meaning.sort();
        Fingerprint { texts, meaning }
    }

    /// The stored texts to the letter, by kind and name.
    pub(crate) fn verbatim(&self) -> Vec<(String, String)> {
        let query =
            "SELECT json_array(type || ' ' || name, sql) FROM sqlite_schema WHERE sql IS NOT NULL;";
        let rows = self.rows(&[query.to_owned()]).into_iter();
        let mut texts: Vec<_> = rows.map(|row| (show(&row[0]), show(&row[1]))).collect();
        texts.sort();
        texts
    }

    /// Nothing is corrupt, no reference dangles.
    pub(crate) fn problems(&self) -> Vec<String> {
        let found = self.query(&[
            "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok';"
                .to_owned(),
            "SELECT 'row ' || coalesce(rowid, '?') || ' of ' || \"table\" || ' refers to nothing in ' || parent FROM pragma_foreign_key_check;"
                .to_owned(),
        ]);
        found.lines().map(str::to_owned).collect()
    }

    /// The names of the tables that hold rows.
    pub(crate) fn tables(&self) -> Vec<String> {
        self.rows(&[format!(
            "SELECT json_array(name) FROM pragma_table_list AS m WHERE schema = 'main' AND type = 'table' AND {OURS} ORDER BY name;"
        )])
        .into_iter()
        .map(|row| row[0].as_str().expect("a name").to_owned())
        .collect()
    }
}

const OURS: &str = "m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name <> '__diesel_schema_migrations' AND m.name NOT LIKE '\\_\\_glowplug%' ESCAPE '\\'";

/// The catalog as JSON arrays; see [`Fingerprint`].
const CATALOG: &str = r"
WITH ours AS (
    SELECT * FROM sqlite_schema
    WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name <> '__diesel_schema_migrations'
      AND name NOT LIKE '\_\_glowplug%' ESCAPE '\'
)
SELECT json_array('text', type, name, tbl_name, sql) FROM ours
UNION ALL
SELECT json_array('table', t.name, t.type, t.wr, t.strict)
FROM pragma_table_list AS t JOIN ours AS m ON m.name = t.name WHERE t.schema = 'main'
UNION ALL
SELECT json_array('column', m.name, c.name,
    CASE WHEN c.type LIKE '%INT%' THEN 'integer' WHEN c.type LIKE '%CHAR%' OR c.type LIKE '%CLOB%' OR c.type LIKE '%TEXT%' THEN 'text'
         WHEN c.type LIKE '%BLOB%' OR c.type = '' THEN 'blob' WHEN c.type LIKE '%REAL%' OR c.type LIKE '%FLOA%' OR c.type LIKE '%DOUB%' THEN 'real'
         ELSE 'numeric' END, c.[notnull], c.dflt_value, c.pk, c.hidden)
FROM ours AS m, pragma_table_xinfo(m.name) AS c WHERE m.type IN ('table', 'view')
UNION ALL
SELECT json_array('foreign key', m.name,
    (SELECT group_concat([from] || ' to ' || coalesce([to], '?')) FROM (SELECT * FROM pragma_foreign_key_list(m.name) WHERE id = f.id ORDER BY seq)),
    lower(f.[table]), f.on_update, f.on_delete)
FROM ours AS m, pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table' AND f.seq = 0
UNION ALL
SELECT json_array('index', m.name, CASE WHEN i.origin = 'c' THEN i.name END, i.origin, i.[unique], i.partial,
    (SELECT group_concat(coalesce(name, '(expression)') || ' ' || coll || CASE WHEN desc THEN ' desc' ELSE '' END)
     FROM (SELECT * FROM pragma_index_xinfo(i.name) WHERE key ORDER BY seqno)))
FROM ours AS m, pragma_index_list(m.name) AS i WHERE m.type = 'table';
";

fn show(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Runs a script with the system's `sqlite3`, which has foreign keys off unless the script says so.
pub(crate) fn sqlite3(path: &Path, script: &str) -> Result<String, String> {
    let mut child = Command::new("sqlite3")
        .args(["-bail", "-batch", "-noheader", "-init", "/dev/null"])
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("sqlite3 does not start: {e}"))?;
    let mut input = child.stdin.take().expect("stdin is piped");
    let script = script.to_owned();
    let writer = std::thread::spawn(move || drop(input.write_all(script.as_bytes())));
    let output = child.wait_with_output().map_err(|e| e.to_string())?;
    drop(writer.join());
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() && error.is_empty() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{} {error}", output.status))
    }
}

/// A name as SQL.
pub(crate) fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL.
pub(crate) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The statements of `check.sqlite.sql`, one a line, each of which says 1.
pub(crate) fn failed_checks(judge: &Judge, checks: &str) -> Vec<String> {
    let mut failed = Vec::new();
    for line in checks.lines().filter(|line| !line.trim().is_empty()) {
        match judge.run(line) {
            Ok(answer) if answer.trim() == "1" => {}
            Ok(answer) => failed.push(format!("{line} says {}", answer.trim())),
            Err(error) => failed.push(format!("{line} fails: {error}")),
        }
    }
    failed
}

/// The script under a setting of foreign keys, as a runner gives it: in a transaction or bare.
pub(crate) fn framed(sql: &str, in_transaction: bool, foreign_keys: bool) -> String {
    let mut script = String::new();
    let switch = if foreign_keys { "ON" } else { "OFF" };
    writeln!(script, "PRAGMA foreign_keys = {switch};").expect("a String takes all");
    if in_transaction {
        writeln!(script, "BEGIN;\n{sql}\nCOMMIT;").expect("a String takes all");
    } else {
        script.push_str(sql);
    }
    script
}
