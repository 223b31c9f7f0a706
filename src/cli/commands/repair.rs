//! `glowplug repair`

use clap::Args;
use serde::Serialize;

use crate::apply::Repair;
use crate::cli::args::{DatabaseArgs, Format, FormatArgs, LockArgs, MigrationArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::load::Opened;
use crate::cli::locks::Locks;
use crate::cli::migrations::Migrations;
use crate::cli::prompt::Prompt;
use crate::cli::report::Failure;
use crate::cli::text::{Text, Tone, count};
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode, with_connection};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug repair --dry-run
  glowplug repair --yes

It changes notes in `__glowplug_history`, and nothing else: no migration is run. The text of an edited
migration counts as what was applied; where a migration stopped is forgotten, and the next run begins
with its first statement; notes about versions that are not applied go.
With --format json: {\"version\": 1, \"repaired\": …, \"repairs\": [{\"version\", \"name\", \"change\",
\"stopped\"}]}; the changes are forgotten and accepted.
";

/// The flags of `repair`.
#[derive(Args, Clone, Debug)]
pub struct RepairArgs {
    /// List what would be changed and change nothing
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

/// `--format json`.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    /// False for a dry run.
    repaired: bool,
    repairs: &'a [Repair],
}

pub(in crate::cli) fn run(args: &RepairArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let locks = Locks::of(&project, &args.locks)?;
    let url = locks.url(context.database_url(&project, &args.database)?);
    let migrations = Migrations::of(context, &project, &args.migrations)?;
    let manager = locks.migrating(migrations.clone(), &url);
    let mut looked = Opened::new(&url)?;
    let repairs = with_connection!(looked.connection(), one => manager.repairing(one));
    let repairs = repairs.map_err(|error| migrations.failure(&error))?;
    drop(looked);
    let does = !args.dry_run && !repairs.is_empty();
    if does || args.format.format == Format::Text {
        list(args, context, &repairs)?;
    }
    let mut done = repairs;
    if does {
        confirm(args, context, &url, done.len())?;
        let mut connection = AnyConnection::open(&url, OpenMode::Existing)?;
        let result = with_connection!(&mut connection, one => manager.repair(one));
        let listed =
            std::mem::replace(&mut done, result.map_err(|error| migrations.failure(&error))?);
        tell(context, &listed, &done);
    }
    if args.format.format == Format::Json {
        context.ui.json(&Document { version: 1, repaired: does, repairs: &done })?;
    }
    Ok(Exit::Done)
}

/// A line a note; with JSON they are narration.
fn list(args: &RepairArgs, context: &Context<'_>, repairs: &[Repair]) -> Result<(), Failure> {
    if repairs.is_empty() {
        context.ui.status("Nothing to repair");
    }
    for repair in repairs {
        let line = Text::new().toned(Tone::Change, "~").plain(" ").plain(repair.to_string());
        match args.format.format {
            Format::Text => context.ui.answer(line)?,
            Format::Json => context.ui.status(line),
        }
    }
    if args.dry_run && !repairs.is_empty() {
        context.ui.status(format!("{}; nothing was changed", count(repairs.len() as u64, "note")));
    }
    Ok(())
}

/// What was done; another process may have changed notes since they were listed.
fn tell(context: &Context<'_>, listed: &[Repair], done: &[Repair]) {
    context.ui.status(format!("{} repaired", count(done.len() as u64, "note")));
    for repair in listed.iter().filter(|repair| !done.contains(repair)) {
        context.ui.warning(&format!("another process was faster, not repaired: {repair}"));
    }
    for repair in done.iter().filter(|repair| !listed.contains(repair)) {
        context.ui.warning(&format!("another process was there meanwhile, repaired too: {repair}"));
    }
}

fn confirm(
    args: &RepairArgs,
    context: &Context<'_>,
    url: &DatabaseUrl,
    notes: usize,
) -> Result<(), Failure> {
    let question = format!("Change {} in {url}?", count(notes as u64, "note"));
    if args.yes || Prompt::new(context.ui).confirm(&question) == Some(true) {
        return Ok(());
    }
    Err(Failure::new(Exit::Refused, "nothing was changed").hint("`--yes` changes the notes"))
}
