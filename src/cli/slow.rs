//! What is done at the moment, told on stderr when it takes long, and not at all when it does not.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::args::Format;
use super::ui::Ui;
use crate::apply::Progress;

/// When work counts as long, how often something new is told after that, and how often the same.
const FIRST: Duration = Duration::from_secs(2);
const NEXT: Duration = Duration::from_secs(5);
const SAME: Duration = Duration::from_secs(30);

/// Watches over work. When it is dropped, nothing more is told.
#[derive(Debug)]
pub(super) struct Slow {
    /// What is done now; none when it is done. The watcher ends with the last of its senders.
    sender: Option<Sender<Option<String>>>,
}

impl Slow {
    /// Nobody is told where the answer is JSON: what stands on stderr is JSON, too.
    pub(super) fn new(ui: &Ui, format: Format) -> Self {
        if format == Format::Json {
            return Self { sender: None };
        }
        let (sender, receiver) = channel();
        let ui = ui.clone();
        std::thread::spawn(move || watch(&receiver, |text| ui.status(text)));
        Self { sender: Some(sender) }
    }

    /// For the layers below.
    pub(super) fn progress(&self) -> Progress {
        match self.sender.clone() {
            Some(sender) => Progress::new(move |doing| {
                let _ = sender.send(doing.map(str::to_owned));
            }),
            None => Progress::default(),
        }
    }

    /// This is done now.
    pub(super) fn doing(&self, what: impl Into<String>) {
        self.send(Some(what.into()));
    }

    /// The work is done: the next one begins anew.
    pub(super) fn done(&self) {
        self.send(None);
    }

    fn send(&self, message: Option<String>) {
        if let Some(sender) = &self.sender {
            let _ = sender.send(message);
        }
    }
}

impl Drop for Slow {
    fn drop(&mut self) {
        self.done();
    }
}

/// Work, and what was told of it.
struct Work {
    began: Instant,
    doing: String,
    /// When something was told last, and whether that is still what is done.
    told: Option<(Instant, bool)>,
}

impl Work {
    /// When the next line is due.
    fn due(&self) -> Instant {
        match self.told {
            None => self.began + FIRST,
            Some((at, true)) => at + SAME,
            Some((at, false)) => at + NEXT,
        }
    }
}

fn watch(receiver: &Receiver<Option<String>>, tell: impl Fn(String)) {
    let mut work: Option<Work> = None;
    loop {
        let message = match &work {
            None => receiver.recv().map_err(RecvTimeoutError::from),
            Some(work) => {
                receiver.recv_timeout(work.due().saturating_duration_since(Instant::now()))
            }
        };
        match (message, &mut work) {
            (Err(RecvTimeoutError::Disconnected), _) => return,
            (Err(RecvTimeoutError::Timeout), Some(work)) => {
                tell(format!("{}, {} s", work.doing, work.began.elapsed().as_secs()));
                work.told = Some((Instant::now(), true));
            }
            (Err(RecvTimeoutError::Timeout), None) => {}
            (Ok(None), _) => work = None,
            (Ok(Some(doing)), None) => {
                work = Some(Work { began: Instant::now(), doing, told: None });
            }
            (Ok(Some(doing)), Some(work)) => {
                work.told = work.told.map(|(at, same)| (at, same && work.doing == doing));
                work.doing = doing;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is due when, without waiting for it.
    #[test]
    fn lines_come_late_and_seldom() {
        let began = Instant::now();
        let mut work = Work { began, doing: "up.sql".to_owned(), told: None };
        assert_eq!(work.due() - began, Duration::from_secs(2));
        work.told = Some((began + FIRST, false));
        assert_eq!(work.due() - began, Duration::from_secs(7));
        work.told = Some((began + FIRST, true));
        assert_eq!(work.due() - began, Duration::from_secs(32));
    }

    #[test]
    fn what_is_done_in_time_is_not_told() {
        let (sender, receiver) = channel();
        for doing in [Some("up.sql"), Some("down.sql"), None] {
            sender.send(doing.map(str::to_owned)).unwrap();
        }
        drop(sender);
        watch(&receiver, |line| panic!("{line}"));
    }
}
