//! `glowplug baseline`

use std::path::Path;

use clap::Args;
use diesel::connection::SimpleConnection as _;
use jiff::Timestamp;

use crate::apply::prove::ProveError;
use crate::backend::resolve::Drops;
use crate::backend::{self, Backend, CatalogChange, DatabaseError, Dialect, Refusal, Scope};
use crate::cli::args::{DatabaseArgs, MigrationArgs, ScopeArgs};
use crate::cli::context::{Context, relative};
use crate::cli::exit::Exit;
use crate::cli::failures::{lacks, refused};
use crate::cli::migrations::Migrations;
use crate::cli::report::Failure;
use crate::cli::side::Side;
use crate::cli::text::count;
use crate::cli::{checked, load, unmanaged};
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode, with_connection};
use crate::files::MigrationsDir;
use crate::model::Schema;
use crate::parse::parse_source;
use crate::pipeline::{
    self, CompareOptions, CreateError, CreateOptions, CreateOutcome, Drift, NoAnswers, Unmanaged,
};
use crate::{apply::MigrationManager, pull};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug baseline
  glowplug baseline --to 2026-11-22-110343-0000
  glowplug baseline --name initial

Where there are migrations, they are compared with the database and noted as applied, without being
run. Where there is none, one is written that makes what the database holds, and noted. What differs,
or what no migration that is written by itself can say, is named and refused without `--yes`.
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
    scope: ScopeArgs,
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
    let mut unmanaged = unmanaged::read(&project)?;
    let scope = args.scope.of(Some(&mut connection), &mut unmanaged)?;
    let mut looked = Looked { database: connection, url: &url, scope, unmanaged };
    if directory.migrations().list()?.is_empty() {
        let now = context.now(&project)?;
        write_first(args, &mut looked, directory.migrations(), context, now)?;
    } else if args.to.is_none() && !args.yes {
        let Side::Scratch(mut migrated) = Side::of_migrations(&path, url.backend(), Some(&url))?
        else {
            unreachable!("the migrations ran on a scratch database")
        };
        let drift = compare(&mut migrated, &mut looked, context)?;
        if !drift.is_empty() {
            // Of other kinds of objects there is no SQL.
            let sql = "`glowplug diff migrations database` shows it as SQL with `--sql`".to_owned();
            let what = "the database is not what the migrations make";
            return Err(Failure::new(Exit::Refused, what)
                .hints((!drift.operations.is_empty()).then_some(sql))
                .hint(
                    "`--yes` notes them all the same; `--to VERSION` notes only the first ones",
                ));
        }
    }
    let migrations = Migrations::Directory(directory.migrations().clone());
    let manager = MigrationManager::new(migrations.clone());
    let to = args.to.as_deref();
    let report = with_connection!(&mut looked.database, one => manager.fake(one, to));
    let report = report.map_err(|error| migrations.failure(&error))?;
    for done in &report.applied {
        context.ui.answer(&*done.name)?;
    }
    let noted = count(report.applied.len() as u64, "migration");
    context.ui.status(format!("{noted} noted as applied; nothing was run"));
    Ok(Exit::Done)
}

/// The database, and as much of it as is looked at.
struct Looked<'a> {
    database: AnyConnection,
    url: &'a DatabaseUrl,
    scope: Scope,
    unmanaged: Unmanaged,
}

/// Writes the migration that makes what the database holds, if it does, or that is wanted all the same.
fn write_first(
    args: &BaselineArgs,
    looked: &mut Looked<'_>,
    directory: &MigrationsDir,
    context: &Context<'_>,
    now: Timestamp,
) -> Result<(), Failure> {
    let backend = looked.url.backend();
    let dialect = backend::dialect(Some(&mut looked.database), backend)?;
    let schema = pipeline::read(Some(&mut looked.database), dialect, &looked.scope)?;
    let schema = looked.unmanaged.without(&schema).into_owned();
    let mut empty = pipeline::scratch(backend, Some(looked.url), [])?;
    let made = match backend {
        // The file keeps the text of every object.
        Backend::Sqlite => {
            let (name, unmanaged) = (&args.name, &looked.unmanaged);
            pipeline::baseline(&mut empty, &schema, dialect, directory, name, unmanaged, now)
                .map_err(lacking)
        }
        Backend::Postgres | Backend::Mysql => {
            let models = of_models(schema, dialect, context)?;
            let options = CreateOptions {
                compare: CompareOptions { drops: Drops::None, ..CompareOptions::default() },
                name: Some(args.name.clone()),
                dry_run: true,
                ..CreateOptions::default()
            };
            let answers = &mut NoAnswers;
            pipeline::create(Some(&mut empty), backend, &models, directory, &options, answers, now)
                .map_err(|error| unproven(error).hints(lacks(empty.lacking())))
        }
    };
    let mut made = match made? {
        CreateOutcome::Created(made) => Some(made),
        CreateOutcome::NoChanges(_) => None,
    };
    for scripts in made.iter().flat_map(|made| &made.migrations) {
        empty.batch_execute(&scripts.up.sql).map_err(DatabaseError::query("running up.sql"))?;
    }
    let drift = compare(&mut empty, looked, context)?;
    if !drift.is_empty() && !args.yes {
        let number = count(drift.len() as u64, "difference");
        let message = format!("a migration that is written now does not make all of it: {number}");
        return Err(Failure::new(Exit::Refused, message).hint(
            "`--yes` writes and notes it all the same; a second one, by hand, can make what it leaves \
             out, and `glowplug migrate --fake` notes that",
        ));
    }
    if let Some(made) = &mut made {
        made.write(directory, Vec::new(), now)?;
        for file in &made.files {
            context.ui.status(format!("written: {}", relative(file).display()));
        }
    }
    Ok(())
}

/// The models that say it. What they cannot say is named, and missing in the comparison later.
fn of_models(
    mut schema: Schema,
    dialect: &dyn Dialect,
    context: &Context<'_>,
) -> Result<Schema, Failure> {
    for left_out in pull::leave_out(&mut schema, dialect) {
        context.ui.warning(&format!("left out: {left_out}"));
    }
    let models = pull::print(&schema, dialect).map_err(|refusals| refused(&refusals))?;
    Ok(parse_source(Path::new("pulled.rs"), &models, dialect.backend())?)
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
        other => unproven(other),
    }
}

/// A proof that fails, without the flags of `create`.
fn unproven(error: CreateError) -> Failure {
    match error {
        CreateError::Unproven(error) => Failure::of(Exit::Failed, &error).hint(
            "nothing was written; `glowplug baseline` notes a migration that was written by hand, too",
        ),
        other => other.into(),
    }
}

/// The database must be what the migrations make, or the next one would fail, or worse: tells where it
/// is not.
fn compare(
    migrated: &mut AnyConnection,
    looked: &mut Looked<'_>,
    context: &Context<'_>,
) -> Result<Drift, Failure> {
    let Looked { database, url, scope, unmanaged } = looked;
    let dialect = backend::dialect(Some(database), url.backend())?;
    let mut drift = pipeline::drift(migrated, database, scope, unmanaged, dialect)?;
    // Where a table is one text, that of another hand says the same in other words.
    let one_text = |it: &CatalogChange| {
        it.from.is_some() && it.to.is_some() && ["table", "index", "view"].contains(&&*it.kind)
    };
    drift.objects.retain(|it| dialect.backend() == Backend::Postgres || !one_text(it));
    for line in checked::drift_lines(&drift) {
        context.ui.status(line);
    }
    checked::drift_notes(context, &drift);
    Ok(drift)
}
