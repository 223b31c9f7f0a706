//! Ctrl-C while migrations run: the first one stops at a safe point, the second at once.

use std::sync::atomic::{AtomicBool, Ordering};

use super::ui::Ui;

/// Whether the run should stop before its next migration.
static STOP: AtomicBool = AtomicBool::new(false);

/// What is said of a run that left something undone for it.
pub(super) const STOPPED: &str = "stopped between two migrations, as asked";

/// What a shell expects of a process that SIGINT ended.
const INTERRUPTED: i32 = 130;

/// Listens from here on. An application that listens itself keeps its own handler.
pub(super) fn listen(ui: &Ui) -> &'static AtomicBool {
    let ui = ui.clone();
    let _ = ctrlc::set_handler(move || {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
        ui.warning("stopping after this migration; once more stops at once");
    });
    &STOP
}
