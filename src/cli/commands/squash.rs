//! `glowplug squash`

use std::sync::atomic::Ordering;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use serde::Serialize;

use crate::cli::args::{DatabaseArgs, Format, FormatArgs, MigrationArgs};
use crate::cli::context::{Context, relative};
use crate::cli::exit::Exit;
use crate::cli::interrupt;
use crate::cli::migrations::Migrations;
use crate::cli::prompt::Prompt;
use crate::cli::report::Failure;
use crate::cli::slow::Slow;
use crate::cli::text::{Text, Tone, count};
use crate::files::MigrationsDir;
use crate::pipeline::{self, CreateError, Squash, SquashProof, SquashRequest};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug squash --dry-run
  glowplug squash --to 2026-11-22-110343-0000 --name initial
  glowplug squash --yes

The new migration has the version of the last one that it replaces, so that a database which has all of
them has nothing pending. Its up.sql holds the old ones word for word, in a comment: a database that has
only some of them goes on one by one, with `glowplug migrate` or with the application at its start. Diesel
CLI runs it on new databases, and refuses it, changing nothing, where some were applied one by one.
With --format json: {\"version\": 1, \"squashed\": […], \"migration\": …, \"path\": …,
\"run_in_transaction\": …, \"reversible\": …, \"proof\": {\"upgrades\", \"rows\", \"limits\"}}.
";

/// The flags of `squash`.
#[derive(Args, Clone, Debug)]
pub struct SquashArgs {
    /// Squash those up to this one, itself included: its version or its directory's name
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    /// Name the new migration
    #[arg(long, value_name = "NAME", default_value = "squashed",
        value_parser = NonEmptyStringValueParser::new())]
    name: String,
    /// Prove it, list what would be replaced, and replace nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    migrations: MigrationArgs,
    #[command(flatten)]
    pub(super) database: DatabaseArgs,
    #[command(flatten)]
    pub(super) format: FormatArgs,
}

/// `--format json`.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    squashed: Vec<&'a str>,
    migration: Option<&'a str>,
    path: Option<String>,
    run_in_transaction: Option<bool>,
    reversible: Option<bool>,
    proof: Option<&'a SquashProof>,
}

pub(super) fn run(args: &SquashArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let url = context.database_url(&project, &args.database)?;
    let directory = MigrationsDir::open(&context.migration_dir(&project, &args.migrations)?)?;
    let stop = interrupt::listen(context.ui);
    let slow = Slow::new(context.ui, args.format.format);
    let mut progress = |what: &str| {
        slow.doing(format!("proof: {what}"));
        context.ui.detail(&format!("proving: {what}"));
        !stop.load(Ordering::SeqCst)
    };
    let request = SquashRequest {
        directory: &directory,
        backend: url.backend(),
        server: Some(&url),
        to: args.to.as_deref(),
        name: &args.name,
        progress: &mut progress,
    };
    let squash = pipeline::squash(request).map_err(|error| match error {
        CreateError::Replayed { error, lacking } => Migrations::Directory(directory.clone())
            .replayed(&error, &lacking)
            .hint("nothing was replaced"),
        CreateError::Apply(error) => Migrations::Directory(directory.clone())
            .replayed(&error, &[])
            .hint("nothing was replaced"),
        CreateError::Unproven(error) => Failure::of(Exit::Failed, &error)
            .hint("nothing was replaced; `glowplug check` tells which migration is to blame"),
        other => other.into(),
    })?;
    slow.done();
    let Some(squash) = squash else {
        context.ui.status("Nothing to squash: there are not two migrations");
        if args.format.format == Format::Json {
            context.ui.json(&document(None, None))?;
        }
        return Ok(Exit::Done);
    };
    tell(args, context, &directory, &squash)?;
    let path = if args.dry_run {
        context.ui.status("nothing was replaced");
        None
    } else {
        confirm(args, context, &squash)?;
        let path = relative(&squash.write(&directory)?);
        context.ui.status(format!("{} replaced", count(squash.gone.len() as u64, "migration")));
        Some(path.display().to_string())
    };
    if args.format.format == Format::Json {
        context.ui.json(&document(Some(&squash), path))?;
    }
    Ok(Exit::Done)
}

fn tell(
    args: &SquashArgs,
    context: &Context<'_>,
    directory: &MigrationsDir,
    squash: &Squash,
) -> Result<(), Failure> {
    let ui = context.ui;
    if args.format.format == Format::Text {
        let path = |name: &str| relative(&directory.path().join(name)).display().to_string();
        for one in &squash.gone {
            let line = Text::new().toned(Tone::Remove, "-").plain(" ");
            ui.answer(line.plain(path(&one.directory_name)))?;
        }
        let line = Text::new().toned(Tone::Add, "+").plain(" ");
        ui.answer(line.plain(path(&squash.directory_name)))?;
    }
    let SquashProof { upgrades, rows, limits } = &squash.proof;
    ui.status(format!(
        "proven: a new database and one of each of the {} states before end alike, with {}",
        upgrades - 1,
        count(*rows as u64, "row")
    ));
    for limit in limits {
        ui.status(format!("  {limit}"));
    }
    if squash.down.is_none() {
        ui.warning("it has no down.sql, since one of those that it replaces has none");
    }
    if !squash.run_in_transaction {
        ui.warning("it runs outside a transaction, since one of those that it replaces does");
    }
    Ok(())
}

fn confirm(args: &SquashArgs, context: &Context<'_>, squash: &Squash) -> Result<(), Failure> {
    if args.yes {
        return Ok(());
    }
    let what = count(squash.gone.len() as u64, "migration");
    match Prompt::new(context.ui).confirm(&format!("replace {what} by one?")) {
        Some(true) => Ok(()),
        Some(false) => Err(Failure::new(Exit::Refused, "nothing was replaced")),
        None => Err(Failure::new(Exit::Refused, format!("{what} would be replaced by one"))
            .hint("`--yes` replaces without asking")),
    }
}

fn document(squash: Option<&Squash>, path: Option<String>) -> Document<'_> {
    let gone = squash.map(|squash| squash.gone.as_slice()).unwrap_or_default();
    Document {
        version: 1,
        squashed: gone.iter().map(|one| one.directory_name.as_str()).collect(),
        migration: squash.map(|squash| squash.directory_name.as_str()),
        path,
        run_in_transaction: squash.map(|squash| squash.run_in_transaction),
        reversible: squash.map(|squash| squash.down.is_some()),
        proof: squash.map(|squash| &squash.proof),
    }
}
