use std::fmt;
use std::sync::Arc;
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

/// Is told what a long piece of work does at the moment; by default nobody is.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<Told>>);

type Told = dyn Fn(Option<&str>) + Send + Sync;

impl Progress {
    /// Somebody is told: `proof: up.sql`, and `None` where a piece of work ends.
    pub fn new(told: impl Fn(Option<&str>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    /// This is done now.
    pub fn tell(&self, doing: &str) {
        self.send(Some(doing));
    }

    /// The work is done.
    pub fn done(&self) {
        self.send(None);
    }

    fn send(&self, doing: Option<&str>) {
        if let Some(told) = &self.0 {
            told(doing);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Progress(..)" } else { "Progress(none)" })
    }
}

/// Receives the events, and may ask to stop.
#[derive(Default)]
pub(super) struct Observer {
    callback: Option<Callback>,
    stop: Option<Stop>,
}

type Callback = Box<dyn Fn(&Event<'_>) + Send + Sync>;
type Stop = Box<dyn Fn() -> bool + Send + Sync>;

impl Observer {
    pub(super) fn call(&mut self, callback: impl Fn(&Event<'_>) + Send + Sync + 'static) {
        self.callback = Some(Box::new(callback));
    }

    pub(super) fn stop_when(&mut self, stop: impl Fn() -> bool + Send + Sync + 'static) {
        self.stop = Some(Box::new(stop));
    }

    /// Whether no further migration is to be begun.
    pub(super) fn stops(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop())
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
        if let Some(callback) = &self.callback {
            callback(event);
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.callback.is_some() { "Observer(..)" } else { "Observer(none)" })
    }
}
