//! `glowplug create`

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use crate::apply::Progress;
use crate::apply::prove::Place;
use crate::backend::resolve::Drops;
use crate::cli::answers::Asked;
use crate::cli::args::{DatabaseArgs, Format, FormatArgs, LockArgs, MigrationArgs, ModelArgs};
use crate::cli::config::Project;
use crate::cli::context::Context;
use crate::cli::created::{self, Document};
use crate::cli::exit::Exit;
use crate::cli::fill::FillFlag;
use crate::cli::locks::Locks;
use crate::cli::report::Failure;
use crate::cli::side::Side;
use crate::cli::slow::Slow;
use crate::cli::{load, settings, unmanaged};
use crate::diff::rename::Answer;
use crate::pipeline::{self, CompareOptions, CreateOptions, CreateOutcome};
use crate::plan::Fills;
use crate::plan::safety::{RULES, Severity};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug create
  glowplug create add_plan_to_session
  glowplug create --dry-run
  glowplug create --rename session.plan=session.outline
  glowplug create --fill \"session.plan='none'\" --allow drop-column
  glowplug create --from migrations

It refuses (exit 4) what would lose data or needs an answer, and names the flag that allows it.
With --format json: {\"version\": 1, \"changes\": […], \"hazards\": […], \"notices\": […],
\"traps\": [{\"table\", \"message\"}], \"proof\": …, \"files\": […], \"up_sql\": …, \"down_sql\": …}.
";

/// The flags of `create`.
#[derive(Args, Clone, Debug)]
pub struct CreateArgs {
    /// Name the migration; without a name it is named for what it changes
    #[arg(value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) name: Option<String>,
    /// The same as NAME
    #[arg(long = "name", value_name = "NAME", conflicts_with = "name", hide_short_help = true,
        value_parser = NonEmptyStringValueParser::new())]
    pub(super) named: Option<String>,
    /// Show the migration and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Build indexes while others write, each in a migration of its own (PostgreSQL)
    #[arg(long)]
    pub(super) concurrently: bool,
    /// Compare the models with the migrations instead of the database
    #[arg(
        long,
        value_name = "SOURCE",
        value_enum,
        hide_possible_values = true,
        help = "Compare the models with `migrations` instead of the database"
    )]
    pub(super) from: Option<From>,
    #[command(flatten)]
    pub(super) answers: AnswerArgs,
    #[command(flatten)]
    locks: LockArgs,
    #[command(flatten)]
    pub(super) models: ModelArgs,
    #[command(flatten)]
    pub(super) migrations: MigrationArgs,
    #[command(flatten)]
    pub(in crate::cli) database: DatabaseArgs,
    #[command(flatten)]
    pub(in crate::cli) format: FormatArgs,
}

/// What `create` would ask on a terminal.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Answers")]
pub(in crate::cli) struct AnswerArgs {
    /// Rename a table or a column, as in a.b=a.c (can be repeated)
    #[arg(long, value_name = "OLD=NEW")]
    pub(super) rename: Vec<Answer>,
    /// Take whatever else looks like a rename for a drop and an addition
    #[arg(long)]
    pub(super) no_renames: bool,
    /// Fill the column of rows that are there already (can be repeated)
    #[arg(long, value_name = "TABLE.COLUMN=SQL")]
    pub(super) fill: Vec<FillFlag>,
    /// The same for down.sql, where a dropped column comes back (can be repeated)
    #[arg(long, value_name = "TABLE.COLUMN=SQL")]
    pub(super) fill_down: Vec<FillFlag>,
    /// Allow these hazards, comma-separated, or `all`
    #[arg(long, value_name = "HAZARDS", value_delimiter = ',', value_parser = hazard)]
    pub(in crate::cli) allow: Vec<String>,
    /// Drop these objects that no model names, comma-separated, or `unnamed` for all of them
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) drop: Vec<String>,
    /// Prove it on the `live` tables, rolled back, or in a `scratch` schema (PostgreSQL)
    #[arg(long, value_name = "WHERE", value_enum, hide_possible_values = true)]
    pub(super) prove: Option<Prove>,
    /// Write it without having run it
    #[arg(long, conflicts_with = "prove")]
    pub(super) unproven: bool,
}

/// The name of a hazard that can be allowed.
fn hazard(name: &str) -> Result<String, String> {
    let mut names: Vec<_> =
        RULES.iter().filter(|rule| rule.severity == Severity::Loss).map(|rule| rule.name).collect();
    names.push("all");
    if names.contains(&name) {
        return Ok(name.to_owned());
    }
    Err(format!("the hazards that can be allowed are {}", names.join(", ")))
}

