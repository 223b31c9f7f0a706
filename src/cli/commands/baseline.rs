//! `glowplug baseline`

use std::path::Path;

use clap::Args;
use jiff::Timestamp;

use crate::apply::MigrationManager;
use crate::apply::prove::ProveError;
use crate::backend::resolve::Drops;
use crate::backend::{Dialect, Refusal, Scope};
use crate::cli::args::{DatabaseArgs, MigrationArgs};
use crate::cli::changes;
use crate::cli::config::Project;
use crate::cli::context::{Context, relative};
use crate::cli::difference::Difference;
use crate::cli::exit::Exit;
use crate::cli::failures::refused;
use crate::cli::load;
use crate::cli::migrations::Migrations;
use crate::cli::report::Failure;
use crate::cli::side::Side;
use crate::cli::text::count;
use crate::cli::unmanaged;
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode, Scratch, with_connection};
use crate::files::MigrationsDir;
use crate::model::{Backend, Schema};
use crate::parse::parse_source;
use crate::pipeline::{self, CompareOptions, CreateError, CreateOptions, CreateOutcome, NoAnswers};
use crate::pull;

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug baseline
  glowplug baseline --to 2026-11-22-110343-0000
  glowplug baseline --name initial

Where there are migrations, they are compared with the database and noted as applied, without being
run. Where there is none, one is written that makes what the database holds, and noted.
";

/// The flags of `baseline`.
#[derive(Args, Clone, Debug)]
pub struct BaselineArgs {
    /// Note the migrations up to this one: its version or its directory's name
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    /// Name the migration that is written where there is none
    #[arg(long, value_name = "NAME", default_value = "baseline", hide_default_value = true)]
    name: String,
    /// Note them although the database is not what they make
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    migrations: MigrationArgs,
    #[command(flatten)]
    pub(super) database: DatabaseArgs,
}

pub(super) fn run(args: &BaselineArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let url = context.database_url(&project, &args.database)?;
    let path = context.migration_dir(&project, &args.migrations)?;
    let directory = load::Directory::for_writing(&path)?;
    let mut connection = AnyConnection::open(&url, OpenMode::Existing)?;
    if directory.migrations().list()?.is_empty() {
        write_first(args, &project, &url, &mut connection, directory.migrations(), context)?;
    } else if args.to.is_none() && !args.yes {
        compare(&project, &url, &path, context)?;
    }
    let migrations = Migrations::Directory(directory.migrations().clone());
    let manager = MigrationManager::new(migrations.clone());
    let to = args.to.as_deref();
    let report = with_connection!(&mut connection, one => manager.fake(one, to));
    let report = report.map_err(|error| migrations.failure(&error))?;
    for done in &report.applied {
        context.ui.answer(&*done.name)?;
    }
    let noted = count(report.applied.len() as u64, "migration");
    context.ui.status(format!("{noted} noted as applied; nothing was run"));
    Ok(Exit::Done)
}

/// Writes the migration that makes what the database holds.
fn write_first(
    args: &BaselineArgs,
    project: &Project,
    url: &DatabaseUrl,
    connection: &mut AnyConnection,
    directory: &MigrationsDir,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let dialect = url.backend().dialect();
    let unmanaged = unmanaged::read(project)?;
    let schema = pipeline::read(Some(connection), dialect, &Scope::default())?;
    let schema = unmanaged.without(&schema).into_owned();
    let mut empty = Scratch::create(url.backend(), Some(url))?;
    let now = context.now(project)?;
    let made = match url.backend() {
        // The file keeps the text of every object.
        Backend::Sqlite => {
            let name = &args.name;
            pipeline::baseline(&mut empty, &schema, dialect, directory, name, &unmanaged, now)
                .map_err(lacking)?
        }
        Backend::Postgres | Backend::Mysql => {
            of_models(args, &schema, dialect, &mut empty, directory, now)?
        }
    };
    if let CreateOutcome::Created(made) = made {
        for file in &made.files {
            context.ui.status(format!("written: {}", relative(file).display()));
        }
    }
    Ok(())
}

/// Nothing is written unproven here: what only the application registers is left to it.
fn lacking(error: CreateError) -> Failure {
    match error {
        CreateError::Unproven(ProveError::Refused(Refusal {
            object, hint: Some(hint), ..
        })) if hint.contains("--unproven") => {
            let reason = "the database uses it, and glowplug's SQLite does not have it";
            let hint = "the setting `unmanaged` leaves out what needs it, by name";
            refused(&[Refusal::new(object, reason).hint(hint)])
        }
        other => other.into(),
    }
}

/// By way of the models that say it: what they cannot say is refused by name.
fn of_models(
    args: &BaselineArgs,
    schema: &Schema,
    dialect: &dyn Dialect,
    empty: &mut AnyConnection,
    directory: &MigrationsDir,
    now: Timestamp,
) -> Result<CreateOutcome, Failure> {
    let models = pull::print(schema, dialect).map_err(|refusals| refused(&refusals))?;
    let models = parse_source(Path::new("pulled.rs"), &models, dialect.backend())?;
    let options = CreateOptions {
        compare: CompareOptions { drops: Drops::None, ..CompareOptions::default() },
        name: Some(args.name.clone()),
        ..CreateOptions::default()
    };
    let backend = dialect.backend();
    Ok(pipeline::create(Some(empty), backend, &models, directory, &options, &mut NoAnswers, now)?)
}

/// The database must be what the migrations make, or the next one would fail, or worse.
fn compare(
    project: &Project,
    url: &DatabaseUrl,
    path: &Path,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let migrations = Side::of_migrations(path, url.backend(), Some(url))?;
    let database = Side::of_database(url)?;
    let dialect = url.backend().dialect();
    let unmanaged = unmanaged::read(project)?;
    let difference = Difference::between(migrations, database, dialect, unmanaged, context)?;
    let changes = difference.changes();
    if changes.is_empty() {
        return Ok(());
    }
    for change in &changes {
        context.ui.status(changes::line(change));
    }
    Err(Failure::new(Exit::Refused, "the database is not what the migrations make")
        .hint("`glowplug diff migrations database` shows it as SQL with `--sql`")
        .hint("`--yes` notes them all the same; `--to VERSION` notes only the first ones"))
}
