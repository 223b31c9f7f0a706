//! `glowplug migration`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use diesel_migrations::FileBasedMigrations;

use super::args::DirectoryArgs;
use super::words;
use super::{Answer, DieselArgs, Target, generate, list, pending, redo, revert, run};
use crate::apply::{ApplyError, Direction, Event, MigrationManager, Report};
use crate::cli::context::{Context, relative};
use crate::cli::exit::Exit;
use crate::cli::interrupt;
use crate::cli::migrations::Migrations;
use crate::cli::report::Failure;
use crate::cli::ui::Ui;
use crate::connection::AnyConnection;

pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  glowplug migration run
  glowplug migration revert -n 2
  glowplug migration list
  glowplug migration generate add_plan --diff-schema

The verbs of Diesel CLI, with its flags and its exit codes: 0 done, 1 failed, 2 usage.
docs/diesel-cli.md tells where they do better on purpose.
";

/// The flags of `migration`.
#[derive(Args, Clone, Debug)]
pub struct MigrationCommand {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    directory: DirectoryArgs,
    #[command(flatten)]
    diesel: DieselArgs,
}

#[derive(Clone, Debug, Subcommand)]
enum Verb {
    /// Runs all pending migrations.
    Run,
    /// Reverts the specified migrations.
    Revert(revert::RevertArgs),
    /// Reverts and re-runs the latest migration. Useful for testing that a migration can in fact be
    /// reverted.
    Redo(redo::RedoArgs),
    /// Lists all available migrations, marking those that have been applied.
    List,
    /// Returns true if there are any pending migrations.
    Pending,
    /// Generate a new migration with the given name, and the current timestamp as the version.
    Generate(Box<generate::GenerateArgs>),
}

impl MigrationCommand {
    pub(in crate::cli) fn diesel(&mut self) -> &mut DieselArgs {
        &mut self.diesel
    }
}

pub(in crate::cli) fn run(args: &MigrationCommand, context: &Context<'_>) -> Answer {
    if let Verb::Generate(generate) = &args.verb {
        return generate::run(generate, &args.directory, &args.diesel, context);
    }
    let target = Target::of(&args.diesel, context)?;
    let directory = args.directory.path(&target.project, context)?;
    let mut session = Session::open(&target, directory)?;
    match &args.verb {
        Verb::Run => run::run(&mut session, context)?,
        Verb::Revert(revert) => revert::run(revert, &mut session, context)?,
        Verb::Redo(redo) => redo::run(redo, &mut session, context)?,
        Verb::List => return list::run(&mut session, context),
        Verb::Pending => return pending::run(&mut session, context),
        Verb::Generate(_) => unreachable!("it has returned"),
    }
    super::regenerate::regenerate(&target, &mut session.connection, &args.diesel, context)?;
    Ok(Exit::Done)
}

/// A database and its migrations, read as Diesel reads them: a file that is not needed is not
/// looked into.
pub(super) struct Session {
    pub(super) connection: AnyConnection,
    pub(super) migrations: Migrations<'static>,
    directory: PathBuf,
}

impl Session {
    pub(super) fn open(target: &Target, directory: PathBuf) -> Result<Self, Failure> {
        let connection = target.connect()?;
        let source = FileBasedMigrations::from_path(&directory).map_err(|error| {
            let message = format!("`{}`: {error}", relative(&directory).display());
            Failure::new(Exit::Failed, message).hint("`glowplug setup` makes it")
        })?;
        Ok(Self { connection, migrations: Migrations::Diesel(source), directory })
    }

    /// A manager that tells what it does in Diesel's lines.
    pub(super) fn manager(&self, ui: &Ui) -> MigrationManager<Migrations<'static>> {
        let stop = interrupt::listen(ui);
        let ui = ui.clone();
        MigrationManager::new(self.migrations.clone())
            .stop_when(|| stop.load(std::sync::atomic::Ordering::SeqCst))
            .on_event(move |event| tell(&ui, event))
    }

    /// The end of a run: what is odd is a warning.
    pub(super) fn finish(
        &self,
        ui: &Ui,
        report: Result<Report, ApplyError>,
    ) -> Result<(), Failure> {
        let report =
            report.map_err(|error| words::of_run(&self.migrations, &self.directory, &error))?;
        for warning in &report.warnings {
            ui.warning(&warning.to_string());
        }
        if report.stopped {
            return Err(Failure::new(Exit::Failed, interrupt::STOPPED));
        }
        Ok(())
    }
}

/// The line of a migration that goes up or down.
pub(super) fn line(ui: &Ui, direction: Direction, migration: &str) {
    // Diesel CLI says nothing of its own first migration.
    if migration.starts_with("00000000000000") {
        return;
    }
    let what = match direction {
        Direction::Up => "Running",
        Direction::Down => "Rolling back",
    };
    // A reader that went away does not stop the migrations.
    let _ = ui.answer(format!("{what} migration {migration}"));
}

fn tell(ui: &Ui, event: &Event<'_>) {
    match event {
        Event::Waiting { holder } => {
            let holder = holder.map_or(String::new(), |holder| format!(" ({holder})"));
            ui.status(format!("waiting for another process that migrates this database{holder}"));
        }
        Event::Started { migration, direction } => line(ui, *direction, migration),
        _ => {}
    }
}
