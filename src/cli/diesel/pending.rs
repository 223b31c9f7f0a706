//! `glowplug migration pending`

use super::Answer;
use super::list::{Found, find};
use super::migration::Session;
use crate::cli::context::Context;
use crate::cli::exit::Exit;

pub(super) fn run(session: &mut Session, context: &Context<'_>) -> Answer {
    let Found { migrations, applied } = find(session)?;
    let pending = migrations.iter().any(|(version, _)| !applied.contains(version));
    context.ui.answer(pending.to_string())?;
    Ok(Exit::Done)
}
