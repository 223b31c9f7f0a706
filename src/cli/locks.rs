//! How other processes are kept away: flags, settings, and what follows from them.

use std::time::Duration;

use super::args::LockArgs;
use super::config::Project;
use super::exit::Exit;
use super::report::Failure;
use super::settings;
use crate::apply::{LockMode, MigrationManager};
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode};

/// How to lock, and how long to wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct Locks {
    /// Where it is said.
    pub(super) timeout: Option<Duration>,
    mode: LockMode,
}

impl Locks {
    /// As the flags and settings say.
    pub(super) fn of(project: &Project, args: &LockArgs) -> Result<Self, Failure> {
        let timeout = project.seconds(&settings::LOCK_TIMEOUT, args.lock_timeout)?;
        let word = project.text(&settings::LOCK_MODE, args.lock_mode.as_deref())?;
        let mode = word.map_or(Ok(LockMode::default()), |word| of_word(&word))?;
        Ok(Self { timeout: timeout.map(Duration::from_secs), mode })
    }

    /// A manager with them.
    pub(super) fn manager<S>(self, source: S) -> MigrationManager<S> {
        let manager = MigrationManager::new(source).lock_mode(self.mode);
        match self.timeout {
            Some(timeout) => manager.lock_timeout(timeout),
            None => manager,
        }
    }

    /// A manager that changes this database. A lease is renewed over a connection of its own.
    pub(super) fn migrating<S>(self, source: S, url: &DatabaseUrl) -> MigrationManager<S> {
        let url = url.clone();
        self.manager(source).heartbeat(move || AnyConnection::open(&url, OpenMode::Existing))
    }

    /// The database, whose file is waited for as long.
    pub(super) fn url(self, url: DatabaseUrl) -> DatabaseUrl {
        match self.timeout {
            Some(timeout) => url.waiting(timeout),
            None => url,
        }
    }
}

fn of_word(word: &str) -> Result<LockMode, Failure> {
    let found = LockMode::ALL.into_iter().find(|(_, known)| *known == word);
    found.map(|(mode, _)| mode).ok_or_else(|| {
        let words: Vec<_> = LockMode::ALL.iter().map(|(_, word)| format!("`{word}`")).collect();
        let message =
            format!("the setting `lock-mode` is `{word}`, expected one of {}", words.join(", "));
        Failure::new(Exit::Failed, message)
    })
}
