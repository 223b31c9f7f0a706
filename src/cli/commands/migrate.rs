//! `glowplug migrate`

use clap::Args;
use serde::Serialize;

use crate::apply::{ApplyError, Direction, MigrationStatus, Status};
use crate::cli::args::{DatabaseArgs, Format, FormatArgs, LockArgs, MigrationArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::load::Opened;
use crate::cli::locks::Locks;
use crate::cli::migrations::Migrations;
use crate::cli::report::Failure;
use crate::cli::runner::{self, Runner};
use crate::cli::settings;
use crate::cli::text::count;
use crate::connection::{AnyConnection, OpenMode, with_connection};
use crate::files::Version;

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug migrate
  glowplug migrate --dry-run
  glowplug migrate --to 2026-11-22-110343-0000
  glowplug migrate --fake --to 2026-11-22-110343-0000    for a database that has its tables already

Any number of processes may run it at once: one applies, the others wait. It never asks.
With --format json: {\"version\": 1, \"applied\": [{\"version\", \"name\", \"seconds\"}], \"reverted\": [],
\"warnings\": […], \"stopped\": …}.
";

/// The flags of `migrate`.
#[derive(Args, Clone, Debug)]
pub struct MigrateArgs {
    /// Stop after this migration: its version or its directory's name
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    /// Note the migrations as applied without running them
    #[arg(long)]
    fake: bool,
    /// List what would be applied and apply nothing
    #[arg(long)]
    dry_run: bool,
    /// Refuse edited migrations, and pending ones that are older than an applied one
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    locks: LockArgs,
    #[command(flatten)]
    migrations: MigrationArgs,
    #[command(flatten)]
    pub(in crate::cli) database: DatabaseArgs,
    #[command(flatten)]
    pub(in crate::cli) format: FormatArgs,
}

pub(in crate::cli) fn run(args: &MigrateArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let locks = Locks::of(&project, &args.locks)?;
    let url = locks.url(context.database_url(&project, &args.database)?);
    let migrations = Migrations::of(context, &project, &args.migrations)?;
    if args.dry_run {
        let status = migrations.status(Opened::new(&url)?.connection(), locks)?;
        return preview(args, context, &status);
    }
    let runner = Runner {
        migrations: &migrations,
        locks,
        strict: project.switch(&settings::STRICT, args.strict)?,
        format: args.format.format,
    };
    let manager = runner.manager(context.ui, &url);
    if let Opened::Absent(mut nothing) = Opened::new(&url)? {
        // What cannot be applied makes no file.
        migrations.check(&mut nothing, locks)?;
    }
    let mut connection = AnyConnection::open(&url, OpenMode::Create)?;
    let report = with_connection!(&mut connection, one => match (args.fake, &args.to) {
        (true, to) => manager.fake(one, to.as_deref()),
        (false, Some(to)) => manager.apply_to(one, to),
        (false, None) => manager.apply(one),
    });
    let report = report.map_err(|error| migrations.failure(&error))?;
    if report.applied.is_empty() {
        context.ui.status("Nothing to apply");
    } else {
        let what = if args.fake { "noted as applied" } else { "applied" };
        context.ui.status(format!("{} {what}", count(report.applied.len() as u64, "migration")));
    }
    runner.finish(context.ui, &report)
}

/// `--dry-run`: what the next run would apply.
fn preview(args: &MigrateArgs, context: &Context<'_>, status: &Status) -> Result<Exit, Failure> {
    let target = args.to.as_deref().map(Version::of_directory);
    if let (Some(target), Some(to)) = (&target, &args.to)
        && !status.migrations.iter().any(|one| one.version == *target)
    {
        return Err(Failure::from(&ApplyError::UnknownVersion { version: to.clone() }));
    }
    let wanted = |version: &Version| target.as_ref().is_none_or(|target| version <= target);
    let pending: Vec<_> = status.pending().filter(|one| wanted(&one.version)).collect();
    match args.format.format {
        Format::Json => context.ui.json(&Preview { version: 1, pending })?,
        Format::Text => {
            for one in &pending {
                context.ui.answer(runner::line(Direction::Up, &one.name))?;
            }
            let pending = count(pending.len() as u64, "migration");
            context.ui.status(format!("{pending} pending; nothing was applied"));
        }
    }
    Ok(Exit::Done)
}

/// `--dry-run --format json`.
#[derive(Serialize)]
struct Preview<'a> {
    version: u32,
    pending: Vec<&'a MigrationStatus>,
}
