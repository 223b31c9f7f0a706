//! `glowplug migration list`

use diesel::backend::Backend;
use diesel::connection::Connection;
use diesel::migration::MigrationSource;

use super::Answer;
use super::migration::Session;
use crate::apply::{ApplyError, MigrateConnection, MigrationManager};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::migrations::Migrations;
use crate::cli::report::Failure;
use crate::connection::with_connection;
use crate::files::Version;

pub(super) fn run(session: &mut Session, context: &Context<'_>) -> Answer {
    let Found { migrations, applied } = find(session)?;
    context.ui.answer("Migrations:")?;
    for (version, name) in &migrations {
        let mark = if applied.contains(version) { 'X' } else { ' ' };
        context.ui.answer(format!("  [{mark}] {name}"))?;
    }
    let is_there = |version: &Version| migrations.iter().any(|(known, _)| known == version);
    for version in applied.iter().filter(|version| !is_there(version)) {
        context.ui.warning(&format!("`{version}` is applied, but not among the migrations"));
    }
    Ok(Exit::Done)
}

/// What is there and what is applied. No file is looked into.
pub(super) struct Found {
    /// By version.
    pub(super) migrations: Vec<(Version, String)>,
    pub(super) applied: Vec<Version>,
}

pub(super) fn find(session: &mut Session) -> Result<Found, Failure> {
    let Session { connection, migrations, .. } = session;
    let found = with_connection!(connection, connection => find_by(connection, migrations));
    found.map_err(|error| Failure::from(&error).headed("Failed to run migrations"))
}

fn find_by<C: MigrateConnection>(
    connection: &mut C,
    migrations: &Migrations<'static>,
) -> Result<Found, ApplyError> {
    let applied = MigrationManager::new(migrations.clone()).applied_versions(connection)?;
    Ok(Found { migrations: names::<C>(migrations)?, applied })
}

fn names<C: Connection>(
    migrations: &Migrations<'static>,
) -> Result<Vec<(Version, String)>, ApplyError>
where
    C::Backend: Backend,
{
    let found = MigrationSource::<C::Backend>::migrations(migrations)
        .map_err(|error| ApplyError::Source { reason: error.to_string() })?;
    let mut names: Vec<_> = found
        .iter()
        .map(|one| (Version::from(one.name().version().to_string()), one.name().to_string()))
        .collect();
    names.sort();
    Ok(names)
}
