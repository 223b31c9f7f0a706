//! The pipeline of `create`, without files: models and a database in, two scripts out.

use std::path::Path;

use glowplug::backend::resolve::{Drops, resolve};
use glowplug::backend::{Backend, Scope, Script};
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use glowplug::diff::Operation;
use glowplug::diff::rename;
use glowplug::model::Schema;
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

/// What the database is, by glowplug's introspection.
pub(crate) fn introspect(url: &str, models: &Schema) -> Result<Schema, String> {
    let schemas = models.tables.keys().filter_map(|name| name.schema.clone());
    let mut schemas: Vec<String> = schemas.collect();
    schemas.dedup();
    let scope = Scope { schemas };
    let schema = match open(url) {
        AnyConnection::Sqlite(mut c) => {
            glowplug::backend::sqlite::introspect::introspect(&mut c, &scope)
        }
        AnyConnection::Postgres(mut c) => {
            glowplug::backend::postgres::introspect::introspect(&mut c, &scope)
        }
    };
    schema.map_err(|e| e.to_string())
}

/// What `create` would plan against a live database; `None` when nothing changes.
pub(crate) fn plan_live(
    url: &str,
    models: &Schema,
    answers: &CaseAnswers,
) -> Result<Option<Planned>, String> {
    let backend = DatabaseUrl::parse(url).expect("a URL").backend();
    let dialect = backend.dialect().expect("a dialect");
    let mut live = introspect(url, models)?;
    dialect.normalize(&mut live);
    let mut preview = |renames: &[Operation], renamed: Schema| -> Result<Schema, String> {
        let mut statements = Vec::new();
        for rename in renames {
            let rendered = dialect.render(rename, &live, &live).map_err(|e| e.to_string())?;
            statements.extend(rendered.into_iter().map(|s| s.sql));
        }
        if statements.is_empty() {
            return Ok(renamed);
        }
        if backend == Backend::Postgres {
            return Ok(renamed);
        }
        let copy = format!("{url}.preview");
        std::fs::copy(url, &copy).map_err(|e| e.to_string())?;
        super::sqlite::sqlite3(Path::new(&copy), &statements.join("\n"))?;
        introspect(&copy, models)
    };
    finish(&live, models, backend, answers, &mut preview)
}

/// The same from models alone.
pub(crate) fn plan_offline(
    before: &Schema,
    after: &Schema,
    backend: Backend,
    answers: &CaseAnswers,
) -> Result<Option<Planned>, String> {
    let dialect = backend.dialect().expect("a dialect");
    let live = resolve(before, &Schema::default(), dialect, &Drops::None).map_err(lines)?.schema;
    finish(&live, after, backend, answers, &mut |_, renamed| Ok(renamed))
}

fn finish(
    live: &Schema,
    models: &Schema,
    backend: Backend,
    answers: &CaseAnswers,
    preview: &mut dyn FnMut(&[Operation], Schema) -> Result<Schema, String>,
) -> Result<Option<Planned>, String> {
    let dialect = backend.dialect().expect("a dialect");
    let asked: Vec<_> = answers
        .renames
        .iter()
        .map(|(from, to)| format!("{from}={to}").parse().expect("an answer"))
        .collect();
    let decision = rename::decide(live, models, &asked, dialect).map_err(|e| e.to_string())?;
    let renames: Vec<Operation> = decision.renames.iter().map(rename::Rename::operation).collect();
    let mut from = preview(&renames, decision.schema)?;
    dialect.normalize(&mut from);
    let drops = if answers.drops.is_empty() {
        Drops::None
    } else {
        Drops::Named(answers.drops.iter().cloned().collect())
    };
    let to = resolve(models, &from, dialect, &drops).map_err(lines)?.schema;
    let operations = glowplug::diff::diff(&from, &to);
    if operations.is_empty() && renames.is_empty() {
        return Ok(None);
    }
    let options = PlanOptions {
        renames,
        fills: fills(&answers.fills),
        down_fills: fills(&answers.down_fills),
        header: Vec::new(),
    };
    let planned = plan(operations, &from, &to, dialect, &options).map_err(lines)?;
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

fn lines(refusals: Vec<glowplug::backend::Refusal>) -> String {
    let lines: Vec<String> = refusals.iter().map(|refusal| format!("refused: {refusal}")).collect();
    lines.join("\n")
}
