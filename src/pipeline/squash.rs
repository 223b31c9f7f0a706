//! `squash`: several migrations become one, once that is proven.

use std::path::PathBuf;

use serde::Serialize;

use super::CreateError;
use super::check::chain::Chain;
use super::check::round_trip::stays;
use super::rows;
use crate::apply::{ApplyError, prove::ProveError, prove::Stage};
use crate::backend::{Backend, Refusal, catalog_changes};
use crate::connection::DatabaseUrl;
use crate::files::squash::{body, head};
use crate::files::statement::split;
use crate::files::{MigrationFile, MigrationsDir, Replacement, Version, slug};

/// Diesel CLI writes this one again wherever it is missing.
const INITIAL_SETUP: &str = "00000000000000";

/// What is squashed, and how.
pub struct SquashRequest<'a> {
    /// The migrations.
    pub directory: &'a MigrationsDir,
    /// The kind of database.
    pub backend: Backend,
    /// Where scratch databases are made, on a server.
    pub server: Option<&'a DatabaseUrl>,
    /// The last one to squash: its version or its directory's name; `None` for all.
    pub to: Option<&'a str>,
    /// The name of the new one.
    pub name: &'a str,
    /// Told what is being proven; false ends it.
    pub progress: &'a mut dyn FnMut(&str) -> bool,
}

/// A squash that is proven and not written yet.
#[derive(Clone, Debug)]
pub struct Squash {
    /// The migrations that go.
    pub gone: Vec<MigrationFile>,
    /// The directory that comes.
    pub directory_name: String,
    /// up.sql.
    pub up: String,
    /// down.sql, where all that go have one.
    pub down: Option<String>,
    /// Whether it runs in a transaction: all that go do.
    pub run_in_transaction: bool,
    /// What was proven.
    pub proof: SquashProof,
}

/// What was proven of a squash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SquashProof {
    /// From how many states of the old chain a database came to the same end.
    pub upgrades: usize,
    /// How many rows the migrations insert by themselves.
    pub rows: usize,
    /// What was proven in a weaker way.
    pub limits: Vec<String>,
}

/// Makes one migration of several and proves it; `None` where there are not two. Nothing is written.
///
/// # Errors
/// When a migration cannot be squashed, or the squash does not do what they do.
pub fn squash(request: SquashRequest<'_>) -> Result<Option<Squash>, CreateError> {
    let SquashRequest { directory, backend, server, to, name, progress } = request;
    let migrations = directory.list()?;
    let (before, gone) = range(&migrations, to)?;
    refuse(backend, &migrations, gone)?;
    let [_, .., last] = gone else { return Ok(None) };
    let prefix = last.directory_name.split('_').next().unwrap_or_default();
    let run_in_transaction = gone.iter().all(|one| one.run_in_transaction);
    let guard = guard(backend, gone);
    let down = gone.iter().rev().map(|one| Some((one, one.down.as_deref()?)));
    let down = down
        .collect::<Option<Vec<_>>>()
        .map(|downs| guard.clone() + &joined(backend, downs.into_iter(), run_in_transaction));
    let squashed: Vec<_> = gone.iter().map(MigrationFile::squashed).collect();
    let ups = gone.iter().map(|one| (one, body(&one.up)));
    let up = head(&squashed) + "\n" + &guard + &joined(backend, ups, run_in_transaction);
    let directory_name = format!("{prefix}_{}", slug(name));
    let one = MigrationFile {
        version: last.version.clone(),
        name: slug(name),
        path: directory.path().join(&directory_name),
        directory_name: directory_name.clone(),
        up: up.clone(),
        down: down.clone(),
        run_in_transaction,
    };
    let proof = prove(before, gone, &one, backend, server, progress)?;
    let gone = gone.to_vec();
    Ok(Some(Squash { gone, directory_name, up, down, run_in_transaction, proof }))
}

impl Squash {
    /// Puts it in the place of the others.
    ///
    /// # Errors
    /// When the directory is not what was read, or cannot be replaced in one step.
    pub fn write(&self, directory: &MigrationsDir) -> Result<PathBuf, CreateError> {
        let mut contents = vec![("up.sql", self.up.clone())];
        contents.extend(self.down.clone().map(|down| ("down.sql", down)));
        if !self.run_in_transaction {
            contents.push(("metadata.toml", "run_in_transaction = false\n".to_owned()));
        }
        let name = &self.directory_name;
        let replacement = Replacement { gone: &self.gone, directory_name: name, contents };
        Ok(directory.replace(&replacement)?)
    }
}

