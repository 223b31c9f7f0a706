//! What stands for a database that is too large to be copied: its schema, some rows of the tables
//! that the migration speaks of, and the rows that those refer to.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

use super::super::{ProveError, Request, kept};
use super::copy;
use super::rows::scalar;
use crate::backend::ident::{literal, quote, quote_list};
use crate::backend::{Backend, DatabaseError, Script};
use crate::files::statement::lexemes;
use crate::model::QualifiedName;

/// The rows of a table; those that others refer to come besides.
pub(super) const ROWS: i64 = 10_000;

/// How often rows are looked for that the latest ones refer to: a chain that is longer stays cut.
const ROUNDS: usize = 100;

/// The database while rows are read from it.
const LARGE: &str = "glowplug_large";

/// A scratch database with the schema of `connection` and a sample of its rows; `None` where the
/// database has no file or the file is no larger than `limit`.
pub(super) fn of(
    connection: &mut SqliteConnection,
    request: &Request<'_>,
) -> Result<Option<SqliteConnection>, ProveError> {
    if copy::size(connection)? <= request.copy_limit {
        return Ok(None);
    }
    let Some(path) = file(connection)? else { return Ok(None) };
    request.tell("taking a sample of the rows");
    let schema = copy::Schema::of(connection)?;
    let mut scratch = schema.tables()?;
    let wait = scalar(connection, "SELECT timeout AS n FROM pragma_busy_timeout")?;
    attach(&mut scratch, &path, wait)?;
    run(&mut scratch, "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; BEGIN")?;
    fill(&mut scratch, request)?;
    run(&mut scratch, &format!("COMMIT; DETACH {LARGE}; PRAGMA ignore_check_constraints = OFF"))?;
    schema.others(&mut scratch)?;
    Ok(Some(scratch))
}

/// What is said of a proof on a sample.
pub(super) fn limit(request: &Request<'_>) -> String {
    format!(
        "The database is larger than {} MiB (setting `proof-limit`): the copy had at most {ROWS} rows \
         of each table that the migration speaks of, the rows that those refer to, and no others.",
        request.copy_limit >> 20
    )
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
}

fn names(connection: &mut SqliteConnection, sql: &str) -> Result<Vec<String>, ProveError> {
    let rows: Vec<Name> =
        sql_query(sql).load(connection).map_err(DatabaseError::query("sampling the database"))?;
    Ok(rows.into_iter().filter_map(|row| row.name).collect())
}

fn run(connection: &mut SqliteConnection, sql: &str) -> Result<(), ProveError> {
    connection
        .batch_execute(sql)
        .map_err(|error| copy::unavailable(format!("no sample of the rows can be made: {error}")))
}

fn text(text: &str) -> String {
    literal(Backend::Sqlite, text)
}

/// The path of the database; none for one in memory.
fn file(connection: &mut SqliteConnection) -> Result<Option<String>, ProveError> {
    let sql = "SELECT file AS name FROM pragma_database_list WHERE name = 'main' AND file <> ''";
    Ok(names(connection, sql)?.pop())
}

/// Where nobody can write there is no WAL to be read, and no place for the index of one.
fn attach(scratch: &mut SqliteConnection, path: &str, wait: i64) -> Result<(), ProveError> {
    let attach = |path: &str| {
        format!(
            "PRAGMA busy_timeout = {wait}; ATTACH {} AS {LARGE}; SELECT count(*) FROM {LARGE}.sqlite_schema",
            text(path)
        )
    };
    if scratch.batch_execute(&attach(path)).is_ok() {
        return Ok(());
    }
    // It may be attached, and not readable.
    let _ = scratch.batch_execute(&format!("DETACH {LARGE}"));
    let escaped = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    run(scratch, &attach(&format!("file:{escaped}?immutable=1")))
}

