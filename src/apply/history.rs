//! The two tables: Diesel's, which alone says what is applied, and glowplug's beside it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::ApplyError;
use super::applied::{DIESEL, database, exists, regclass, text_type};
use super::driver::{Driver, HistoryRow};
use super::lock::lease;
use super::source::Known;
use super::sql::{literal, optional, qualified};
use crate::files::Version;
use crate::model::Backend;

/// Diesel's own statement, to the letter (`setup_migration_table.sql` of diesel 2.3).
const DIESEL_TABLE: &str = "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
       version VARCHAR(50) PRIMARY KEY NOT NULL,
       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
";

const GLOWPLUG: &str = "__glowplug_history";

/// The tables that hold no data of an application.
pub(super) const TABLES: [&str; 3] = [DIESEL, GLOWPLUG, lease::TABLE];

/// Columns of glowplug's table, with their types. More columns, of a later version, do no harm.
const COLUMNS: [(&str, &str); 11] = [
    ("version", "VARCHAR(50) PRIMARY KEY NOT NULL"),
    ("name", "TEXT NOT NULL"),
    ("checksum", "VARCHAR(64)"),
    ("state", "VARCHAR(16) NOT NULL"),
    ("step", "INTEGER NOT NULL DEFAULT 0"),
    ("steps", "INTEGER NOT NULL DEFAULT 0"),
    ("done_checksum", "VARCHAR(64)"),
    ("started_at", "VARCHAR(30) NOT NULL"),
    ("finished_at", "VARCHAR(30)"),
    ("tool_version", "VARCHAR(30)"),
    ("error", "TEXT"),
];

/// What glowplug noted, by version.
pub(super) type History = BTreeMap<Version, Entry>;

/// How far a migration is, as noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Done.
    Applied,
    /// Begun outside a transaction; `step` statements are done.
    Started,
    /// The statement after `step` was begun; whether it is done is not known.
    Running,
    /// The statement after `step` failed.
    Failed,
    /// Begun to be reverted.
    Reverting,
}

impl State {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Applied, "applied"),
        (Self::Started, "started"),
        (Self::Running, "running"),
        (Self::Failed, "failed"),
        (Self::Reverting, "reverting"),
    ];

    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }
}

/// What glowplug noted about a migration.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) checksum: Option<String>,
    /// `None` for a word of a later version, or of nobody.
    pub(super) state: Option<State>,
    pub(super) step: usize,
    pub(super) steps: usize,
    pub(super) done_checksum: Option<String>,
    pub(super) started_at: Option<String>,
    pub(super) finished_at: Option<String>,
    pub(super) error: Option<String>,
}

impl Entry {
    /// Whether it is about Rust code, whose text nobody knows.
    pub(super) fn is_of_code(&self) -> bool {
        self.state == Some(State::Applied) && self.checksum.is_none()
    }

    /// Whether some of an up.sql may have been done.
    pub(super) fn is_half(&self) -> bool {
        match self.state {
            Some(State::Started | State::Failed) => self.step > 0,
            Some(State::Running) => true,
            Some(State::Applied | State::Reverting) | None => false,
        }
    }

    /// Whether it says something else than that the migration, as it is now, is applied.
    pub(super) fn differs(&self, known: &Known) -> bool {
        self.state != Some(State::Applied) || self.checksum != known.checksum
    }
}

impl From<HistoryRow> for Entry {
    fn from(row: HistoryRow) -> Self {
        let number = |text: Option<String>| text.and_then(|text| text.parse().ok()).unwrap_or(0);
        let word = row.state.unwrap_or_default();
        Self {
            name: row.name.unwrap_or_default(),
            checksum: row.checksum,
            state: State::ALL.iter().find(|(_, known)| *known == word).map(|(state, _)| *state),
            step: number(row.step),
            steps: number(row.steps),
            done_checksum: row.done_checksum,
            started_at: row.started_at,
            finished_at: row.finished_at,
            error: row.error,
        }
    }
}

/// What glowplug noted. An absent table is an empty one.
pub(super) fn history(driver: &mut dyn Driver) -> Result<History, ApplyError> {
    let found = columns(driver, None, GLOWPLUG)?;
    if found.is_empty() {
        return Ok(History::new());
    }
    Tables::find(driver)?.read(driver, &found)
}

