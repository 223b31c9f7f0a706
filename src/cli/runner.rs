//! Runs migrations, and tells about it while it lasts.

use std::sync::atomic::Ordering;

use serde::Serialize;

use super::args::Format;
use super::exit::Exit;
use super::interrupt;
use super::locks::Locks;
use super::migrations::Migrations;
use super::report::Failure;
use super::slow::Slow;
use super::text::{Text, Tone};
use super::ui::Ui;
use crate::apply::{Direction, Event, MigrationManager, Report};
use crate::connection::DatabaseUrl;

/// How migrations are run.
pub(super) struct Runner<'a> {
    pub(super) migrations: &'a Migrations<'a>,
    pub(super) locks: Locks,
    pub(super) strict: bool,
    pub(super) format: Format,
}

/// `--format json` of a verb that runs migrations.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    #[serde(flatten)]
    report: &'a Report,
}

impl<'a> Runner<'a> {
    /// A manager that tells what it does.
    pub(super) fn manager(&self, ui: &Ui, url: &DatabaseUrl) -> MigrationManager<Migrations<'a>> {
        let stop = interrupt::listen(ui);
        let slow = Slow::new(ui, self.format);
        let (ui, format) = (ui.clone(), self.format);
        self.locks
            .migrating(self.migrations.clone(), url)
            .strict(self.strict)
            .stop_when(|| stop.load(Ordering::SeqCst))
            .on_event(move |event| {
                watch(&slow, event);
                tell(&ui, format, event);
            })
    }

    /// Warns of what is odd, and prints the report where JSON is wanted. A Ctrl-C may have cut the run
    /// short.
    pub(super) fn finish(&self, ui: &Ui, report: &Report) -> Result<Exit, Failure> {
        for warning in &report.warnings {
            ui.warning(&warning.to_string());
        }
        match self.format {
            Format::Json => ui.json(&Document { version: 1, report })?,
            Format::Text => {}
        }
        if report.stopped {
            return Err(Failure::new(Exit::Failed, interrupt::STOPPED)
                .hint("`glowplug status` tells where they are"));
        }
        Ok(Exit::Done)
    }
}

/// A statement that takes long is told by its number.
fn watch(slow: &Slow, event: &Event<'_>) {
    match event {
        Event::Started { migration, .. } => slow.doing(*migration),
        Event::Statement { migration, number, of, .. } => {
            slow.doing(format!("{migration}: statement {number} of {of}"));
        }
        // A wait is told at once, and once.
        Event::Finished { .. } | Event::Waiting { .. } => slow.done(),
        _ => {}
    }
}

/// `+` for a migration that was applied, `-` for one that was reverted; the rest is narration.
fn tell(ui: &Ui, format: Format, event: &Event<'_>) {
    match event {
        Event::Waiting { holder } => {
            let holder = holder.map_or(String::new(), |holder| format!(" ({holder})"));
            ui.status(format!("waiting for another process that migrates this database{holder}"));
        }
        Event::Started { migration, direction } => {
            ui.detail(&format!("{migration}: {}", direction.file()));
        }
        Event::Statement { number, of, sql, .. } => {
            ui.detail(&format!("  statement {number} of {of}: {}", first_line(sql)));
        }
        Event::Finished { migration, direction, elapsed } => {
            if format == Format::Text {
                // A reader that went away does not stop the migrations.
                let _ = ui.answer(line(*direction, migration));
            }
            ui.detail(&format!("  {} ms", elapsed.as_millis()));
        }
        _ => {}
    }
}

/// The line of a migration that went up or down.
pub(super) fn line(direction: Direction, migration: &str) -> Text {
    let (tone, sign) = match direction {
        Direction::Up => (Tone::Add, "+"),
        Direction::Down => (Tone::Remove, "-"),
    };
    Text::new().toned(tone, sign).plain(" ").plain(migration)
}

fn first_line(sql: &str) -> &str {
    sql.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
}
