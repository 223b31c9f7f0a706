//! The command line: the `glowplug` binary, and the same verbs for an application's own.
//!
//! One verb is one file of `commands/`. Only this module prints (`ui`) and reads the environment
//! (`config`); everything below it returns values.
//!
//! An application that has a clap command line of its own flattens [`ApplicationCommand`] into it
//! and gets `migrate`, `migrate-create`, `migrate-status` and `migrate-revert`:
//!
//! ```no_run
//! use clap::Parser;
//! use diesel_migrations::{EmbeddedMigrations, embed_migrations};
//! use glowplug::cli::{ApplicationCommand, Exit};
//!
//! const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
//!
//! #[derive(Parser)]
//! enum Cli {
//!     /// Serve requests
//!     Serve,
//!     #[command(flatten)]
//!     Database(ApplicationCommand),
//! }
//!
//! fn main() -> Exit {
//!     match Cli::parse() {
//!         Cli::Serve => Exit::Done,
//!         Cli::Database(command) => command.run(MIGRATIONS),
//!     }
//! }
//! ```

mod adoption;
mod answers;
mod application;
mod args;
mod changes;
mod checked;
mod commands;
mod config;
mod context;
mod created;
mod diesel;
mod difference;
mod exit;
mod failures;
mod fill;
mod interrupt;
mod load;
mod locks;
mod loss;
mod migrations;

mod prompt;
mod renamed;
mod report;
mod runner;
mod settings;
mod side;
mod slow;
mod sources;
mod text;
mod ui;
mod unmanaged;
mod unsettled;
mod usage;

pub use application::ApplicationCommand;
pub use args::TerminalArgs;
pub use commands::Command;
pub use exit::{EXIT_CODES, Exit};
pub use settings::{Kind, SETTINGS, Setting};

use std::process::ExitCode;

use clap::Parser as _;

/// Runs the `glowplug` binary with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let exit = match args::Cli::try_parse() {
        Ok(cli) => cli.command.after(cli.before).run_with(&cli.terminal),
        Err(error) => usage::tell(&error),
    };
    exit.into()
}
