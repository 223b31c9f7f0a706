//! Diesel CLI's own verbs: the same flags, the same lines on standard output, the same exit codes.
//!
//! What differs on purpose is in `docs/diesel-cli.md`. Behind the verbs stands glowplug's own
//! engine: migrations are applied under the lock and with the history, `--diff-schema` is answered
//! by the comparison that `create` makes.

mod args;
pub(super) mod database;
mod difference;
mod generate;
mod list;
pub(super) mod migration;
mod pending;
pub(super) mod print_schema;
mod redo;
mod regenerate;
mod revert;
mod run;
mod sections;
mod server;
pub(super) mod setup;
mod words;

pub(super) use args::{BeforeVerb, DieselArgs};

use super::config::Project;
use super::context::Context;
use super::exit::Exit;
use super::report::Failure;
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode};
use words::Words as _;

/// The verbs, as each file runs one.
type Answer = Result<Exit, Failure>;

/// The project and the database that the flags name.
struct Target {
    project: Project,
    url: DatabaseUrl,
}

impl Target {
    fn of(args: &DieselArgs, context: &Context<'_>) -> Result<Self, Failure> {
        let project = args.project()?;
        let url = args.url(&project, context)?;
        Ok(Self { project, url })
    }

    fn connect(&self) -> Result<AnyConnection, Failure> {
        // As Diesel CLI: a SQLite file that is not there is made.
        AnyConnection::open(&self.url, OpenMode::Create).in_diesels_words()
    }
}

/// Diesel CLI knows success, failure and a wrong command line.
pub(super) fn end(answer: Answer) -> Answer {
    match answer {
        Ok(_) => Ok(Exit::Done),
        Err(failure) => Err(failure.plain()),
    }
}
