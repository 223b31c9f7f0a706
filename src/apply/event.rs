use std::fmt;
use std::time::Duration;

use super::Direction;

/// What happens during a run, for those who want to show it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Another process migrates this database; told once.
    Waiting {
        /// What the server says about it.
        holder: Option<&'a str>,
    },
    /// A migration begins.
    Started {
        /// Its name, with the version.
        migration: &'a str,
        /// Up or down.
        direction: Direction,
    },
    /// A statement of it is about to run.
    Statement {
        /// Its name, with the version.
        migration: &'a str,
        /// The number of the statement, from 1.
        number: usize,
        /// How many there are.
        of: usize,
        /// Its text.
        sql: &'a str,
    },
    /// A migration is done.
    Finished {
        /// Its name, with the version.
        migration: &'a str,
        /// Up or down.
        direction: Direction,
        /// How long it took.
        elapsed: Duration,
    },
    /// A point where a crash is tested.
    #[doc(hidden)]
    Step(&'static str),
}

/// Receives the events.
#[derive(Default)]
pub(super) struct Observer(Option<Callback>);

type Callback = Box<dyn Fn(&Event<'_>) + Send + Sync>;

impl Observer {
    pub(super) fn new(callback: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Box::new(callback)))
    }

    pub(super) fn tell(&self, event: &Event<'_>) {
        match event {
            Event::Waiting { holder } => {
                tracing::info!(holder, "waiting for another process that migrates");
            }
            Event::Started { migration, direction } => {
                tracing::debug!(migration, ?direction, "migration started");
            }
            Event::Statement { migration, number, of, .. } => {
                tracing::debug!(migration, number, of, "statement");
            }
            Event::Finished { migration, direction, elapsed } => {
                tracing::info!(migration, ?direction, ?elapsed, "migration finished");
            }
            Event::Step(step) => tracing::trace!(step),
        }
        if let Some(callback) = &self.0 {
            callback(event);
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Observer(..)" } else { "Observer(none)" })
    }
}
