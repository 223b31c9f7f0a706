//! `glowplug migration revert`

use clap::Args;

use super::migration::{Session, line};
use crate::apply::{ApplyError, Direction, Revert};
use crate::cli::context::Context;
use crate::cli::report::Failure;
use crate::cli::ui::Ui;
use crate::connection::with_connection;

/// The flags of `migration revert`.
#[derive(Args, Clone, Debug)]
pub(super) struct RevertArgs {
    /// Reverts previously run migration files
    #[arg(short, long, conflicts_with = "number")]
    all: bool,
    /// Reverts the last `n` migration files [default: 1]
    #[arg(short, long, value_name = "REVERT_NUMBER")]
    number: Option<u64>,
}

pub(super) fn run(
    args: &RevertArgs,
    session: &mut Session,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let which = which(args.all, args.number);
    let manager = session.manager(context.ui);
    let report = with_connection!(&mut session.connection, one => manager.revert(one, which));
    tell_of_missing(context.ui, report.as_ref().err());
    session.finish(context.ui, report)
}

/// Diesel CLI takes a number that is too high for all of them.
pub(super) fn which(all: bool, number: Option<u64>) -> Revert<'static> {
    match number {
        _ if all => Revert::All,
        Some(number) => Revert::Last(usize::try_from(number).unwrap_or(usize::MAX)),
        None => Revert::Last(1),
    }
}

/// Diesel CLI begins with a migration before it sees that it cannot be reverted; here nothing is
/// begun, but the line that scripts look for is there.
pub(super) fn tell_of_missing(ui: &Ui, error: Option<&ApplyError>) {
    if let Some(ApplyError::Irreversible { names }) = error {
        names.iter().take(1).for_each(|name| line(ui, Direction::Down, name));
    }
}
