//! `glowplug migration run`

use super::migration::Session;
use crate::cli::context::Context;
use crate::cli::report::Failure;
use crate::connection::with_connection;

pub(super) fn run(session: &mut Session, context: &Context<'_>) -> Result<(), Failure> {
    let manager = session.manager(context.ui);
    let report = with_connection!(&mut session.connection, one => manager.apply(one));
    session.finish(context.ui, report)
}
