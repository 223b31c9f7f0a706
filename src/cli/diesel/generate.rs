//! `glowplug migration generate`

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::args::DirectoryArgs;
use super::difference::{self, Sql};
use super::server::cannot;
use super::{Answer, DieselArgs};
use crate::cli::commands::create::AnswerArgs;
use crate::cli::context::{Context, relative};
use crate::cli::exit::Exit;
use crate::cli::report::Failure;
use crate::files::{MigrationsDir, Version};

/// The flags of `migration generate`.
#[derive(Args, Clone, Debug)]
pub(super) struct GenerateArgs {
    /// The name of the migration to create
    #[arg(value_name = "MIGRATION_NAME")]
    name: String,
    /// Use this version instead of the current time
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Write no down.sql
    #[arg(short = 'u', long)]
    no_down: bool,
    /// The format of the migration
    #[arg(long, value_enum, default_value_t, hide_default_value = true)]
    format: Format,
    #[command(flatten)]
    pub(super) difference: DifferenceArgs,
    #[command(flatten)]
    pub(super) answers: AnswerArgs,
}

/// The flags of `--diff-schema`.
#[derive(Args, Clone, Debug)]
pub(super) struct DifferenceArgs {
    /// Write what brings the database to the models of this file, or of the project
    #[arg(long, value_name = "SCHEMA_RS", num_args = 0..=1, require_equals = true)]
    pub(super) diff_schema: Option<Option<PathBuf>>,
    /// For Diesel CLI: here a key is as wide as its model either way
    #[arg(long, requires = "diff_schema")]
    pub(super) sqlite_integer_primary_key_is_bigint: bool,
    /// Regular expressions that find names of tables
    #[arg(value_name = "TABLE")]
    pub(super) tables: Vec<String>,
    /// Compare only the tables that TABLE finds
    #[arg(short = 'o', long)]
    pub(super) only_tables: bool,
    /// Leave out the tables that TABLE finds
    #[arg(short = 'e', long)]
    pub(super) except_tables: bool,
    /// Take the file and the filter of this section of diesel.toml
    #[arg(long, value_name = "NAME")]
    pub(super) schema_key: Option<String>,
}

/// Diesel CLI knows one format.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    #[default]
    Sql,
}

pub(super) fn run(
    args: &GenerateArgs,
    directory: &DirectoryArgs,
    diesel: &DieselArgs,
    context: &Context<'_>,
) -> Answer {
    let Format::Sql = args.format;
    let project = diesel.project()?;
    let path = directory.path(&project, context)?;
    let _lock = lock(&path)?;
    let migrations = MigrationsDir::open(&path)?;
    let sql = match &args.difference.diff_schema {
        None => Sql::nothing_yet(),
        Some(_) => match difference::sql(args, &project, &migrations, diesel, context)? {
            Some(sql) => sql,
            None => {
                context.ui.status("No changes detected");
                return Ok(Exit::Done);
            }
        },
    };
    let now = context.now(&project)?;
    let name = |taken: &[String]| match &args.version {
        Some(version) => with_version(version, &args.name, taken),
        None => with_time(now, &args.name, taken),
    };
    for file in migrations.write_named(name, &sql.files(!args.no_down))? {
        // Diesel CLI does not tell of metadata.toml, which it never writes.
        context.ui.answer(format!("Creating {}", relative(&file).display()))?;
    }
    Ok(Exit::Done)
}

/// The lock that Diesel CLI takes, so that neither chooses a version that the other has chosen.
fn lock(directory: &Path) -> Result<File, Failure> {
    let path = directory.join(".diesel_lock");
    let file = match File::create_new(&path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => File::open(&path),
        made => made,
    };
    let file = file.map_err(|error| cannot("written", &path, &error))?;
    match file.lock() {
        // Some network file systems have no locks.
        Err(error) if error.kind() != ErrorKind::Unsupported => {
            Err(cannot("locked", &path, &error))
        }
        Ok(()) | Err(_) => Ok(file),
    }
}

fn with_version(version: &str, name: &str, taken: &[String]) -> Result<String, Failure> {
    let wanted = Version::of_directory(version);
    match taken.iter().find(|taken| Version::of_directory(taken) == wanted) {
        Some(taken) => Err(Failure::new(
            Exit::Failed,
            format!("Specified migration version `{version}` already exists: `{taken}`"),
        )),
        None => directory_name(version, name),
    }
}

/// The time, and the first number behind it that is free.
fn with_time(now: jiff::Timestamp, name: &str, taken: &[String]) -> Result<String, Failure> {
    let time = now.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%d-%H%M%S").to_string();
    let is_free = |prefix: &String| {
        let version = Version::of_directory(prefix);
        !taken.iter().any(|taken| Version::of_directory(taken) == version)
    };
    let free = (0..=u16::MAX).map(|number| format!("{time}-{number:04x}")).find(is_free);
    let free = free.ok_or_else(|| {
        Failure::new(
            Exit::Failed,
            format!("Tried to generate too many migrations with the same version `{time}`"),
        )
    })?;
    directory_name(&free, name)
}

fn directory_name(version: &str, name: &str) -> Result<String, Failure> {
    let full = format!("{version}_{name}");
    let is_one_name = Path::new(&full).file_name().is_some_and(|it| it == full.as_str());
    if is_one_name && !full.contains('\0') && !full.starts_with('.') && !version.is_empty() {
        return Ok(full);
    }
    Err(Failure::new(Exit::Failed, format!("`{full}` is no name of a directory of migrations")))
}
