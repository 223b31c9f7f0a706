//! `glowplug status`

use clap::Args;
use serde::Serialize;

use crate::apply::{ApplyError, MigrationState, MigrationStatus, Status, Stopped};
use crate::cli::args::{DatabaseArgs, Format, FormatArgs, LockArgs, MigrationArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::load::Opened;
use crate::cli::locks::Locks;
use crate::cli::migrations::Migrations;
use crate::cli::report::Failure;
use crate::cli::text::{Text, Tone};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug status
  glowplug status --check      for CI and start-up scripts: 3 unless all is applied
  glowplug status --format json

It only reads: a database that does not exist is not created.
With --format json: {\"version\": 1, \"database\": …, \"exists\": …, \"applied\": N, \"pending\": N,
\"up_to_date\": …, \"migrations\": [{\"version\", \"name\", \"state\", \"applied_at\", …}]}; the states are
applied, pending, out_of_order, edited, missing and duplicate.
";

/// The flags of `status`.
#[derive(Args, Clone, Debug)]
pub struct StatusArgs {
    /// Exit with 3 unless all is applied and as it was
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    locks: LockArgs,
    #[command(flatten)]
    migrations: MigrationArgs,
    #[command(flatten)]
    pub(in crate::cli) database: DatabaseArgs,
    #[command(flatten)]
    pub(in crate::cli) format: FormatArgs,
}

/// `--format json`.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    database: String,
    exists: bool,
    applied: usize,
    pending: usize,
    up_to_date: bool,
    migrations: &'a [MigrationStatus],
}

pub(in crate::cli) fn run(args: &StatusArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let locks = Locks::of(&project, &args.locks)?;
    let url = locks.url(context.database_url(&project, &args.database)?);
    let migrations = Migrations::of(context, &project, &args.migrations)?;
    let mut database = Opened::new(&url)?;
    let exists = database.exists();
    let status = migrations.status(database.connection(), locks)?;
    match args.format.format {
        Format::Json => context.ui.json(&Document {
            version: 1,
            database: url.to_string(),
            exists,
            applied: status.applied_count(),
            pending: status.pending_count(),
            up_to_date: is_well(&status),
            migrations: &status.migrations,
        })?,
        Format::Text => {
            let place = migrations.place();
            let note = if exists { "" } else { " (it does not exist yet)" };
            context.ui.answer(format!("Database   {url}{note}"))?;
            context.ui.answer(format!("Migrations {place}"))?;
            context.ui.answer(format!("Applied    {}", status.applied_count()))?;
            context.ui.answer(format!("Pending    {}", status.pending_count()))?;
            list(context, &status)?;
        }
    }
    match duplicate(&status) {
        Some(error) if !args.check => Err(Failure::from(&error)),
        Some(_) => Ok(Exit::Differences),
        None if args.check && !is_well(&status) => Ok(Exit::Differences),
        None => Ok(Exit::Done),
    }
}

/// Whether there is nothing to do and nothing to look into. For a starting application a missing
/// migration is no obstacle, for one who checks it is.
pub(super) fn is_well(status: &Status) -> bool {
    status.is_up_to_date() && status.in_state(MigrationState::Missing).next().is_none()
}

/// Two migrations of one version: none can be applied before one of them is renamed.
fn duplicate(status: &Status) -> Option<ApplyError> {
    let version = status.in_state(MigrationState::Duplicate).next()?.version.clone();
    let names = status.migrations.iter().filter(|one| one.version == version);
    let names = names.map(|one| one.name.clone()).collect();
    Some(ApplyError::Duplicate { version: version.to_string(), names })
}

/// A line a migration: its state, its name, when it was applied.
fn list(context: &Context<'_>, status: &Status) -> Result<(), Failure> {
    if !status.migrations.is_empty() {
        context.ui.answer("")?;
    }
    status.migrations.iter().try_for_each(|migration| context.ui.answer(line(migration)))
}

/// `pending      2026-11-22-110343-0000_add_plan`, with when it was applied and where it stopped.
pub(in crate::cli) fn line(migration: &MigrationStatus) -> Text {
    let (tone, word) = state(migration.state);
    let mut line = Text::new().toned(tone, format!("{word:<12}")).plain(" ");
    // A name may hold a newline; a migration stays one line.
    line = line.plain(migration.name.replace('\n', "\\n"));
    if let Some(time) = &migration.applied_at {
        line = line.plain("  ").toned(Tone::Quiet, time);
    }
    if let Some(stopped) = &migration.stopped {
        line = line.plain("  ").toned(Tone::Error, halted(stopped));
    }
    line
}

fn state(state: MigrationState) -> (Tone, &'static str) {
    match state {
        MigrationState::Applied => (Tone::Add, "applied"),
        MigrationState::Pending => (Tone::Change, "pending"),
        MigrationState::OutOfOrder => (Tone::Warning, "out of order"),
        MigrationState::Edited => (Tone::Error, "edited"),
        MigrationState::Missing => (Tone::Error, "missing"),
        MigrationState::Abandoned => (Tone::Error, "abandoned"),
        MigrationState::Duplicate => (Tone::Error, "duplicate"),
    }
}

fn halted(stopped: &Stopped) -> String {
    let Stopped { direction, step, steps, error, .. } = stopped;
    let file = direction.file();
    match error {
        // It may be another process that does it right now.
        Some(error) if stopped.may_run() => {
            format!("at step {} of {steps} in {file}: {error}", step + 1)
        }
        Some(error) => format!("failed at step {} of {steps} in {file}: {error}", step + 1),
        None => format!("stopped in {file} after statement {step} of {steps}"),
    }
}
