//! Faults: processes that die at every point of what they do, and bad input.

mod apply;
mod files;
mod full;
mod input;
mod postgres;
mod server;
mod stopped;
mod sweep;

use crate::replicas::child;
use crate::support::canary;

/// Runs the child with a higher and higher point to die at, until it lives. After each death
/// `check` is called.
fn at_every_point(test: &str, variables: &[(&str, &str)], mut check: impl FnMut(usize)) -> usize {
    for point in 0..300 {
        let number = point.to_string();
        let mut all = variables.to_vec();
        all.push((POINT, &number));
        let output = child(test, &all).wait_with_output().expect("an end");
        canary::search(&output);
        if output.status.success() {
            return point;
        }
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), None, "died by itself: {error}");
        check(point);
    }
    panic!("never came to an end");
}

pub(crate) const POINT: &str = "GLOWPLUG_TEST_POINT";

/// Dies as by `kill -9` when the count is down.
fn die_at(point: &std::sync::atomic::AtomicUsize) {
    use std::sync::atomic::Ordering::Relaxed;
    if point.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_err() {
        std::process::abort();
    }
}

fn point() -> std::sync::atomic::AtomicUsize {
    let point = crate::replicas::told(POINT).expect("a point");
    std::sync::atomic::AtomicUsize::new(point.parse().expect("a number"))
}
