//! `glowplug create`

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use crate::cli::args::{DatabaseArgs, FormatArgs, MigrationArgs, ModelArgs};
use crate::cli::pairs::{FillFlag, RenameFlag};

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug create
  glowplug create add_plan_to_session
  glowplug create --dry-run
  glowplug create --rename session.plan=session.outline
  glowplug create --fill \"session.plan='none'\" --allow drop-column
  glowplug create --from migrations

It refuses (exit 4) what would lose data or needs an answer, and names the flag that allows it.
With --format json: {\"version\": 1, \"changes\": […], \"hazards\": […], \"unnamed\": […],
\"proof\": …, \"files\": […]}, and with --dry-run the texts of up.sql and down.sql.
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
    pub(super) models: ModelArgs,
    #[command(flatten)]
    pub(super) migrations: MigrationArgs,
    #[command(flatten)]
    pub(super) database: DatabaseArgs,
    #[command(flatten)]
    pub(super) format: FormatArgs,
}

/// What `create` would ask on a terminal.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Answers")]
pub(super) struct AnswerArgs {
    /// Rename a table or a column, as in a.b=a.c (can be repeated)
    #[arg(long, value_name = "OLD=NEW")]
    pub(super) rename: Vec<RenameFlag>,
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
    #[arg(long, value_name = "HAZARDS", value_delimiter = ',')]
    pub(super) allow: Vec<String>,
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
