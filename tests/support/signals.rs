//! Processes that are stopped and go on.

use std::process::{Child, Command, Output};
use std::time::{Duration, Instant};

use crate::support::canary;

/// A process that stops itself; it is killed when it is forgotten.
pub(crate) struct Stopping(Option<Child>);

impl Stopping {
    /// Waits until the process has stopped.
    pub(crate) fn wait(child: Child) -> Self {
        let id = child.id().to_string();
        let mut stopping = Self(Some(child));
        let start = Instant::now();
        loop {
            let state = Command::new("ps").args(["-o", "stat=", "-p", &id]).output().expect("ps");
            if state.stdout.starts_with(b"T") {
                return stopping;
            }
            if state.stdout.starts_with(b"Z") || start.elapsed() > Duration::from_secs(30) {
                let mut child = stopping.0.take().expect("a process");
                let _ = child.kill();
                let output = child.wait_with_output().expect("an end");
                panic!("it did not stop: {}", String::from_utf8_lossy(&output.stderr));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Lets it go on, to its end.
    pub(crate) fn go_on(mut self) -> Output {
        let child = self.0.take().expect("a process");
        send("-CONT", child.id());
        let output = child.wait_with_output().expect("an end");
        canary::search(&output);
        output
    }

    /// Kills it where it is.
    pub(crate) fn kill(mut self) {
        let mut child = self.0.take().expect("a process");
        child.kill().expect("killed");
        child.wait().expect("an end");
    }
}

impl Drop for Stopping {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Stops this process until somebody lets it go on.
pub(crate) fn stop_here() {
    send("-STOP", std::process::id());
    // The signal is on its way to each thread.
    std::thread::sleep(Duration::from_millis(300));
}

fn send(signal: &str, process: u32) {
    let status = Command::new("kill").args([signal, &process.to_string()]).status();
    assert!(status.expect("kill").success(), "{signal} {process}");
}
