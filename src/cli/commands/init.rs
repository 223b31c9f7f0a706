//! `glowplug init`

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use clap::Args;

use crate::cli::adoption;
use crate::cli::args::{ConfigArgs, MigrationArgs};
use crate::cli::context::{Context, relative};
use crate::cli::exit::Exit;
use crate::cli::report::Failure;
use crate::cli::text::{Text, Tone};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug init
  glowplug init --makefile --build-script
";

/// The flags of `init`.
#[derive(Args, Clone, Debug)]
pub struct InitArgs {
    /// Write the targets migrate-create, migrate and migrate-status into the Makefile
    #[arg(long)]
    makefile: bool,
    /// Write a build.rs that rebuilds the application when a migration is added
    #[arg(long)]
    build_script: bool,
    #[command(flatten)]
    migrations: MigrationArgs,
    #[command(flatten)]
    config: ConfigArgs,
}

const BUILD_SCRIPT: &str = r#"fn main() {
    // `embed_migrations!` does not notice new files by itself.
    println!("cargo:rerun-if-changed=migrations");
}
"#;

/// The name goes through the environment as it was typed: make does not expand it, and no shell
/// splits it.
const MAKEFILE: &str = "\
override raw_name := $(if $(filter command line,$(origin name)),$(value name))
export raw_name
unexport name

.PHONY: migrate-create migrate migrate-status

migrate-create: ## compare the models with the database and write a migration
\t@glowplug create $${raw_name:+\"--name=$$raw_name\"}

migrate: ## apply what is pending
\t@glowplug migrate

migrate-status: ## tell what is applied and what is pending
\t@glowplug status
";

const DEPENDENCIES: &str = r#"glowplug = { version = "0.1", default-features = false, features = ["sqlite"] }
diesel_migrations = "2.3"
"#;

const START_UP: &str = r#"use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use glowplug::MigrationManager;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

let report = MigrationManager::new(MIGRATIONS).apply(&mut connection)?;
"#;

/// What became of a file.
enum Made {
    Written,
    WasThere,
}

pub(super) fn run(args: &InitArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.config.config_file.as_deref())?;
    let dir = context.migration_dir(&project, &args.migrations)?;
    if project.diesel_toml().is_some() {
        adoption::tell(context, &project, &dir);
    }
    if dir.is_dir() {
        context.ui.status(format!("`{}` is already there", relative(&dir).display()));
    } else {
        fs::create_dir_all(&dir).map_err(|error| cannot_write(&dir, &error))?;
        // Git does not keep an empty directory.
        write_new(&dir.join(".keep"), "")?;
        context.ui.answer(relative(&dir).display().to_string())?;
    }
    let name = dir.strip_prefix(project.root()).unwrap_or(&dir).display().to_string();
    let in_dir = |text: &str| text.replace("\"migrations\"", &format!("\"{name}\""));
    let build_script = BUILD_SCRIPT.replace("=migrations", &format!("={name}"));

    show(context, "In Cargo.toml, below [dependencies]:", DEPENDENCIES);
    offer(context, &project.root().join("build.rs"), args.build_script, &build_script)?;
    let makefile = project.root().join("Makefile");
    if !(args.makefile && append(context, &makefile)?) {
        offer(context, &makefile, args.makefile, MAKEFILE)?;
    }
    show(context, "In the application, before it starts:", &in_dir(START_UP));
    Ok(Exit::Done)
}

/// Adds the targets to a Makefile that has none of them; tells whether it did.
fn append(context: &Context<'_>, path: &Path) -> Result<bool, Failure> {
    let Ok(text) = fs::read_to_string(path) else { return Ok(false) };
    let is_taken = text.lines().any(|line| {
        line.split(':').next().is_some_and(|targets| {
            targets.split_whitespace().any(|it| it.starts_with("migrate")) && line.contains(':')
        })
    });
    if is_taken {
        return Ok(false);
    }
    let gap = if text.ends_with('\n') || text.is_empty() { "\n" } else { "\n\n" };
    let mut file =
        OpenOptions::new().append(true).open(path).map_err(|e| cannot_write(path, &e))?;
    file.write_all(format!("{gap}{MAKEFILE}").as_bytes()).map_err(|e| cannot_write(path, &e))?;
    context.ui.answer(relative(path).display().to_string())?;
    Ok(true)
}

/// Writes the file where that is asked for and there is none; else shows what to add to it.
fn offer(context: &Context<'_>, path: &Path, asked: bool, text: &str) -> Result<(), Failure> {
    let shown = relative(path).display().to_string();
    if asked {
        match write_new(path, text)? {
            Made::Written => return context.ui.answer(shown),
            Made::WasThere => {
                context.ui.status(format!("`{shown}` is already there and stays as it is"));
            }
        }
    }
    show(context, &format!("In {shown}:"), text);
    Ok(())
}

fn show(context: &Context<'_>, heading: &str, text: &str) {
    context.ui.status(Text::new().plain("\n").toned(Tone::Heading, heading).plain("\n"));
    for line in text.lines() {
        // A Makefile wants its tab back when the text is copied.
        context.ui.status(if line.is_empty() { String::new() } else { format!("    {line}") });
    }
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> Result<Made, Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => Ok(Made::Written),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Made::WasThere),
        Err(error) => Err(cannot_write(path, &error)),
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("`{}` cannot be written", relative(path).display()))
        .because(error)
}
