//! Writes notes without running migrations.

use std::time::Duration;

use super::ApplyError;
use super::applied;
use super::driver::MigrateConnection;
use super::history::{self, State, now};
use super::report::{Done, Report};
use super::session::Session;
use super::source::Known;
use crate::files::Version;

impl<C: MigrateConnection> Session<'_, C> {
    /// Notes pending migrations as applied.
    pub(super) fn fake(
        &mut self,
        known: &[Known],
        wanted: impl Fn(&Version) -> bool,
    ) -> Result<Report, ApplyError> {
        let mut report = Report::default();
        self.begin()?;
        self.tables.create(self.connection)?;
        let applied = applied::applied(self.connection)?;
        let (started_at, known) = (now(), known.iter().filter(|known| wanted(&known.version)));
        for known in known.filter(|known| !applied.contains_key(&known.version)) {
            let note = known.note(&started_at);
            self.tables.insert_applied(self.connection, &note)?;
            report.applied.push(Done::new(known, Duration::ZERO));
        }
        self.connection.commit().map_err(ApplyError::database("note the migrations as applied"))?;
        Ok(report)
    }

    /// Makes the notes say what is applied now.
    pub(super) fn repair(&mut self, known: &[Known]) -> Result<(), ApplyError> {
        self.begin()?;
        self.tables.create(self.connection)?;
        let (applied, history) =
            (applied::applied(self.connection)?, history::history(self.connection)?);
        for (version, entry) in &history {
            let known = known.iter().find(|known| known.version == *version);
            if !applied.contains_key(version) {
                self.tables.delete_entry(self.connection, version)?;
            } else if let Some(known) = known.filter(|known| entry.differs(known)) {
                let started_at = entry.started_at.clone().unwrap_or_else(now);
                let note = known.note(&started_at);
                self.tables.insert_entry(self.connection, &note, State::Applied)?;
            }
        }
        self.connection.commit().map_err(ApplyError::database("write `__glowplug_history`"))
    }
}
