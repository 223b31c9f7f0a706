//! `glowplug pull`

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::backend::Scope;
use crate::cli::args::DatabaseArgs;
use crate::cli::context::{Context, relative};
use crate::cli::exit::Exit;
use crate::cli::failures::refused;
use crate::cli::prompt::Prompt;
use crate::cli::report::Failure;
use crate::connection::{AnyConnection, OpenMode};
use crate::{backend, pipeline, pull};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug pull
  glowplug pull --output schema.rs
  glowplug pull --database-url postgres://app@localhost/app --schema audit --output schema.rs

What is written are the `table!`, `joinable!` and `ddl!` that describe the database as it is:
`glowplug diff` finds no difference afterwards.
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
    let schema = pipeline::read(Some(&mut connection), dialect, &scope)?;
    let models = pull::print(&schema, dialect).map_err(|refusals| refused(&refusals))?;
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
