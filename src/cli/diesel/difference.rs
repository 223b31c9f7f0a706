//! `--diff-schema`: what `create` answers, put as Diesel CLI asks.
//!
//! Diesel CLI is asked for everything that turns the database into the models, so a table that no
//! model names is dropped, and what is lost is told, not asked for. A question that has no answer
//! without the user (what fills a required column, whether it was renamed) is one here too.

use std::path::PathBuf;

use super::generate::GenerateArgs;
use super::sections::{DEFAULT, Section, Sections, expressions, no_section};
use super::{DieselArgs, Target};
use crate::backend::resolve::Drops;
use crate::backend::{Backend, Scope, Script};
use crate::cli::answers::{Asked, renamed};
use crate::cli::commands::create;
use crate::cli::config::Project;
use crate::cli::context::Context;
use crate::cli::created;
use crate::cli::load;
use crate::cli::report::Failure;
use crate::cli::settings;
use crate::cli::{changes, unmanaged};
use crate::diff::rename::RenameCandidate;
use crate::files::MigrationsDir;
use crate::model::{QualifiedName, Schema};
use crate::parse::{ParseOptions, Reading};
use crate::pipeline::{self, CreateError, CreateOptions, CreateOutcome, Unmanaged};
use crate::print_schema::Filter;

/// The text of a migration.
pub(super) struct Sql {
    up: String,
    down: String,
    run_in_transaction: bool,
}

impl Sql {
    /// What the user is going to write, with Diesel's first lines.
    pub(super) fn nothing_yet() -> Self {
        Self {
            up: "-- Your SQL goes here\n".to_owned(),
            down: "-- This file should undo anything in `up.sql`\n".to_owned(),
            run_in_transaction: true,
        }
    }

    fn of(up: &Script, down: &Script) -> Self {
        Self {
            up: up.sql.clone(),
            down: down.sql.clone(),
            run_in_transaction: up.run_in_transaction && down.run_in_transaction,
        }
    }

    pub(super) fn files(&self, with_down: bool) -> Vec<(&'static str, String)> {
        let mut files = vec![("up.sql", self.up.clone())];
        if with_down {
            files.push(("down.sql", self.down.clone()));
        }
        if !self.run_in_transaction {
            files.push(("metadata.toml", "run_in_transaction = false\n".to_owned()));
        }
        files
    }
}

/// The migration between the database and the models; `None` where there is no difference.
pub(super) fn sql(
    args: &GenerateArgs,
    project: &Project,
    migrations: &MigrationsDir,
    diesel: &DieselArgs,
    context: &Context<'_>,
) -> Result<Option<Sql>, Failure> {
    let section = section(args, project)?;
    let target = Target { project: project.clone(), url: diesel.url(project, context)? };
    let backend = target.url.backend();
    let dialect = backend.dialect();
    let models = models(args, &section, project, backend, context)?;
    let unmanaged = managed(&section.options.filter, project)?;
    let mut connection = target.connect()?;
    let scope = Scope { schemas: section.options.schema.iter().cloned().collect() };
    let live = pipeline::read(Some(&mut connection), dialect, &scope)?;
    let mut options = create::options_of(&args.answers, project)?;
    let drops = drops(&live, &models, section.options.schema.as_deref(), &unmanaged);
    options.compare.drops = match (options.compare.drops, drops) {
        (Drops::Unnamed, _) | (_, Drops::Unnamed) => Drops::Unnamed,
        (Drops::Named(one), Drops::Named(other)) => {
            Drops::Named(one.into_iter().chain(other).collect())
        }
        (Drops::Named(one), Drops::None) | (Drops::None, Drops::Named(one)) => Drops::Named(one),
        (Drops::None, Drops::None) => Drops::None,
    };
    options.compare.unmanaged = unmanaged;
    options.dry_run = true;
    if options.allow.is_empty() {
        options.allow.insert("all".to_owned());
    }
    let now = context.now(project)?;
    let mut create = |options: &CreateOptions| {
        let mut asked = Asked::new(context.ui);
        pipeline::create(
            Some(&mut connection),
            backend,
            &models,
            migrations,
            options,
            &mut asked,
            now,
        )
    };
    let outcome = match create(&options) {
        Err(CreateError::Ambiguous(candidates)) => {
            without_renames(candidates, &mut options, args, context, create)?
        }
        outcome => outcome?,
    };
    Ok(match outcome {
        CreateOutcome::NoChanges(comparison) => {
            created::notices(context, &comparison.notices);
            None
        }
        CreateOutcome::Created(made) => {
            created::notices(context, &made.comparison.notices);
            for operation in made.comparison.all() {
                context.ui.status(changes::line(&operation));
            }
            for hazard in &made.hazards {
                context.ui.warning(&format!("{}: {}", hazard.name, hazard.message));
            }
            Some(Sql::of(&made.plan.up_script, &made.plan.down_script))
        }
    })
}

