//! `glowplug pull`

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::backend::{Dialect, Scope};
use crate::cli::args::DatabaseArgs;
use crate::cli::config::Project;
use crate::cli::context::{Context, relative};
use crate::cli::exit::Exit;
use crate::cli::failures::refused;
use crate::cli::prompt::Prompt;
use crate::cli::report::Failure;
use crate::cli::settings;
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode};
use crate::model::Schema;
use crate::parse::{ParseOptions, read_models};
use crate::{backend, pipeline, pull};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug pull
  glowplug pull --output schema.rs
  glowplug pull --ddl-only --output src/ddl.rs    what Diesel CLI's schema.rs does not say
  glowplug pull --database-url postgres://app@localhost/app --schema audit --output schema.rs

What is written are the `table!`, `joinable!` and `ddl!` that describe the database as it is:
`glowplug diff` finds no difference afterwards. What no model can say is named, and left as it is.
";

/// The flags of `pull`.
#[derive(Args, Clone, Debug)]
pub struct PullArgs {
    /// Write the models to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Read this schema besides the default one (can be repeated)
    #[arg(long, value_name = "NAME")]
    schema: Vec<String>,
    /// Write the `ddl!` blocks alone, for the tables of the project's models
    #[arg(long)]
    ddl_only: bool,
    /// Overwrite the file without asking
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    pub(super) database: DatabaseArgs,
}

pub(super) fn run(args: &PullArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let url = context.database_url(&project, &args.database)?;
    if let Some(path) = &args.output {
        may_write(path, args.yes, context)?;
    }
    let mut connection = AnyConnection::open(&url, OpenMode::ReadOnly)?;
    let dialect = backend::dialect(Some(&mut connection), url.backend())?;
    let scope = Scope { schemas: args.schema.clone() };
    let mut schema = pipeline::read(Some(&mut connection), dialect, &scope)?;
    let models = match args.ddl_only {
        true => ddl_of_models(args, context, &project, &url, schema)?,
        false => {
            leave_out(&mut schema, dialect, context);
            pull::print(&schema, dialect).map_err(|refusals| refused(&refusals))?
        }
    };
    match &args.output {
        None => context.ui.document(&models)?,
        Some(path) => {
            write(path, &models).map_err(|error| {
                let message = format!("`{}` cannot be written", relative(path).display());
                Failure::new(Exit::Failed, message).because(&error)
            })?;
            context.ui.answer(relative(path).display().to_string())?;
        }
    }
    Ok(Exit::Done)
}

/// What no model can say is told.
fn leave_out(schema: &mut Schema, dialect: &dyn Dialect, context: &Context<'_>) {
    for left_out in pull::leave_out(schema, dialect) {
        context.ui.warning(&format!("left out: {left_out}"));
    }
}

/// The `ddl!` blocks of the tables that the models name. The models stay as they are.
fn ddl_of_models(
    args: &PullArgs,
    context: &Context<'_>,
    project: &Project,
    url: &DatabaseUrl,
    mut schema: Schema,
) -> Result<String, Failure> {
    let options = ParseOptions {
        paths: project.models(&[])?,
        features: project.texts(&settings::FEATURES, &[])?,
        ..ParseOptions::new(project.root(), url.backend())
    };
    let models = read_models(&options)?;
    let named = &models.schema;
    schema.tables.retain(|name, _| named.tables.contains_key(name));
    schema.enums.retain(|name, _| !named.enums.contains_key(name));
    schema.definitions.retain(|definition| named.definition(definition).is_none());
    schema.views.retain(|name, _| {
        let said = named.views.contains_key(name);
        if !said && !named.tables.contains_key(name) {
            context.ui.status(format!("  view {name} is in no model and is left out"));
        }
        !said && named.tables.contains_key(name)
    });
    schema.others.clear();
    leave_out(&mut schema, url.backend().dialect(), context);
    let output = args.output.as_deref().map(|path| std::path::absolute(path).unwrap_or_default());
    let files = models
        .files
        .iter()
        .filter(|file| output.as_ref().is_none_or(|output| *output != project.root().join(file)));
    let imports: Vec<_> = files.map(|file| module_of(file)).collect();
    pull::print_ddl(&schema, url.backend().dialect(), &imports)
        .map_err(|refusals| refused(&refusals))
}

/// The module of a file of models: `src/db/schema.rs` is `crate::db::schema`.
fn module_of(file: &Path) -> String {
    let file = file.strip_prefix("src").unwrap_or(file).with_extension("");
    let parts = file.iter().map(|part| part.to_string_lossy().into_owned());
    let parts = parts.filter(|part| !matches!(part.as_str(), "mod" | "lib" | "main"));
    std::iter::once("crate".to_owned()).chain(parts).collect::<Vec<_>>().join("::")
}

/// A file that is there is overwritten when that is said, or answered.
fn may_write(path: &Path, yes: bool, context: &Context<'_>) -> Result<(), Failure> {
    if yes || !path.exists() {
        return Ok(());
    }
    let shown = relative(path).display().to_string();
    let question = format!("`{shown}` is already there; overwrite it?");
    if Prompt::new(context.ui).confirm(&question) == Some(true) {
        return Ok(());
    }
    Err(Failure::new(Exit::Refused, format!("`{shown}` is already there"))
        .hint("`--yes` overwrites it"))
}

/// Whole or not at all: a killed run leaves the old file.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".glowplug-tmp");
    let draft = path.with_file_name(name);
    let mut file = fs::File::create(&draft)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let written = written.and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // The first error counts.
        let _ = fs::remove_file(&draft);
    }
    written
}
