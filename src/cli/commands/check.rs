//! `glowplug check`

use std::sync::atomic::Ordering;

use clap::Args;

use crate::cli::args::{DatabaseArgs, Format, FormatArgs, MigrationArgs, ModelArgs};
use crate::cli::checked::{self, Document, Looked};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::load::{self, Opened};
use crate::cli::migrations::Migrations;
use crate::cli::report::Failure;
use crate::cli::slow::Slow;
use crate::cli::{interrupt, unmanaged};
use crate::connection::DatabaseUrl;
use crate::files::MigrationsDir;
use crate::model::Backend;
use crate::pipeline::{self, CheckRequest};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug check
  glowplug check --no-database      for CI: the models and the migrations only
  glowplug check --format json

Each migration runs up, down and up again on a scratch database, which is gone afterwards: for SQLite in
memory, on a server as a database of its own beside yours. The end of the migrations is compared with the
models, and your database with the migrations that are applied in it, by the server's own texts too.
Traps, which are legal and seldom meant, are told besides (SQLite).
It exits with 0 if all agree, with 3 if they do not, and with 1 if that cannot be told.
With --format json: {\"version\": 1, \"agrees\": …, \"migrations\": [{\"name\", \"problems\", \"notes\"}],
\"duplicates\": […], \"halted\": …, \"models\": {\"changes\", \"notices\"},
\"traps\": [{\"table\", \"message\"}],
\"database\": {\"url\", \"exists\", \"migrations\", \"changes\", \"objects\", \"notes\"}}; what is not known is null.
";

/// The flags of `check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// Leave the database out; on a server, only the scratch database is made there
    #[arg(long)]
    no_database: bool,
    #[command(flatten)]
    models: ModelArgs,
    #[command(flatten)]
    migrations: MigrationArgs,
    #[command(flatten)]
    pub(super) database: DatabaseArgs,
    #[command(flatten)]
    pub(super) format: FormatArgs,
}

pub(super) fn run(args: &CheckArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let named = context.default_url.is_some()
        || project.database_url(args.database.database_url.as_deref())?.is_some();
    let url = match (named, args.no_database) {
        (true, _) => Some(context.database_url(&project, &args.database)?),
        (false, true) => None,
        (false, false) => Some(
            context
                .database_url(&project, &args.database)
                .map_err(|it| it.hint("`glowplug check --no-database` leaves the database out"))?,
        ),
    };
    let backend = url.as_ref().map_or(Backend::Sqlite, DatabaseUrl::backend);
    let directory = MigrationsDir::open(&context.migration_dir(&project, &args.migrations)?)?;
    let models = load::models(context, &project, &args.models, backend)?;
    let unmanaged = unmanaged::read(&project)?;
    unmanaged::warn(context, &models, &unmanaged);
    let mut opened = match &url {
        Some(url) if !args.no_database => Some(Opened::new(url)?),
        Some(_) | None => None,
    };

    let stop = interrupt::listen(context.ui);
    let slow = Slow::new(context.ui, args.format.format);
    let mut progress = |name: &str| {
        slow.doing(format!("{name}: up, down, up"));
        context.ui.detail(&format!("{name}: up, down, up"));
        !stop.load(Ordering::SeqCst)
    };
    let request = CheckRequest {
        models: &models,
        directory: &directory,
        backend,
        server: url.as_ref(),
        unmanaged,
        progress: &mut progress,
    };
    let check = pipeline::check(request, opened.as_mut().map(Opened::connection))?;
    slow.done();
    if check.stopped {
        return Err(Failure::new(Exit::Failed, interrupt::STOPPED));
    }
    let looked = Looked {
        place: Migrations::Directory(directory.clone()).place(),
        database: url.as_ref().filter(|_| opened.is_some()).map(ToString::to_string),
        exists: opened.as_ref().is_some_and(Opened::exists),
    };
    match args.format.format {
        Format::Json => context.ui.json(&Document::of(&check, &looked))?,
        Format::Text => checked::tell(context, &check, &looked)?,
    }
    match &check.halted {
        Some(error) => Err(Migrations::Directory(directory).replayed(error, &check.lacking)),
        None if check.agrees() => Ok(Exit::Done),
        None => Ok(Exit::Differences),
    }
}