/// Those that stay before, and those that go: all up to the one that is named. Diesel CLI's initial
/// setup stays.
fn range<'m>(
    migrations: &'m [MigrationFile],
    to: Option<&str>,
) -> Result<(&'m [MigrationFile], &'m [MigrationFile]), CreateError> {
    let start = migrations.iter().take_while(|one| one.version.as_str() == INITIAL_SETUP).count();
    let end = match to {
        None => migrations.len(),
        Some(to) => {
            let version = Version::of_directory(to);
            let found = migrations.iter().rposition(|one| one.version == version);
            let unknown = || ApplyError::UnknownVersion { version: to.to_owned() };
            found.ok_or_else(unknown)? + 1
        }
    };
    Ok((&migrations[..start], &migrations[start..end.max(start)]))
}

/// What cannot be part of a squash, each by its name.
fn refuse(
    backend: Backend,
    all: &[MigrationFile],
    gone: &[MigrationFile],
) -> Result<(), CreateError> {
    if backend == Backend::Mysql {
        let reason = "a change of a table commits by itself there, so that a squash which fails \
                      half-way could not be told from one that never ran";
        return Err(CreateError::Refused(vec![Refusal::new("a squash on MySQL", reason)]));
    }
    if let Some(pair) = all.windows(2).find(|pair| pair[0].version == pair[1].version) {
        let version = pair[0].version.to_string();
        let names = pair.iter().map(|one| one.directory_name.clone()).collect();
        return Err(ApplyError::Duplicate { version, names }.into());
    }
    let outside = gone.iter().filter(|one| backend == Backend::Postgres && !one.run_in_transaction);
    let refusals = outside.map(|one| {
        let object = format!("migration `{}`", one.directory_name);
        let reason = "it runs outside a transaction, and what must do so on PostgreSQL must be the \
                      only statement of its file";
        let earlier = gone.iter().take_while(|it| it.version < one.version).last();
        let refusal = Refusal::new(object, reason);
        match earlier {
            Some(earlier) => {
                refusal.hint(format!("`--to {}` ends before it", earlier.directory_name))
            }
            None => refusal,
        }
    });
    let refusals: Vec<_> = refusals.collect();
    if refusals.is_empty() { Ok(()) } else { Err(CreateError::Refused(refusals)) }
}

/// The texts one after the other; with transactions of their own where the whole has none.
fn joined<'m>(
    backend: Backend,
    texts: impl Iterator<Item = (&'m MigrationFile, &'m str)>,
    run_in_transaction: bool,
) -> String {
    let mut sql = String::new();
    for (migration, text) in texts {
        let text = crate::files::without_bom(text).trim_end();
        let end = if ends_open(backend, text) { "\n;" } else { "" };
        sql.push_str(&format!("\n-- {}\n", migration.directory_name.replace(['\n', '\r'], " ")));
        if migration.run_in_transaction && !run_in_transaction {
            sql.push_str(&format!("BEGIN;\n{text}{end}\nCOMMIT;\n"));
        } else {
            sql.push_str(&format!("{text}{end}\n"));
        }
    }
    sql
}

/// Whether the last statement has no semicolon, which the end of a file may stand for.
fn ends_open(backend: Backend, text: &str) -> bool {
    let pieces = split(backend, text);
    let last = pieces.iter().rev().find(|piece| !piece.text.is_empty());
    last.is_some_and(|piece| !piece.text.ends_with(';'))
}

/// Refuses a database that has some of them: with stock Diesel the others would run a second time,
/// and go where only the last was to be taken back. Diesel's table is made as Diesel makes it, since
/// glowplug makes it last.
fn guard(backend: Backend, gone: &[MigrationFile]) -> String {
    let table = "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (\n       \
                 version VARCHAR(50) PRIMARY KEY NOT NULL,\n       \
                 run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP\n);\n";
    let versions = gone[..gone.len().saturating_sub(1)].iter();
    let versions: Vec<_> =
        versions.map(|one| format!("'{}'", one.version.as_str().replace('\'', "''"))).collect();
    let applied = format!("version IN ({})", versions.join(", "));
    let why = "-- Diesel CLI must not run this where these were applied one by one: `glowplug migrate` and\n\
               -- `glowplug revert` go on with them there.\n";
    let look = match backend {
        Backend::Sqlite => format!(
            "CREATE TEMP TABLE \"__glowplug_squash\" (\n    applied INTEGER CONSTRAINT \
             \"some were applied one by one, which takes glowplug\" CHECK (applied = 0)\n);\n\
             INSERT INTO temp.\"__glowplug_squash\" SELECT count(*) FROM main.__diesel_schema_migrations\n    \
             WHERE {applied};\nDROP TABLE temp.\"__glowplug_squash\";\n"
        ),
        Backend::Postgres | Backend::Mysql => format!(
            "DO $$\nBEGIN\n    IF EXISTS (SELECT 1 FROM __diesel_schema_migrations\n        \
             WHERE {applied}) THEN\n        RAISE EXCEPTION 'some of the squashed migrations were \
             applied one by one, which takes glowplug';\n    END IF;\nEND $$;\n"
        ),
    };
    format!("{why}{table}{look}")
}

