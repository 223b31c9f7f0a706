//! `glowplug database`

use std::path::Path;

use clap::{Args, Subcommand};
use diesel_migrations::MigrationHarness as _;

use super::args::DirectoryArgs;
use super::migration::Session;
use super::setup::{DefaultMigrationArgs, write_default_migration};
use super::{Answer, DieselArgs, Target, run, server};
use crate::apply::is_set_up;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::report::Failure;
use crate::connection::with_connection;

pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  glowplug database setup
  glowplug database reset
  glowplug database drop

The verbs of Diesel CLI, with its flags and its exit codes: 0 done, 1 failed, 2 usage.
They do not ask: `reset` and `drop` delete the database with all its rows.
";

/// The flags of `database`.
#[derive(Args, Clone, Debug)]
pub struct DatabaseCommand {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    directory: DirectoryArgs,
    #[command(flatten)]
    diesel: DieselArgs,
}

#[derive(Clone, Debug, Subcommand)]
enum Verb {
    /// Creates the database specified in your DATABASE_URL, and then runs any existing migrations.
    Setup(DefaultMigrationArgs),
    /// Resets your database by dropping the database specified in your DATABASE_URL and then
    /// running `database setup`.
    Reset(DefaultMigrationArgs),
    /// Drops the database specified in your DATABASE_URL.
    #[command(hide = true)]
    Drop,
}

impl DatabaseCommand {
    pub(in crate::cli) fn diesel(&mut self) -> &mut DieselArgs {
        &mut self.diesel
    }
}

pub(in crate::cli) fn run(args: &DatabaseCommand, context: &Context<'_>) -> Answer {
    let target = Target::of(&args.diesel, context)?;
    let (is_reset, default_migration) = match &args.verb {
        Verb::Drop => {
            server::drop_if_there(&target.url, context)?;
            return Ok(Exit::Done);
        }
        Verb::Setup(args) => (false, args),
        Verb::Reset(args) => (true, args),
    };
    let directory = args.directory.path(&target.project, context)?;
    if is_reset {
        server::drop_if_there(&target.url, context)?;
    }
    set_up(&target, &directory, default_migration, context)?;
    super::regenerate::regenerate(&target, &mut target.connect()?, &args.diesel, context)?;
    Ok(Exit::Done)
}

/// Makes the database, and runs the migrations unless there is a table of migrations already.
pub(super) fn set_up(
    target: &Target,
    directory: &Path,
    default_migration: &DefaultMigrationArgs,
    context: &Context<'_>,
) -> Result<(), Failure> {
    server::create_if_absent(&target.url, context)?;
    write_default_migration(default_migration, target.url.backend(), directory)?;
    let mut session = Session::open(target, directory.to_owned())?;
    if with_connection!(&mut session.connection, one => is_set_up(one))
        .map_err(|e| Failure::from(&e))?
    {
        return Ok(());
    }
    run::run(&mut session, context)?;
    // With nothing to run there is no table yet.
    let made = with_connection!(&mut session.connection, one => one.applied_migrations().map(drop));
    made.map_err(|error| {
        Failure::new(Exit::Failed, format!("`__diesel_schema_migrations` cannot be made: {error}"))
    })
}