/// The columns of a table; none where there is no such table.
fn columns(
    driver: &mut dyn Driver,
    schema: Option<&str>,
    table: &str,
) -> Result<Vec<String>, ApplyError> {
    let sql = match driver.backend_kind() {
        Backend::Sqlite => format!("SELECT name AS v FROM pragma_table_info('{table}', 'main')"),
        Backend::Postgres => format!(
            "SELECT attname::pg_catalog.text AS v FROM pg_catalog.pg_attribute \
             WHERE attrelid OPERATOR(pg_catalog.=) {} \
             AND attnum OPERATOR(pg_catalog.>) 0 AND NOT attisdropped",
            regclass(schema, table)
        ),
        Backend::Mysql => format!(
            "SELECT column_name AS v FROM information_schema.columns \
             WHERE table_schema = {} AND table_name = '{table}'",
            database(schema)
        ),
    };
    let found = driver.texts(&sql).map_err(ApplyError::database("read the catalog"))?;
    Ok(found.into_iter().flatten().collect())
}

/// The two tables under names that neither a changed `search_path` nor `USE` changes, and what is
/// written to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tables {
    backend: Backend,
    /// The schema they are in, or the database of MySQL; SQLite has none.
    pub(super) schema: Option<String>,
    diesel: String,
    history: String,
    /// Whether both were there, for good: to look them up in a large catalog takes longer than most
    /// migrations.
    present: bool,
}

