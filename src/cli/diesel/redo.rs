//! `glowplug migration redo`

use clap::Args;

use super::migration::Session;
use super::revert::{tell_of_missing, which};
use crate::cli::context::Context;
use crate::cli::report::Failure;
use crate::connection::with_connection;

/// The flags of `migration redo`.
#[derive(Args, Clone, Debug)]
pub(super) struct RedoArgs {
    /// Reverts and re-runs all migrations
    #[arg(short, long, conflicts_with = "number")]
    all: bool,
    /// Redo the last `n` migration files [default: 1]
    #[arg(short, long, value_name = "REDO_NUMBER")]
    number: Option<u64>,
}

pub(super) fn run(
    args: &RedoArgs,
    session: &mut Session,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let which = which(args.all, args.number);
    let manager = session.manager(context.ui);
    let report = with_connection!(&mut session.connection, one => manager.redo(one, which));
    tell_of_missing(context.ui, report.as_ref().err());
    session.finish(context.ui, report)
}