/// Nobody could be asked whether it is a rename. Where no row is lost it is a drop and an addition,
/// as with Diesel CLI; where one is, the question stays.
fn without_renames(
    candidates: Vec<RenameCandidate>,
    options: &mut CreateOptions,
    args: &GenerateArgs,
    context: &Context<'_>,
    mut create: impl FnMut(&CreateOptions) -> Result<CreateOutcome, CreateError>,
) -> Result<CreateOutcome, Failure> {
    options.compare.no_renames = true;
    let outcome = create(options)?;
    if let CreateOutcome::Created(made) = &outcome
        && args.answers.allow.is_empty()
        && made.hazards.iter().any(|hazard| hazard.finding.as_ref().is_none_or(|it| it.count > 0))
    {
        return Err(CreateError::Ambiguous(candidates).into());
    }
    for candidate in candidates {
        let what = renamed(&candidate);
        context.ui.warning(&format!("{what} was perhaps renamed; it is dropped and added"));
        context.ui.hint(&format!("if it was renamed: `--rename {}`", candidate.rename));
    }
    Ok(outcome)
}

/// The section of diesel.toml that is meant, with what the flags say.
fn section(args: &GenerateArgs, project: &Project) -> Result<Section, Failure> {
    let mut sections = Sections::of(project)?;
    let key = args.difference.schema_key.as_deref();
    if key.is_some() && !sections.is_written {
        return Err(no_section(key.unwrap_or(DEFAULT)));
    }
    let mut section = sections.get(key.unwrap_or(DEFAULT))?.clone();
    let tables = || expressions(&args.difference.tables);
    if args.difference.only_tables {
        section.options.filter = Filter::Only(tables()?);
    } else if args.difference.except_tables {
        section.options.filter = Filter::Except(tables()?);
    }
    Ok(section)
}

/// The models: of the file that the flag names, of the section's, or of the project.
fn models(
    args: &GenerateArgs,
    section: &Section,
    project: &Project,
    backend: Backend,
    context: &Context<'_>,
) -> Result<Schema, Failure> {
    let named = args.difference.diff_schema.clone().flatten().or_else(|| section.file.clone());
    let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let options = ParseOptions {
        paths: match &named {
            Some(path) => vec![absolute(path.clone())],
            None => project.models(&[])?,
        },
        features: project.texts(&settings::FEATURES, &[])?,
        comments: project.switch(&settings::COMMENTS, false)?,
        may_be_empty: named.is_some(),
        ..ParseOptions::new(project.root(), backend)
    };
    load::told(context, Reading::start(options))
}

/// The filter holds on both sides; so does what the settings leave out.
fn managed(filter: &Filter, project: &Project) -> Result<Unmanaged, Failure> {
    let texts = |expressions: &[regex::Regex]| -> Vec<String> {
        expressions.iter().map(|it| it.as_str().to_owned()).collect()
    };
    let (only, except) = match filter {
        Filter::All => (Vec::new(), Vec::new()),
        Filter::Only(only) => (texts(only), Vec::new()),
        Filter::Except(except) => (Vec::new(), texts(except)),
    };
    unmanaged::with_filter(project, &only, &except)
}

/// The tables of the section's schema that no model names.
fn drops(live: &Schema, models: &Schema, schema: Option<&str>, unmanaged: &Unmanaged) -> Drops {
    let is_named =
        |name: &QualifiedName| models.tables.contains_key(name) || models.views.contains_key(name);
    let goes = |name: &&QualifiedName| {
        name.schema.as_deref() == schema
            && !is_named(name)
            && !unmanaged.holds(name)
            && !name.name.starts_with("__")
    };
    let names: std::collections::BTreeSet<_> =
        live.tables.keys().filter(goes).map(ToString::to_string).collect();
    if names.is_empty() { Drops::None } else { Drops::Named(names) }
}