/// Runs the old chain and the new one, and upgrades a database from each state of the old one.
fn prove(
    before: &[MigrationFile],
    gone: &[MigrationFile],
    one: &MigrationFile,
    backend: Backend,
    server: Option<&DatabaseUrl>,
    progress: &mut dyn FnMut(&str) -> bool,
) -> Result<SquashProof, CreateError> {
    let dialect = backend.dialect();
    let mut go_on = |what: &str| match progress(what) {
        true => Ok(()),
        false => Err(CreateError::Stopped),
    };
    go_on("the migrations one by one")?;
    let mut old = Chain::of(backend, server, before.iter().chain(gone))?;
    let (end, end_rows) = (old.catalog()?, old.rows()?);
    let mut limits = Vec::new();
    let mut same = |chain: &mut Chain<'_>, stage: Stage| -> Result<(), CreateError> {
        let changes = catalog_changes(dialect, &end, &chain.catalog()?);
        let mut differences: Vec<_> = changes.iter().map(ToString::to_string).collect();
        for (table, before, after) in rows::differences(&end_rows, &chain.rows()?) {
            if before == after {
                // The time, a random number.
                limits.push(format!(
                    "The rows of `{table}` hold values that differ from run to run."
                ));
            } else {
                differences.push(format!("`{table}` has {after} rows instead of {before}"));
            }
        }
        match differences.is_empty() {
            true => Ok(()),
            false => Err(ProveError::Differs { stage, differences }.into()),
        }
    };
    go_on("the squash")?;
    let mut new = old.anew(before)?;
    let start = new.catalog()?;
    new.up(one).map_err(|error| failed(Stage::Up, &error))?;
    same(&mut new, Stage::Up)?;
    if one.down.is_some() {
        go_on("the squash, down and up again")?;
        new.down(one).map_err(|error| failed(Stage::Down, &error))?;
        let mut changes = catalog_changes(dialect, &start, &new.catalog()?);
        changes.retain(|it| !it.spelling && !stays(backend, &one.up, it));
        let changes: Vec<_> = changes.iter().map(ToString::to_string).collect();
        if !changes.is_empty() {
            let (stage, differences) = (Stage::Down, changes);
            return Err(ProveError::Differs { stage, differences }.into());
        }
        new.up(one).map_err(|error| failed(Stage::UpAgain, &error))?;
        // Rows that down.sql leaves are the old chain's own affair.
        let changes = catalog_changes(dialect, &end, &new.catalog()?);
        let changes: Vec<_> =
            changes.iter().filter(|it| !it.spelling).map(ToString::to_string).collect();
        if !changes.is_empty() {
            let (stage, differences) = (Stage::UpAgain, changes);
            return Err(ProveError::Differs { stage, differences }.into());
        }
    }
    for done in 1..=gone.len() {
        go_on(&format!("a database that has {done} of {}", gone.len()))?;
        let mut database = old.anew(before.iter().chain(&gone[..done]))?;
        database.up(one)?;
        same(&mut database, Stage::Up)?;
    }
    limits.sort();
    limits.dedup();
    let rows = end_rows.values().map(Vec::len).sum();
    Ok(SquashProof { upgrades: gone.len() + 1, rows, limits })
}

/// The squash itself fails; its files are not there yet.
fn failed(stage: Stage, error: &ApplyError) -> CreateError {
    let message = match error.failure() {
        Some(failure) => match &failure.statement {
            Some(statement) => format!("{} at `{}`", failure.message, statement.sql),
            None => failure.message.clone(),
        },
        None => error.to_string(),
    };
    ProveError::Failed { stage, message }.into()
}
