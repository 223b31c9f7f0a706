//! An agent's working memory: the application that `schema.rs` and `migrations/` belong to.
//!
//! It brings its database up to date before it does anything else, however many copies of it start
//! at once, and has glowplug's verbs on its own command line:
//!
//! ```text
//! cargo run --example app                        # remember one run of the agent, tell what is known
//! cargo run --example app -- recall
//! cargo run --example app -- migrate-status
//! ```
//!
//! The database is DATABASE_URL, else the SQLite file app.sqlite.
#![expect(clippy::print_stdout, reason = "an application prints")]

mod database;
mod memory;
#[path = "../../schema.rs"]
#[rustfmt::skip]
mod schema;

use std::error::Error;

use clap::{Parser, Subcommand};
use glowplug::cli::{ApplicationCommand, Exit};

use database::{DEFAULT_URL, Database, migrations};
use memory::Memory;

/// Remembers what an agent did, and why
#[derive(Parser)]
#[command(name = "app")]
struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    /// Remember one run of the agent, and tell what is known (the default)
    Remember {
        /// What the person asked for
        #[arg(default_value = "Why does the build fail?")]
        request: String,
    },
    /// Tell what is known
    Recall,
    #[command(flatten)]
    Database(Box<ApplicationCommand>),
}

fn main() -> Exit {
    let outcome = match Cli::parse().verb {
        Some(Verb::Database(command)) => {
            return command.run_on(migrations(), Some(DEFAULT_URL));
        }
        Some(Verb::Recall) => tell(None),
        Some(Verb::Remember { request }) => tell(Some(&request)),
        None => tell(Some("Why does the build fail?")),
    };
    match outcome {
        Ok(()) => Exit::Done,
        Err(error) => {
            tell_error(error.as_ref());
            Exit::Failed
        }
    }
}

/// The application proper: migrate, then work.
fn tell(request: Option<&str>) -> Result<(), Box<dyn Error>> {
    let mut database = Database::open()?;
    let report = database.migrate()?;
    println!("{} migrations applied at start-up", report.applied.len());
    for warning in &report.warnings {
        println!("note: {warning}");
    }

    let mut memory = Memory::new(&mut database);
    if let Some(request) = request {
        memory.remember(request)?;
    }
    print!("{}", memory.summary()?);
    Ok(())
}

#[expect(clippy::print_stderr, reason = "an application prints")]
fn tell_error(error: &dyn Error) {
    eprintln!("error: {error}");
    let mut source = error.source();
    while let Some(error) = source {
        eprintln!("  caused by: {error}");
        source = error.source();
    }
}
