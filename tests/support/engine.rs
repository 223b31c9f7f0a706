//! The pipeline of `create`, without files: models and a database in, two scripts out.

use std::path::Path;

use glowplug::backend::resolve::{Drops, resolve};
use glowplug::backend::{Backend, Script};
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use glowplug::diff::Operation;
use glowplug::diff::rename;
use glowplug::files::MigrationsDir;
use glowplug::model::Schema;
use glowplug::pipeline::{
    self, CompareOptions, CreateError, CreateOptions, CreateOutcome, NoAnswers,
};
use glowplug::plan::{Fills, PlanOptions, plan};

use super::case::CaseAnswers;

/// What `create` would write.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) up: Script,
    pub(crate) down: Script,
    pub(crate) operations: Vec<Operation>,
}

/// Models as Rust text.
pub(crate) fn models(file: &Path, text: &str, backend: Backend) -> Result<Schema, String> {
    glowplug::parse::parse_source(file, text, backend).map_err(|e| e.to_string())
}

/// A connection to a database that may be made for it.
pub(crate) fn open(url: &str) -> AnyConnection {
    let url = DatabaseUrl::parse(url).expect("a URL");
    AnyConnection::open(&url, OpenMode::Create).unwrap_or_else(|e| panic!("{e}"))
}

/// What `create` would write for a live database; `None` when nothing changes. It is proven.
pub(crate) fn plan_live(
    url: &str,
    models: &Schema,
    answers: &CaseAnswers,
) -> Result<Option<Planned>, String> {
    create(url, models, &options(answers))
}

/// The same, with options of the caller's.
pub(crate) fn create(
    url: &str,
    models: &Schema,
    options: &CreateOptions,
) -> Result<Option<Planned>, String> {
    let backend = DatabaseUrl::parse(url).expect("a URL").backend();
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let directory = MigrationsDir::open(folder.path()).map_err(|e| e.to_string())?;
    let outcome = pipeline::create(
        Some(&mut open(url)),
        backend,
        models,
        &directory,
        options,
        &mut NoAnswers,
        jiff::Timestamp::UNIX_EPOCH,
    );
    match outcome.map_err(|error| explain(&error))? {
        CreateOutcome::NoChanges(_) => Ok(None),
        CreateOutcome::Created(created) => Ok(Some(Planned {
            up: created.plan.up_script,
            down: created.plan.down_script,
            operations: created.plan.up,
        })),
    }
}

/// The answers as options of `create`.
pub(crate) fn options(answers: &CaseAnswers) -> CreateOptions {
    let renames = answers.renames.iter();
    CreateOptions {
        compare: CompareOptions {
            renames: renames.map(|(l, r)| format!("{l}={r}").parse().expect("an answer")).collect(),
            drops: drops(answers),
            no_renames: answers.no_renames,
            ..CompareOptions::default()
        },
        fills: fills(&answers.fills),
        down_fills: fills(&answers.down_fills),
        allow: answers.allows.iter().cloned().collect(),
        dry_run: true,
        ..CreateOptions::default()
    }
}

fn drops(answers: &CaseAnswers) -> Drops {
    if answers.drops.is_empty() {
        Drops::None
    } else {
        Drops::Named(answers.drops.iter().cloned().collect())
    }
}

/// An error with what stands behind it.
fn explain(error: &CreateError) -> String {
    match error {
        CreateError::Refused(refusals) => lines(refusals),
        CreateError::Hazards(hazards) => {
            let lines: Vec<String> =
                hazards.iter().map(|h| format!("hazard {}: {}", h.name, h.message)).collect();
            lines.join("\n")
        }
        other => other.to_string(),
    }
}

/// The same from models alone.
pub(crate) fn plan_offline(
    before: &Schema,
    after: &Schema,
    backend: Backend,
    answers: &CaseAnswers,
) -> Result<Option<Planned>, String> {
    let dialect = backend.dialect();
    let mut live = resolve(before, &Schema::default(), dialect, &Drops::None)
        .map_err(|refusals| lines(&refusals))?
        .schema;
    dialect.normalize(&mut live);
    let asked = options(answers).compare.renames;
    let decision = rename::decide(&live, after, &asked, dialect).map_err(|e| e.to_string())?;
    let renames: Vec<Operation> = decision.renames.iter().map(rename::Rename::operation).collect();
    let from = decision.schema;
    let to = resolve(after, &from, dialect, &drops(answers))
        .map_err(|refusals| lines(&refusals))?
        .schema;
    let operations = dialect.with_renamed_parts(glowplug::diff::diff(&from, &to), &from);
    if operations.is_empty() && renames.is_empty() {
        return Ok(None);
    }
    let options = PlanOptions {
        renames,
        fills: fills(&answers.fills),
        down_fills: fills(&answers.down_fills),
        header: Vec::new(),
        oldest: None,
    };
    let planned =
        plan(operations, &from, &to, dialect, &options).map_err(|refusals| lines(&refusals))?;
    Ok(Some(Planned { up: planned.up_script, down: planned.down_script, operations: planned.up }))
}

fn fills(pairs: &[(String, String)]) -> Fills {
    let mut fills = Fills::default();
    for (place, expression) in pairs {
        let (table, column) = place.rsplit_once('.').expect("table.column");
        fills.insert(table, column, expression.clone());
    }
    fills
}

fn lines(refusals: &[glowplug::backend::Refusal]) -> String {
    let lines: Vec<String> = refusals.iter().map(|refusal| format!("refused: {refusal}")).collect();
    lines.join("\n")
}
