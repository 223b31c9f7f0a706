//! Waiting for a lock: tries, with pauses between them, until a deadline.

use std::time::{Duration, Instant};

use crate::apply::ApplyError;
use crate::apply::driver::Driver;
use crate::apply::event::{Event, Observer};

/// The first and the longest pause between two tries. They differ by chance, so that waiting
/// processes do not come in step.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));

/// Since when somebody waits, and for how long they do.
#[derive(Clone, Copy, Debug)]
pub(in crate::apply) struct Patience {
    pub(in crate::apply) since: Instant,
    pub(in crate::apply) timeout: Duration,
}

impl Patience {
    pub(in crate::apply) fn new(timeout: Duration) -> Self {
        Self { since: Instant::now(), timeout }
    }

    pub(in crate::apply) fn left(&self) -> Duration {
        self.timeout.saturating_sub(self.since.elapsed())
    }
}

/// What is tried: whether it worked.
type Try<'a> = &'a mut dyn FnMut(&mut dyn Driver) -> Result<bool, ApplyError>;
/// Who is in the way, as far as the server tells.
type Holder<'a> = &'a dyn Fn(&mut dyn Driver) -> Option<String>;

/// Tries until it works; tells once that it waits, and for whom.
pub(in crate::apply) fn until(
    driver: &mut dyn Driver,
    patience: Patience,
    observer: &Observer,
    attempt: Try<'_>,
    holder: Holder<'_>,
) -> Result<(), ApplyError> {
    let (mut pause, mut told) = (PAUSES.0, false);
    loop {
        if attempt(driver)? {
            return Ok(());
        }
        let late = patience.left().is_zero();
        if late || !told {
            let holder = holder(driver);
            if late {
                let waited = patience.since.elapsed();
                return Err(ApplyError::LockTimeout { waited, holder });
            }
            observer.tell(&Event::Waiting { holder: holder.as_deref() });
            told = true;
        }
        if observer.stops() {
            return Err(ApplyError::Stopped);
        }
        std::thread::sleep(pause.mul_f64(0.5 + fastrand::f64()).min(patience.left()));
        pause = (pause * 2).min(PAUSES.1);
    }
}