impl Tables {
    /// Where Diesel's table is, or will be.
    pub(super) fn find(driver: &mut dyn Driver) -> Result<Self, ApplyError> {
        let backend = driver.backend_kind();
        let sql = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(format!(
                "SELECT coalesce((SELECT n.nspname FROM pg_catalog.pg_class c \
                 JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace \
                 WHERE c.oid OPERATOR(pg_catalog.=) {}), pg_catalog.current_schema())::pg_catalog.text AS v",
                regclass(None, DIESEL)
            )),
            Backend::Mysql => Some("SELECT DATABASE() AS v".to_owned()),
        };
        let schema = match sql {
            Some(sql) => {
                let found = driver.texts(&sql).map_err(ApplyError::database("read the catalog"))?;
                Some(found.into_iter().flatten().next().ok_or(ApplyError::NoSchema)?)
            }
            None => None,
        };
        let named = |table| qualified(backend, schema.as_deref(), table);
        let (diesel, history) = (named(DIESEL), named(GLOWPLUG));
        Ok(Self { backend, schema, diesel, history, present: false })
    }

    /// What glowplug noted, wherever a migration has led the session.
    pub(super) fn history(&self, driver: &mut dyn Driver) -> Result<History, ApplyError> {
        let found = columns(driver, self.schema.as_deref(), GLOWPLUG)?;
        if found.is_empty() { Ok(History::new()) } else { self.read(driver, &found) }
    }

    /// Reads a table of these columns.
    fn read(&self, driver: &mut dyn Driver, found: &[String]) -> Result<History, ApplyError> {
        let text = text_type(self.backend);
        let columns = COLUMNS.map(|(column, _)| {
            // A table of an earlier version may lack some; without versions it says nothing.
            let there = column == "version" || found.iter().any(|found| found == column);
            let value = if there { column } else { "NULL" };
            format!("CAST({value} AS {text}) AS {column}")
        });
        let sql = format!("SELECT {} FROM {}", columns.join(", "), self.history);
        let rows = driver.history_rows(&sql);
        let rows = rows.map_err(ApplyError::database("read `__glowplug_history`"))?;
        let rows = rows.into_iter().filter_map(|row| {
            let version = Version::from(row.version.clone()?);
            Some((version, Entry::from(row)))
        });
        Ok(rows.collect())
    }

    /// Creates what is absent. Asked first: `CREATE TABLE IF NOT EXISTS` needs the right to create
    /// even where nothing is to be created.
    pub(super) fn create(&mut self, driver: &mut dyn Driver) -> Result<(), ApplyError> {
        if self.present {
            return Ok(());
        }
        // What is created now goes again if the transaction is rolled back.
        let mut present = true;
        let history = COLUMNS.map(|(column, kind)| format!("    {column} {kind}")).join(",\n");
        // Names and messages are of any language.
        let words = if self.backend == Backend::Mysql { " CHARACTER SET utf8mb4" } else { "" };
        let history = format!("CREATE TABLE IF NOT EXISTS {} (\n{history}\n){words}", self.history);
        let diesel = DIESEL_TABLE.replacen(DIESEL, &self.diesel, 1);
        for (table, sql) in [(DIESEL, diesel), (GLOWPLUG, history)] {
            if !exists(driver, self.schema.as_deref(), table)? {
                driver.run_sql(&sql).map_err(ApplyError::database("create glowplug's tables"))?;
                present = false;
            }
        }
        if present {
            self.upgrade(driver)?;
        }
        self.present = present;
        Ok(())
    }

    /// They may be gone.
    pub(super) fn look_again(&mut self) {
        self.present = false;
    }

    /// Adds the columns that an earlier version did not have.
    fn upgrade(&self, driver: &mut dyn Driver) -> Result<(), ApplyError> {
        let found = columns(driver, self.schema.as_deref(), GLOWPLUG)?;
        for (column, kind) in COLUMNS {
            if !found.iter().any(|found| found == column) {
                // Rows that are there know nothing of it.
                let kind = kind.replace(" NOT NULL", "");
                let sql = format!("ALTER TABLE {} ADD COLUMN {column} {kind}", self.history);
                let added = driver.run_sql(&sql);
                added.map_err(ApplyError::database("add a column to `__glowplug_history`"))?;
            }
        }
        Ok(())
    }

    /// Whether Diesel's table, looked at now, has the version.
    pub(super) fn is_applied(
        &self,
        driver: &mut dyn Driver,
        version: &Version,
    ) -> Result<bool, ApplyError> {
        if !self.present && !exists(driver, self.schema.as_deref(), DIESEL)? {
            return Ok(false);
        }
        let sql = format!(
            "SELECT version AS v FROM {} WHERE version = {}",
            self.diesel,
            literal(self.backend, version.as_str())
        );
        let rows = driver.texts(&sql);
        Ok(!rows.map_err(ApplyError::database("read `__diesel_schema_migrations`"))?.is_empty())
    }

    /// Notes that a migration is applied, for Diesel and for glowplug.
    pub(super) fn insert_applied(
        &self,
        driver: &mut dyn Driver,
        note: &Note<'_>,
    ) -> Result<(), ApplyError> {
        let version = literal(self.backend, note.version.as_str());
        let diesel = format!("INSERT INTO {} (version) VALUES ({version});", self.diesel);
        let entry = self.entry(note, State::Applied);
        let noted = ApplyError::database("note the migration as applied");
        driver.run_sql(&(diesel + &entry)).map_err(noted)
    }

    /// Replaces glowplug's row.
    pub(super) fn insert_entry(
        &self,
        driver: &mut dyn Driver,
        note: &Note<'_>,
        state: State,
    ) -> Result<(), ApplyError> {
        let written = driver.run_sql(&self.entry(note, state));
        written.map_err(ApplyError::database("write `__glowplug_history`"))
    }

    /// The SQL that replaces glowplug's row: one message to a server.
    fn entry(&self, note: &Note<'_>, state: State) -> String {
        let text = |text: &str| literal(self.backend, text);
        let maybe = |text: Option<&str>| optional(self.backend, text);
        let finished = (state == State::Applied).then(now);
        let values = [
            text(note.version.as_str()),
            text(note.name),
            maybe(note.checksum),
            text(state.word()),
            note.step.to_string(),
            note.steps.to_string(),
            maybe(note.done_checksum.as_deref()),
            text(note.started_at),
            maybe(finished.as_deref()),
            text(env!("CARGO_PKG_VERSION")),
            maybe(note.error),
        ];
        let columns = COLUMNS.map(|(column, _)| column).join(", ");
        let (table, version, values) = (&self.history, &values[0], values.join(", "));
        format!(
            "DELETE FROM {table} WHERE version = {version};INSERT INTO {table} ({columns}) VALUES ({values});"
        )
    }

    /// Removes glowplug's row.
    pub(super) fn delete_entry(
        &self,
        driver: &mut dyn Driver,
        version: &Version,
    ) -> Result<(), ApplyError> {
        let version = literal(self.backend, version.as_str());
        let sql = format!("DELETE FROM {} WHERE version = {version}", self.history);
        driver.run_sql(&sql).map_err(ApplyError::database("write `__glowplug_history`"))
    }

    /// Removes both rows.
    pub(super) fn delete_applied(
        &self,
        driver: &mut dyn Driver,
        version: &Version,
    ) -> Result<(), ApplyError> {
        let literal = literal(self.backend, version.as_str());
        let sql = format!("DELETE FROM {} WHERE version = {literal}", self.diesel);
        driver.run_sql(&sql).map_err(ApplyError::database("note the migration as reverted"))?;
        self.delete_entry(driver, version)
    }
}

/// What is written about a migration.
#[derive(Clone, Debug)]
pub(super) struct Note<'a> {
    pub(super) version: &'a Version,
    pub(super) name: &'a str,
    pub(super) checksum: Option<&'a str>,
    pub(super) step: usize,
    pub(super) steps: usize,
    pub(super) done_checksum: Option<String>,
    pub(super) started_at: &'a str,
    pub(super) error: Option<&'a str>,
}

/// The time in UTC, as text that sorts.
pub(super) fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
