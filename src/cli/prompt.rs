//! Questions. They are asked on a terminal only, on stderr, and the default is No.

use dialoguer::{Confirm, Input};

use super::text::clean;
use super::ui::Ui;

/// Asks what can be asked; without a terminal nothing is asked and nothing is answered.
pub(super) struct Prompt<'a> {
    ui: &'a Ui,
}

impl<'a> Prompt<'a> {
    pub(super) fn new(ui: &'a Ui) -> Self {
        Self { ui }
    }

    /// Yes or no; `None` where nobody can answer. A question that is broken off is a No.
    pub(super) fn confirm(&self, question: &str) -> Option<bool> {
        if !self.ui.is_interactive() {
            return None;
        }
        let answer = Confirm::new().with_prompt(clean(question)).default(false).interact();
        Some(answer.unwrap_or(false))
    }

    /// A line of text; `None` where nobody can answer, or nothing is typed.
    pub(super) fn line(&self, question: &str) -> Option<String> {
        if !self.ui.is_interactive() {
            return None;
        }
        let answer = Input::<String>::new().with_prompt(clean(question)).allow_empty(true);
        answer.interact_text().ok().filter(|line| !line.trim().is_empty())
    }
}
