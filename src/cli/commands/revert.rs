//! `glowplug revert` and `glowplug redo`

use clap::Args;
use serde::Serialize;

use crate::apply::{Direction, Report, Revert, Reverting};
use crate::backend;
use crate::cli::args::{DatabaseArgs, Format, FormatArgs, LockArgs, MigrationArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::locks::Locks;
use crate::cli::loss;
use crate::cli::migrations::Migrations;
use crate::cli::prompt::Prompt;
use crate::cli::report::Failure;
use crate::cli::runner::{self, Runner};
use crate::cli::text::{Text, Tone, count};
use crate::connection::{AnyConnection, OpenMode, with_connection};
use crate::plan::safety::Hazard;

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug revert
  glowplug revert -n 2 --yes
  glowplug revert --to 2026-11-22-110343-0000    everything newer than this one
  glowplug revert --all --dry-run

It tells what rows would be lost and asks; without a terminal it needs --yes.
With --format json: as `migrate`; with --dry-run {\"version\": 1, \"reverting\": […], \"losses\": […]}.
";

pub(super) const REDO_EXAMPLES: &str = "\
Examples:
  glowplug redo
  glowplug redo -n 2 --yes

It reverts and applies again: rows that down.sql drops do not come back.
With --format json: as `migrate`.
";

/// The flags of `revert` and `redo`.
#[derive(Args, Clone, Debug)]
pub struct RevertArgs {
    #[command(flatten)]
    which: WhichArgs,
    /// List what would be reverted and lost, and revert nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    locks: LockArgs,
    #[command(flatten)]
    migrations: MigrationArgs,
    #[command(flatten)]
    pub(in crate::cli) database: DatabaseArgs,
    #[command(flatten)]
    pub(in crate::cli) format: FormatArgs,
}

/// Which migrations.
#[derive(Args, Clone, Debug)]
#[group(multiple = false)]
struct WhichArgs {
    /// Take the latest N [default: 1]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    number: Option<u32>,
    /// Take all
    #[arg(short, long)]
    all: bool,
    /// Take all that are newer than this one: its version or its directory's name
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
}

impl WhichArgs {
    fn which(&self) -> Revert<'_> {
        match (self.number, self.all, &self.to) {
            (_, true, _) => Revert::All,
            (_, false, Some(version)) => Revert::To(version),
            (number, false, None) => Revert::Last(number.map_or(1, |number| number as usize)),
        }
    }
}

/// What happens after the migrations went down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Then {
    /// Nothing.
    Stop,
    /// They go up again.
    ApplyAgain,
}

pub(in crate::cli) fn run(
    args: &RevertArgs,
    then: Then,
    context: &Context<'_>,
) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let locks = Locks::of(&project, &args.locks)?;
    let url = locks.url(context.database_url(&project, &args.database)?);
    let migrations = Migrations::of(context, &project, &args.migrations)?;
    let mut connection = AnyConnection::open(&url, OpenMode::Existing)?;
    let runner =
        Runner { migrations: &migrations, locks, strict: false, format: args.format.format };
    let manager = runner.manager(context.ui, &url);
    let which = args.which.which();
    let reverting = with_connection!(&mut connection, one => manager.reverting(one, which));
    let reverting = reverting.map_err(|error| migrations.failure(&error))?;
    if reverting.is_empty() {
        context.ui.status("Nothing to revert");
        return runner.finish(context.ui, &Report::default());
    }
    let losses = announce(context, &mut connection, &reverting)?;
    if args.dry_run {
        return preview(args, context, &reverting, &losses);
    }
    confirm(context, args.yes, &url.to_string(), reverting.len())?;
    // Others may have applied something since.
    let these = Revert::These(&reverting);
    let report = with_connection!(&mut connection, one => match then {
        Then::Stop => manager.revert(one, these),
        Then::ApplyAgain => manager.redo(one, these),
    });
    let report = report.map_err(|error| migrations.failure(&error))?;
    runner.finish(context.ui, &report)
}

/// Tells which migrations go, and what goes with them.
fn announce(
    context: &Context<'_>,
    connection: &mut AnyConnection,
    reverting: &[Reverting],
) -> Result<Vec<Hazard>, Failure> {
    let ui = context.ui;
    for one in reverting {
        ui.status(format!("to revert: {}", one.name));
    }
    let backend = connection.backend();
    let dialect = backend::dialect(Some(connection), backend)?;
    let losses = loss::of(connection, reverting, dialect).unwrap_or_else(|reason| {
        ui.warning(&format!("what is lost cannot be told: {reason}"));
        Vec::new()
    });
    for hazard in &losses {
        let label = Text::new().plain("  ").toned(Tone::Warning, hazard.name);
        ui.status(label.plain(": ").plain(&hazard.message));
    }
    Ok(losses)
}

/// `--dry-run --format json`.
#[derive(Serialize)]
struct Preview<'a> {
    version: u32,
    reverting: Vec<&'a str>,
    losses: &'a [Hazard],
}

/// `--dry-run`: what would be reverted.
fn preview(
    args: &RevertArgs,
    context: &Context<'_>,
    reverting: &[Reverting],
    losses: &[Hazard],
) -> Result<Exit, Failure> {
    let names: Vec<_> = reverting.iter().map(|one| one.name.as_str()).collect();
    match args.format.format {
        Format::Json => context.ui.json(&Preview { version: 1, reverting: names, losses })?,
        Format::Text => {
            for name in names {
                context.ui.answer(runner::line(Direction::Down, name))?;
            }
            context.ui.status("nothing was reverted");
        }
    }
    Ok(Exit::Done)
}

fn confirm(context: &Context<'_>, yes: bool, url: &str, number: usize) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    let what = count(number as u64, "migration");
    match Prompt::new(context.ui).confirm(&format!("revert {what} of `{url}`?")) {
        Some(true) => Ok(()),
        Some(false) => Err(Failure::new(Exit::Refused, "nothing was reverted")),
        None => Err(Failure::new(Exit::Refused, format!("{what} would be reverted"))
            .hint("`--yes` reverts without asking")),
    }
}
