//! What a revert would lose, told before it is asked for.

use crate::apply::{Reverting, probe, prove};
use crate::backend::{Dialect, Scope};
use crate::connection::AnyConnection;
use crate::diff;
use crate::pipeline;
use crate::plan::safety::{self, Hazard, Severity};

/// What the down.sql files take away, with counts: they are run where nothing stays, and the
/// database before is compared with the one after.
///
/// # Errors
/// Why it cannot be told.
pub(super) fn of(
    connection: &mut AnyConnection,
    reverting: &[Reverting],
    dialect: &dyn Dialect,
) -> Result<Vec<Hazard>, String> {
    let scripts: Vec<_> = reverting.iter().filter_map(|one| one.sql.clone()).collect();
    if scripts.len() < reverting.len() {
        return Err("a migration is written in Rust".to_owned());
    }
    let scope = Scope::default();
    let told = |error: &dyn std::error::Error| error.to_string();
    let before = pipeline::read(Some(&mut *connection), dialect, &scope).map_err(|e| told(&e))?;
    let mut after = prove::preview(connection, &scripts, &scope).map_err(|e| told(&e))?;
    dialect.normalize(&mut after);
    let operations = diff::diff(&before, &after);
    let hazards = safety::check(&operations, &before, &after, connection.backend());
    let losses = hazards.into_iter().filter(|hazard| hazard.severity == Severity::Loss);
    losses
        .map(|hazard| match &hazard.probe {
            Some(probe) => {
                let finding = probe::count(connection, probe).map_err(|e| told(&e))?;
                Ok(hazard.with(&finding))
            }
            None => Ok(hazard),
        })
        .collect()
}
