//! The flags that mean the same with every verb.

use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::builder::Styles;
use clap::{Args, Parser, ValueEnum};

use super::commands::Command;
use super::diesel::BeforeVerb;
use super::{exit, settings};
use crate::backend::{self, DatabaseError, Scope};
use crate::connection::AnyConnection;
use crate::pipeline::Unmanaged;

/// The colours of the help: cargo's.
pub(super) const STYLES: Styles = Styles::styled()
    .header(bold(AnsiColor::Green))
    .usage(bold(AnsiColor::Green))
    .literal(bold(AnsiColor::Cyan))
    .placeholder(Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan))))
    .error(bold(AnsiColor::Red))
    .valid(bold(AnsiColor::Cyan))
    .invalid(bold(AnsiColor::Yellow));

const fn bold(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi(color))).bold()
}

/// Proven schema migrations for Diesel
///
/// Change a model in schema.rs; `glowplug create` writes the up.sql and down.sql that bring the
/// database there and back, after it has run both.
#[derive(Debug, Parser)]
#[command(
    name = "glowplug",
    version,
    styles = STYLES,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_long_help = format!("{}\n{}", settings::help(), exit::help()),
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) terminal: TerminalArgs,
    #[command(flatten)]
    pub(super) before: BeforeVerb,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What is printed, and how.
#[derive(Args, Clone, Debug, Default)]
pub struct TerminalArgs {
    /// Colour the output
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        hide_possible_values = true,
        help = "Colour the output: auto, always or never [default: auto]",
        hide_default_value = true,
        help_heading = "Output"
    )]
    pub(super) color: ColorWhen,
    /// Tell only errors and warnings
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Output")]
    pub(super) quiet: bool,
    /// Tell more
    #[arg(short, long, global = true, help_heading = "Output")]
    pub(super) verbose: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The shape of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON document, with `"version": 1`.
    Json,
}

/// Where the project's settings are.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ConfigArgs {
    /// Read this file instead of diesel.toml [env: DIESEL_CONFIG_FILE]
    #[arg(long, value_name = "FILE", help_heading = "Project")]
    pub(super) config_file: Option<PathBuf>,
}

/// Which database.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct DatabaseArgs {
    /// Use this database [env: DATABASE_URL]
    ///
    /// `postgres://…` and `mysql://…` are servers; anything else is the path of a SQLite file.
    #[arg(long, value_name = "URL", help_heading = "Project")]
    pub(super) database_url: Option<String>,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

/// How other processes are kept away, and waited for.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct LockArgs {
    /// Wait this long for another process that migrates, or that keeps a SQLite file locked
    /// [default: 60]
    #[arg(long, value_name = "SECONDS", help_heading = "Project")]
    pub(super) lock_timeout: Option<u64>,
    /// Keep other processes away by a lock of the session, of each transaction, by a table, or none
    /// [default: session]
    ///
    /// `transaction` works through a pooler in transaction mode (PostgreSQL), `table` where locks of
    /// sessions are not shared, such as Galera.
    #[arg(long, value_name = "MODE", hide_possible_values = true, help_heading = "Project",
        value_parser = ["session", "transaction", "table", "none"])]
    pub(super) lock_mode: Option<String>,
}

/// Which migrations.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct MigrationArgs {
    /// Use the migrations in this directory [env: MIGRATION_DIRECTORY] [default: migrations]
    #[arg(long, value_name = "DIR", help_heading = "Project")]
    pub(super) migration_dir: Option<PathBuf>,
}

/// Which schemas, where no models tell.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ScopeArgs {
    /// Look at the default schema and this one only (can be repeated)
    /// [default: all, or those that models name]
    #[arg(long, value_name = "NAME", help_heading = "Project")]
    pub(super) schema: Vec<String>,
}

impl ScopeArgs {
    /// The schemas to read. What stands in the others becomes nobody's business.
    pub(super) fn of(
        &self,
        connection: Option<&mut AnyConnection>,
        unmanaged: &mut Unmanaged,
    ) -> Result<Scope, DatabaseError> {
        let Some(connection) = connection else { return Ok(Scope::default()) };
        let all = backend::everywhere(connection)?;
        if self.schema.is_empty() {
            return Ok(all);
        }
        // The default schema is read in any case, and its names bear no schema.
        for schema in all.schemas.iter().filter(|schema| !self.schema.contains(schema)) {
            unmanaged.pattern(format!("{schema}.*"));
        }
        Ok(Scope { schemas: self.schema.clone() })
    }
}

/// Which models.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ModelArgs {
    /// Read the models from this file or directory only (can be repeated)
    ///
    /// Without it, schema.rs, src/schema.rs and each file below src that holds `table!`,
    /// `joinable!` or `ddl!` are read.
    #[arg(long, value_name = "PATH", help_heading = "Project")]
    pub(super) models: Vec<PathBuf>,
    /// Read the models as with these Cargo features (comma-separated)
    #[arg(long, value_name = "NAMES", value_delimiter = ',', help_heading = "Project")]
    pub(super) features: Vec<String>,
}

/// The shape of the answer.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct FormatArgs {
    /// Print the answer as text or json [default: text]
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub(super) format: Format,
}
