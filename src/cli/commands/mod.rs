//! The verbs, one a file.

mod completions;
pub(super) mod create;
mod diff;
mod init;
pub(super) mod migrate;
mod pull;
mod repair;
pub(super) mod revert;
pub(super) mod status;

use clap::Subcommand;

use revert::Then;

use super::args::{DatabaseArgs, Format, TerminalArgs};
use super::context::Context;
use super::diesel::{self, BeforeVerb, DieselArgs};
use super::exit::Exit;
use super::report::Failure;
use super::ui::Ui;

/// A verb of `glowplug` with its flags. It flattens into the clap enum of another command line.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compare the models with the database and write the migration between them
    #[command(after_long_help = create::EXAMPLES)]
    Create(create::CreateArgs),
    /// Apply what is pending
    #[command(after_long_help = migrate::EXAMPLES)]
    Migrate(migrate::MigrateArgs),
    /// Tell what is applied and what is pending
    #[command(after_long_help = status::EXAMPLES)]
    Status(status::StatusArgs),
    /// Take the latest migrations back
    #[command(after_long_help = revert::EXAMPLES)]
    Revert(revert::RevertArgs),
    /// Revert the latest migrations and apply them again
    #[command(after_long_help = revert::REDO_EXAMPLES)]
    Redo(revert::RevertArgs),
    /// Mend the notes about migrations: accept edited ones, forget where one stopped
    #[command(after_long_help = repair::EXAMPLES)]
    Repair(repair::RepairArgs),
    /// Show the difference between models, databases, migrations and SQL files
    #[command(after_long_help = diff::EXAMPLES)]
    Diff(diff::DiffArgs),
    /// Write the models that describe a database
    #[command(after_long_help = pull::EXAMPLES)]
    Pull(pull::PullArgs),
    /// Prepare a project: make the migrations directory and show what to add where
    #[command(after_long_help = init::EXAMPLES)]
    Init(init::InitArgs),
    /// Create the database, the migrations directory and diesel.toml, as Diesel CLI
    #[command(after_long_help = diesel::setup::EXAMPLES)]
    Setup(diesel::setup::SetupCommand),
    /// Create or drop the database, as Diesel CLI
    #[command(alias = "db", after_long_help = diesel::database::EXAMPLES)]
    Database(diesel::database::DatabaseCommand),
    /// Run, revert, list or generate migrations, as Diesel CLI
    #[command(after_long_help = diesel::migration::EXAMPLES)]
    Migration(diesel::migration::MigrationCommand),
    /// Print the tables of a database, as Diesel CLI
    #[command(after_long_help = diesel::print_schema::EXAMPLES)]
    PrintSchema(diesel::print_schema::PrintSchemaCommand),
    /// Print a script that completes the command line in a shell
    #[command(after_long_help = completions::EXAMPLES)]
    Completions(completions::CompletionsArgs),
}

impl Command {
    /// Runs the verb. It prints its answer and its errors itself.
    #[must_use]
    pub fn run(&self) -> Exit {
        self.run_with(&TerminalArgs::default())
    }

    /// Runs the verb and prints as the flags say.
    #[must_use]
    pub fn run_with(&self, terminal: &TerminalArgs) -> Exit {
        let ui = Ui::new(terminal);
        let context = Context { ui: &ui, embedded: None, default_url: None };
        let answer = match self {
            Self::Create(args) => create::run(args, &context),
            Self::Migrate(args) => migrate::run(args, &context),
            Self::Status(args) => status::run(args, &context),
            Self::Revert(args) => revert::run(args, Then::Stop, &context),
            Self::Redo(args) => revert::run(args, Then::ApplyAgain, &context),
            Self::Repair(args) => repair::run(args, &context),
            Self::Diff(args) => diff::run(args, &context),
            Self::Pull(args) => pull::run(args, &context),
            Self::Init(args) => init::run(args, &context),
            Self::Setup(args) => diesel::end(diesel::setup::run(args, &context)),
            Self::Database(args) => diesel::end(diesel::database::run(args, &context)),
            Self::Migration(args) => diesel::end(diesel::migration::run(args, &context)),
            Self::PrintSchema(args) => diesel::end(diesel::print_schema::run(args, &context)),
            Self::Completions(args) => completions::run(*args, &context),
        };
        finish(&ui, self.format(), answer)
    }

    /// The shape of the answer, which is also that of an error.
    fn format(&self) -> Format {
        match self {
            Self::Create(args) => args.format.format,
            Self::Migrate(args) => args.format.format,
            Self::Status(args) => args.format.format,
            Self::Revert(args) | Self::Redo(args) => args.format.format,
            Self::Repair(args) => args.format.format,
            Self::Diff(args) => args.format.format,
            Self::Pull(_)
            | Self::Init(_)
            | Self::Setup(_)
            | Self::Database(_)
            | Self::Migration(_)
            | Self::PrintSchema(_)
            | Self::Completions(_) => Format::Text,
        }
    }

    /// Diesel CLI takes its flags before the verb too; those of the verb win.
    pub(super) fn after(mut self, before: BeforeVerb) -> Self {
        if let Some(diesel) = self.diesel() {
            diesel.after(before);
        } else if let Some(database) = self.database() {
            database.database_url = database.database_url.take().or(before.database_url);
            database.config.config_file = database.config.config_file.take().or(before.config_file);
        }
        self
    }

    /// The flags of Diesel CLI's own verbs.
    fn diesel(&mut self) -> Option<&mut DieselArgs> {
        match self {
            Self::Setup(args) => Some(args.diesel()),
            Self::Database(args) => Some(args.diesel()),
            Self::Migration(args) => Some(args.diesel()),
            Self::PrintSchema(args) => Some(args.diesel()),
            Self::Create(_)
            | Self::Migrate(_)
            | Self::Status(_)
            | Self::Revert(_)
            | Self::Redo(_)
            | Self::Repair(_)
            | Self::Diff(_)
            | Self::Pull(_)
            | Self::Init(_)
            | Self::Completions(_) => None,
        }
    }

    /// The flags that name the database, where the verb has them.
    fn database(&mut self) -> Option<&mut DatabaseArgs> {
        match self {
            Self::Create(args) => Some(&mut args.database),
            Self::Migrate(args) => Some(&mut args.database),
            Self::Status(args) => Some(&mut args.database),
            Self::Revert(args) | Self::Redo(args) => Some(&mut args.database),
            Self::Repair(args) => Some(&mut args.database),
            Self::Diff(args) => Some(&mut args.database),
            Self::Pull(args) => Some(&mut args.database),
            Self::Init(_)
            | Self::Setup(_)
            | Self::Database(_)
            | Self::Migration(_)
            | Self::PrintSchema(_)
            | Self::Completions(_) => None,
        }
    }
}

/// Tells why a verb failed, if it did.
pub(super) fn finish(ui: &Ui, format: Format, answer: Result<Exit, Failure>) -> Exit {
    match answer {
        Ok(exit) => exit,
        Err(failure) => {
            if !failure.is_silent() {
                ui.failure(&failure, format);
            }
            failure.exit()
        }
    }
}