/// What the models are compared with.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum From {
    /// The migrations, replayed on a scratch database.
    Migrations,
}

/// Where PostgreSQL proves a migration.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Prove {
    /// On the real tables, in a transaction that is rolled back.
    Live,
    /// In a schema that is rolled back.
    Scratch,
}

pub(in crate::cli) fn run(args: &CreateArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let project = context.project(args.database.config.config_file.as_deref())?;
    let locks = Locks::of(&project, &args.locks)?;
    let url = locks.url(context.database_url(&project, &args.database)?);
    let models = load::models(context, &project, &args.models, url.backend())?;
    let slow = Slow::new(context.ui, args.format.format);
    let options = CreateOptions { progress: slow.progress(), ..options(args, &project, locks)? };
    unmanaged::warn(context, &models, &options.compare.unmanaged);
    let path = context.migration_dir(&project, &args.migrations)?;
    let now = context.now(&project)?;

    let directory = load::Directory::for_writing(&path)?;
    let mut base = match args.from {
        Some(From::Migrations) => Side::of_migrations(&path, url.backend(), Some(&url))?,
        None => Side::of_database(&url)?,
    };
    let outcome = pipeline::create(
        base.connection(),
        url.backend(),
        &models,
        directory.migrations(),
        &options,
        &mut Asked::new(context.ui),
        now,
    )?;
    drop(directory);
    slow.done();
    match (outcome, args.format.format) {
        (CreateOutcome::NoChanges(comparison), Format::Text) => {
            created::notices(context, &comparison.notices);
            context.ui.status("No changes detected");
        }
        (CreateOutcome::NoChanges(comparison), Format::Json) => {
            context.ui.json(&Document::nothing(&comparison))?;
        }
        (CreateOutcome::Created(made), Format::Text) => {
            created::tell(context, &made, args.dry_run)?;
        }
        (CreateOutcome::Created(made), Format::Json) => {
            context.ui.json(&Document::of(&made, &made.comparison.all()))?;
        }
    }
    Ok(Exit::Done)
}

/// The flags and settings, as the pipeline takes them.
fn options(args: &CreateArgs, project: &Project, locks: Locks) -> Result<CreateOptions, Failure> {
    Ok(CreateOptions {
        name: args.name.clone().or_else(|| args.named.clone()),
        dry_run: args.dry_run,
        concurrently: args.concurrently,
        lock_timeout: locks.timeout,
        ..options_of(&args.answers, project)?
    })
}

/// What the answers and the settings say.
pub(in crate::cli) fn options_of(
    answers: &AnswerArgs,
    project: &Project,
) -> Result<CreateOptions, Failure> {
    let fills = |flags: &[FillFlag]| {
        let mut fills = Fills::default();
        for flag in flags {
            fills.insert(&flag.table, &flag.column, flag.expression.clone());
        }
        fills
    };
    Ok(CreateOptions {
        compare: CompareOptions {
            renames: answers.rename.clone(),
            no_renames: answers.no_renames,
            drops: drops(&answers.drop),
            unmanaged: unmanaged::read(project)?,
        },
        name: None,
        fills: fills(&answers.fill),
        down_fills: fills(&answers.fill_down),
        allow: answers.allow.iter().cloned().collect(),
        place: place(answers.prove, project)?,
        oldest: project.sqlite_version(&settings::SQLITE_MIN_VERSION)?,
        proof_limit: project.mebibytes(&settings::PROOF_LIMIT)?,
        unproven: answers.unproven,
        dry_run: false,
        concurrently: false,
        progress: Progress::default(),
        lock_timeout: None,
    })
}

/// `--prove`, or the setting.
fn place(flag: Option<Prove>, project: &Project) -> Result<Place, Failure> {
    let flag = flag.map(|flag| match flag {
        Prove::Live => "live",
        Prove::Scratch => "scratch",
    });
    match project.text(&settings::PROVE, flag)?.as_deref() {
        None => Ok(Place::Nearest),
        Some("live") => Ok(Place::Live),
        Some("scratch") => Ok(Place::Scratch),
        Some(other) => Err(Failure::new(
            Exit::Failed,
            format!("the setting `prove` is `{other}`, expected `live` or `scratch`"),
        )),
    }
}

fn drops(names: &[String]) -> Drops {
    if names.iter().any(|name| name == "unnamed") {
        Drops::Unnamed
    } else if names.is_empty() {
        Drops::None
    } else {
        Drops::Named(names.iter().cloned().collect())
    }
}
