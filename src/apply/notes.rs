//! Writes notes without running migrations.

use std::time::Duration;

use super::ApplyError;
use super::applied::{self, Applied};
use super::driver::MigrateConnection;
use super::history::{self, History, State, now};
use super::report::{Done, Repair, RepairChange, Report};
use super::session::Session;
use super::source::Known;
use super::status::stopped;
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
    pub(super) fn repair(&mut self, known: &[Known]) -> Result<Vec<Repair>, ApplyError> {
        self.begin()?;
        self.tables.create(self.connection)?;
        let (applied, history) =
            (applied::applied(self.connection)?, history::history(self.connection)?);
        let repairs = repairs(known, &applied, &history);
        for repair in &repairs {
            let known = known.iter().find(|known| known.version == repair.version);
            let started_at =
                history.get(&repair.version).and_then(|entry| entry.started_at.clone());
            let started_at = started_at.unwrap_or_else(now);
            match (repair.change, known) {
                (RepairChange::Forgotten, _) | (RepairChange::Accepted, None) => {
                    self.tables.delete_entry(self.connection, &repair.version)?;
                }
                (RepairChange::Accepted, Some(known)) => {
                    let note = known.note(&started_at);
                    self.tables.insert_entry(self.connection, &note, State::Applied)?;
                }
            }
        }
        let committed = self.connection.commit();
        committed.map_err(ApplyError::database("write `__glowplug_history`"))?;
        Ok(repairs)
    }
}

/// What a repair changes, by version.
pub(super) fn repairs(known: &[Known], applied: &Applied, history: &History) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for (version, entry) in history {
        let known = known.iter().find(|known| known.version == *version);
        let change = match known {
            _ if !applied.contains_key(version) => RepairChange::Forgotten,
            Some(known) if entry.differs(known) => RepairChange::Accepted,
            Some(_) | None => continue,
        };
        let name = known.map_or_else(|| entry.name.clone(), |known| known.name.clone());
        repairs.push(Repair {
            version: version.clone(),
            name,
            change,
            stopped: stopped(entry, applied.contains_key(version)),
        });
    }
    repairs
}
