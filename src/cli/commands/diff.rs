//! `glowplug diff`

use clap::Args;
use serde::Serialize;

use crate::backend;
use crate::backend::resolve::Notice;
use crate::cli::args::{DatabaseArgs, Format, FormatArgs, MigrationArgs, ModelArgs, ScopeArgs};
use crate::cli::changes::Change;
use crate::cli::config::Project;
use crate::cli::context::Context;
use crate::cli::difference::Difference;
use crate::cli::exit::Exit;
use crate::cli::report::Failure;
use crate::cli::side::{Side, Source};
use crate::cli::text::count;
use crate::cli::{changes, created, load, unmanaged};
use crate::connection::DatabaseUrl;
use crate::diff::Operation;
use crate::model::Backend;

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug diff                                  what `create` would change
  glowplug diff migrations models --exit-code    for CI: 3 if a migration is missing
  glowplug diff database migrations              what was changed by hand
  glowplug diff old.sql new.sql --sql
  glowplug diff database postgres://app@staging/app

FROM and TO are `models`, `database`, `migrations` (replayed on a scratch database), the URL of a
database, or a .sql file. Nothing is changed, and what looks like a rename is a drop and an addition.
Where one side is the models, the schemas that they name are compared; else all that there are.
With --format json: {\"version\": 1, \"from\": …, \"to\": …, \"changes\": […],
\"notices\": […]}.
";

/// The flags of `diff`.
#[derive(Args, Clone, Debug)]
pub struct DiffArgs {
    /// Start from this [default: database]
    #[arg(value_name = "FROM", default_value = "database", hide_default_value = true)]
    from: Source,
    /// Go to this [default: models]
    #[arg(value_name = "TO", default_value = "models", hide_default_value = true)]
    to: Source,
    /// Print the SQL that goes from the one to the other
    #[arg(long)]
    sql: bool,
    /// Exit with 3 if there is a difference
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    models: ModelArgs,
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
    from: String,
    to: String,
    changes: Vec<Change<'a>>,
    notices: &'a [Notice],
    #[serde(skip_serializing_if = "Option::is_none")]
    sql: Option<&'a str>,
}

pub(super) fn run(args: &DiffArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let server = server(args, context, &project)?;
    let backend = server.as_ref().map_or(Backend::Sqlite, DatabaseUrl::backend);
    let server = server.as_ref();
    let unmanaged = unmanaged::read(&project)?;
    let read_models = || load::start_models(&project, &args.models, backend);
    // They are read while the database is opened.
    let asked = [&args.from, &args.to].contains(&&Source::Models);
    if asked && !args.scope.schema.is_empty() {
        let message =
            "`--schema` is for sides that are no models: models tell the schemas themselves";
        return Err(Failure::new(Exit::Usage, message));
    }
    let mut models = asked.then(read_models).transpose()?;
    let mut load = |source: &Source| match source {
        Source::Models => models.take().map_or_else(read_models, Ok).map(Side::Models),
        Source::Database => Side::of_database(&context.database_url(&project, &args.database)?),
        Source::Migrations => {
            let path = context.migration_dir(&project, &args.migrations)?;
            Side::of_migrations(&path, backend, server)
        }
        Source::Url(url) => Side::of_url(url),
        Source::File(path) => Side::of_file(path, backend, server),
    };
    let (mut from, mut to) = (load(&args.from)?, load(&args.to)?);
    let connection = from.connection().or_else(|| to.connection());
    let dialect = backend::dialect(connection, backend)?;
    let difference = Difference::between(from, to, dialect, &args.scope, unmanaged, context)?;
    let changes = difference.changes();
    let sql = args.sql.then(|| difference.sql(dialect)).transpose()?;
    match args.format.format {
        Format::Json => context.ui.json(&Document {
            version: 1,
            from: args.from.to_string(),
            to: args.to.to_string(),
            changes: changes::json(&changes),
            notices: difference.notices(),
            sql: sql.as_deref(),
        })?,
        Format::Text => {
            created::notices(context, difference.notices());
            tell(context, &changes, sql.as_deref())?;
        }
    }
    if args.exit_code && !changes.is_empty() {
        return Ok(Exit::Differences);
    }
    Ok(Exit::Done)
}

fn tell(context: &Context<'_>, changes: &[Operation], sql: Option<&str>) -> Result<(), Failure> {
    match sql {
        // An empty script is not even a comment.
        Some(_) if changes.is_empty() => {}
        Some(sql) => context.ui.document(sql)?,
        None => changes.iter().try_for_each(|change| context.ui.answer(changes::line(change)))?,
    }
    context.ui.status(match changes.len() {
        0 => "No differences".to_owned(),
        number => format!("{}; nothing was changed", count(number as u64, "difference")),
    });
    Ok(())
}

/// The database that tells the backend of both sides: one of them, else the project's. Without any,
/// it is SQLite.
fn server(
    args: &DiffArgs,
    context: &Context<'_>,
    project: &Project,
) -> Result<Option<DatabaseUrl>, Failure> {
    let mut told: Vec<DatabaseUrl> = Vec::new();
    for side in [&args.from, &args.to] {
        match side {
            Source::Database => told.push(context.database_url(project, &args.database)?),
            Source::Url(url) => told.push(url.clone()),
            Source::Models | Source::Migrations | Source::File(_) => {}
        }
    }
    if let [first, second] = told.as_slice()
        && first.backend() != second.backend()
    {
        let (one, other) = (first.backend(), second.backend());
        return Err(Failure::new(
            Exit::Usage,
            format!("`{first}` is {one} and `{second}` is {other}; expected two of one kind"),
        ));
    }
    match told.pop() {
        Some(url) => Ok(Some(url)),
        None if project.database_url(args.database.database_url.as_deref())?.is_none() => Ok(None),
        None => context.database_url(project, &args.database).map(Some),
    }
}
