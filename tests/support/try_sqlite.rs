//! A case on a real SQLite file: up, down and up again, with rows, foreign keys on and off.

use std::path::Path;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use glowplug::backend::Backend;

use super::case::{Case, CaseAnswers};
use super::difference;
use super::engine::{self, Planned};
use super::fate::Fates;
use super::rows::{self, Rows};
use super::sqlite::{Fingerprint, Judge, failed_checks, framed};

/// Creates the database of a case: its tables, its rows, and what stands around them.
pub(crate) fn prepare(case: &Case, path: &Path) -> Result<(), String> {
    let judge = Judge::new(path);
    match case.sql("before", Backend::Sqlite) {
        Some(sql) => drop(judge.run(&sql)?),
        None => create_from_models(case, "before.rs", path)?,
    }
    for sql in [case.text("rows.sql"), case.sql("setup", Backend::Sqlite)].into_iter().flatten() {
        judge.run(&sql)?;
    }
    Ok(())
}

/// A database from nothing, by glowplug's own plan.
fn create_from_models(case: &Case, side: &str, path: &Path) -> Result<(), String> {
    let url = path.to_str().expect("UTF-8");
    let file = case.folder.join(side);
    let models = engine::models(&file, &case.models(side), Backend::Sqlite)?;
    let planned = engine::plan_live(url, &models, &CaseAnswers::default())
        .map_err(|e| format!("creating {side}: {e}"))?;
    match planned {
        Some(planned) => run(path, &planned.up.sql, planned.up.run_in_transaction, true)
            .map_err(|e| format!("creating {side}: {e}\n{}", planned.up.sql)),
        None => Ok(()),
    }
}

/// Runs a script as an application's Diesel does: SQLite compiled in, the transaction around it.
pub(crate) fn run(
    path: &Path,
    sql: &str,
    in_transaction: bool,
    foreign_keys: bool,
) -> Result<(), String> {
    let mut connection =
        SqliteConnection::establish(path.to_str().expect("UTF-8")).map_err(|e| e.to_string())?;
    connection.batch_execute(&framed(sql, in_transaction, foreign_keys)).map_err(|e| e.to_string())
}

/// The whole life of a case; every sentence is something that went wrong.
pub(crate) fn live(case: &Case, folder: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    for foreign_keys in [true, false] {
        let path = folder.join(format!("{foreign_keys}.sqlite"));
        let result =
            prepare(case, &path).and_then(|()| Life::begin(case, &path, foreign_keys)?.live());
        let found = result.unwrap_or_else(|error| vec![error]);
        problems.extend(found.iter().map(|p| format!("foreign keys {foreign_keys}: {p}")));
    }
    problems
}

struct Life<'a> {
    case: &'a Case,
    judge: Judge,
    foreign_keys: bool,
    before: (Fingerprint, Rows),
    planned: Option<Planned>,
    fates: Fates,
    problems: Vec<String>,
}

impl<'a> Life<'a> {
    fn begin(case: &'a Case, path: &Path, foreign_keys: bool) -> Result<Self, String> {
        let judge = Judge::new(path);
        let read = |side: &str| {
            engine::models(&case.folder.join(side), &case.models(side), Backend::Sqlite)
        };
        let (from, to) = (read("before.rs")?, read("after.rs")?);
        let url = path.to_str().expect("UTF-8");
        let planned = super::expected_refusal(case, Backend::Sqlite, || {
            engine::plan_live(url, &to, &case.answers)
        })?;
        Ok(Self {
            case,
            before: (judge.fingerprint(), rows::read(&judge)),
            fates: Fates::of(&from, &to, &case.answers),
            judge,
            foreign_keys,
            planned,
            problems: Vec::new(),
        })
    }

    fn live(mut self) -> Result<Vec<String>, String> {
        self.healthy("before");
        let Some(planned) = self.planned.take() else {
            let now = (self.judge.fingerprint(), rows::read(&self.judge));
            if now != self.before {
                self.problems.push("nothing was planned, but the database changed".to_owned());
            }
            if self.case.text("sqlite/up.sql").is_some() {
                self.problems.push("nothing was planned".to_owned());
            }
            return Ok(self.problems);
        };
        self.step("up", &planned.up.sql, planned.up.run_in_transaction)?;
        let after = (self.judge.fingerprint(), rows::read(&self.judge));
        self.add("up", self.fates.lost_on_the_way_up(&self.before.1, &after.1));
        self.as_if_created_from_models(&after.0)?;
        self.nothing_left()?;

        self.step("down", &planned.down.sql, planned.down.run_in_transaction)?;
        let back = (self.judge.fingerprint(), rows::read(&self.judge));
        self.add("down", difference(&self.before.0.texts, &back.0.texts));
        self.add("down", difference(&self.before.0.meaning, &back.0.meaning));
        self.add("down", self.fates.lost_on_the_way_back(&self.before.1, &back.1));

        self.step("up again", &planned.up.sql, planned.up.run_in_transaction)?;
        let again = self.judge.fingerprint();
        self.add("up again", difference(&after.0.texts, &again.texts));
        self.add("up again", difference(&after.0.meaning, &again.meaning));
        Ok(self.problems)
    }

    fn step(&mut self, name: &str, sql: &str, in_transaction: bool) -> Result<(), String> {
        run(&self.judge.path, sql, in_transaction, self.foreign_keys)
            .map_err(|e| format!("{name}: {e}\n{sql}"))?;
        self.healthy(name);
        Ok(())
    }

    fn healthy(&mut self, step: &str) {
        self.add(step, self.judge.problems());
        if let Some(checks) = self.case.sql("check", Backend::Sqlite) {
            self.add(step, failed_checks(&self.judge, &checks));
        }
    }

    /// The result behaves like a database that was made from the models at once. What the models
    /// leave to the database is not compared.
    fn as_if_created_from_models(&mut self, after: &Fingerprint) -> Result<(), String> {
        if self.case.sql("before", Backend::Sqlite).is_some() {
            return Ok(());
        }
        let path = self.judge.path.with_extension("fresh");
        create_from_models(self.case, "after.rs", &path)?;
        let models = self.case.models("after.rs");
        let fresh = Judge::new(path).fingerprint().meaning;
        let missing: Vec<String> =
            fresh.into_iter().filter(|line| !after.meaning.contains(line)).collect();
        let described = models.contains("ddl!");
        if described && !missing.is_empty() {
            self.add("up, against a fresh database, lacks", missing);
        }
        Ok(())
    }

    fn nothing_left(&mut self) -> Result<(), String> {
        let url = self.judge.path.to_str().expect("UTF-8");
        let file = self.case.folder.join("after.rs");
        let models = engine::models(&file, &self.case.models("after.rs"), Backend::Sqlite)?;
        let settled = CaseAnswers { drops: Vec::new(), ..CaseAnswers::default() };
        if let Some(rest) = engine::plan_live(url, &models, &settled)? {
            let text = super::plan_text::operations(&rest.operations);
            self.problems.push(format!("create finds differences after up:\n{text}"));
        }
        Ok(())
    }

    fn add(&mut self, step: &str, found: impl IntoIterator<Item = String>) {
        self.problems.extend(found.into_iter().map(|problem| format!("{step}: {problem}")));
    }
}