fn fill(scratch: &mut SqliteConnection, request: &Request<'_>) -> Result<(), ProveError> {
    let spoken = spoken_of(request);
    let tables = names(
        scratch,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let tables = tables.iter().map(|name| Sampled::of(scratch, name));
    let tables = tables.collect::<Result<Vec<_>, _>>()?;
    let planned = planned(request, &tables);
    for table in tables.iter().filter(|table| spoken.contains(&table.name.to_lowercase())) {
        run(scratch, &table.some_rows())?;
    }
    for _ in 0..ROUNDS {
        let before = scalar(scratch, "SELECT total_changes() AS n")?;
        for reference in tables.iter().flat_map(|table| &table.references).chain(&planned) {
            let Some(parent) = tables.iter().find(|it| it.is(&reference.table)) else { continue };
            if let Some(sql) = parent.referred(reference) {
                run(scratch, &sql)?;
            }
        }
        if scalar(scratch, "SELECT total_changes() AS n")? == before {
            break;
        }
    }
    let sequences = "SELECT count(*) AS n FROM sqlite_schema WHERE name = 'sqlite_sequence'";
    if scalar(scratch, sequences)? > 0 {
        run(
            scratch,
            &format!(
                "DELETE FROM main.sqlite_sequence; \
                 INSERT INTO main.sqlite_sequence SELECT * FROM {LARGE}.sqlite_sequence"
            ),
        )?;
    }
    Ok(())
}

/// The foreign keys that come with the change, by the names that tables and columns have before it.
fn planned(request: &Request<'_>, tables: &[Sampled]) -> Vec<Reference> {
    let originals = kept::Originals::of(request);
    let mut references = Vec::new();
    for (name, table) in &request.to.tables {
        for key in &table.foreign_keys {
            let columns = |of: &QualifiedName, columns: &[String]| -> Vec<String> {
                columns.iter().map(|column| originals.column(of, column).to_owned()).collect()
            };
            let reference = Reference {
                child: originals.table(name).name.clone(),
                columns: columns(name, &key.columns),
                table: originals.table(&key.foreign_table).name.clone(),
                foreign_columns: columns(&key.foreign_table, &key.foreign_columns),
            };
            let child = tables.iter().find(|it| it.is(&reference.child));
            let parent = tables.iter().find(|it| it.is(&reference.table));
            // What is not there yet holds no rows to be followed, and SQLite would take its name for
            // a text.
            if child.is_some_and(|it| it.has(&reference.columns))
                && parent.is_some_and(|it| it.has(&reference.foreign_columns))
            {
                references.push(reference);
            }
        }
    }
    references
}

/// The tables of the plan and those that refer to them, and whatever else the text mentions: what a
/// fill reads, too. Lower-case names, as the database has them.
fn spoken_of(request: &Request<'_>) -> BTreeSet<String> {
    let originals = kept::Originals::of(request);
    let concerned = kept::concerned(request);
    let mut names: BTreeSet<String> =
        concerned.iter().map(|name| originals.table(name).name.to_lowercase()).collect();
    for Script { sql, .. } in [request.up, request.down] {
        let words = lexemes(Backend::Sqlite, sql).into_iter().filter_map(|lexeme| lexeme.plain());
        names.extend(words.map(|word| word.to_lowercase()));
    }
    names
}

/// A table, and how its rows are found.
struct Sampled {
    name: String,
    all: Vec<String>,
    /// What can be written, the rowid first where it has a name.
    columns: Vec<String>,
    /// What tells one row from another.
    key: Vec<String>,
    primary_key: Vec<String>,
    has_rowid: bool,
    references: Vec<Reference>,
}

/// A foreign key.
struct Reference {
    child: String,
    columns: Vec<String>,
    table: String,
    /// Empty: the primary key.
    foreign_columns: Vec<String>,
}

impl Sampled {
    fn of(scratch: &mut SqliteConnection, name: &str) -> Result<Self, ProveError> {
        let table = text(name);
        let all = names(scratch, &format!("SELECT name FROM pragma_table_xinfo({table})"))?;
        // What is generated is not written.
        let written = format!("SELECT name FROM pragma_table_xinfo({table}) WHERE hidden = 0");
        let mut columns = names(scratch, &written)?;
        let key = format!("SELECT name FROM pragma_table_info({table}) WHERE pk > 0 ORDER BY pk");
        let primary_key = names(scratch, &key)?;
        let mut key = primary_key.clone();
        let without = format!(
            "SELECT wr AS n FROM pragma_table_list WHERE schema = 'main' AND name = {table}"
        );
        let has_rowid = scalar(scratch, &without)? == 0;
        if has_rowid {
            let free = |alias: &&str| !all.iter().any(|name| name.eq_ignore_ascii_case(alias));
            let alias = ["rowid", "_rowid_", "oid"].into_iter().find(free);
            key = alias.map(str::to_owned).into_iter().collect();
            columns.splice(0..0, key.iter().cloned());
        }
        let references = Self::references(scratch, name)?;
        Ok(Self { name: name.to_owned(), all, columns, key, primary_key, has_rowid, references })
    }

    fn references(
        scratch: &mut SqliteConnection,
        child: &str,
    ) -> Result<Vec<Reference>, ProveError> {
        let table = text(child);
        let list = format!("pragma_foreign_key_list({table})");
        let ids = names(scratch, &format!("SELECT DISTINCT CAST(id AS TEXT) AS name FROM {list}"))?;
        let mut references = Vec::new();
        for id in ids {
            let mut column = |what: &str| {
                let sql =
                    format!("SELECT \"{what}\" AS name FROM {list} WHERE id = {id} ORDER BY seq");
                names(scratch, &sql)
            };
            let (columns, foreign_columns) = (column("from")?, column("to")?);
            let Some(table) = column("table")?.pop() else { continue };
            references.push(Reference { child: child.to_owned(), columns, table, foreign_columns });
        }
        Ok(references)
    }

    fn has(&self, columns: &[String]) -> bool {
        let has = |name: &String| self.all.iter().any(|column| column.eq_ignore_ascii_case(name));
        columns.iter().all(has)
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Copies the rows of the large table for which the condition holds. Rows that break a rule
    /// of their own table are left out.
    fn copy(&self, condition: &str) -> String {
        let table = quote(Backend::Sqlite, &self.name);
        let columns = quote_list(Backend::Sqlite, &self.columns);
        format!(
            "INSERT OR IGNORE INTO main.{table} ({columns}) SELECT {columns} FROM {LARGE}.{table} {condition}"
        )
    }

    /// The first rows, and as many again from all over the table; each is found by its rowid.
    fn some_rows(&self) -> String {
        let table = quote(Backend::Sqlite, &self.name);
        let [rowid] = &self.key[..] else { return self.copy(&format!("LIMIT {ROWS}")) };
        if !self.has_rowid {
            return self.copy(&format!("LIMIT {ROWS}"));
        }
        let half = ROWS / 2;
        self.copy(&format!(
            "WHERE {rowid} IN (SELECT {rowid} FROM {LARGE}.{table} ORDER BY {rowid} LIMIT {half}) \
             OR {rowid} IN (WITH RECURSIVE {LARGE}_bounds (low, high) AS \
             (SELECT min({rowid}), max({rowid}) FROM {LARGE}.{table}), \
             {LARGE}_step (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM {LARGE}_step WHERE i < {half} - 1) \
             SELECT (SELECT {rowid} FROM {LARGE}.{table} WHERE {rowid} >= \
             {LARGE}_bounds.low + CAST((CAST({LARGE}_bounds.high AS REAL) - {LARGE}_bounds.low) \
             / ({half} - 1) * {LARGE}_step.i AS INTEGER) \
             ORDER BY {rowid} LIMIT 1) FROM {LARGE}_bounds, {LARGE}_step)"
        ))
    }

    /// The rows that the rows of a child refer to, unless they are there; `None` for a key that does
    /// not fit its target, which refers to nothing.
    fn referred(&self, by: &Reference) -> Option<String> {
        let list = |names: &[String]| quote_list(Backend::Sqlite, names);
        let mut targets = [&by.foreign_columns, &self.primary_key].into_iter();
        let foreign = targets.find(|columns| columns.len() == by.columns.len())?;
        let (table, child) =
            (quote(Backend::Sqlite, &self.name), quote(Backend::Sqlite, &by.child));
        let there = match &self.key[..] {
            [] => String::new(),
            key => format!(" AND ({0}) NOT IN (SELECT {0} FROM main.{table})", list(key)),
        };
        Some(self.copy(&format!(
            "WHERE ({}) IN (SELECT {} FROM main.{child}){there}",
            list(foreign),
            list(&by.columns)
        )))
    }
}
