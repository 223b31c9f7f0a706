//! What a revert would lose, told before it is asked for.

use super::renamed;
use crate::apply::prove::{ProveError, contained};
use crate::apply::{Reverting, probe, prove};
use crate::backend::{self, Dialect};
use crate::connection::AnyConnection;
use crate::diff;
use crate::diff::rename::{self, Answer, Decision};
use crate::model::Schema;
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
    let told = |error: &dyn std::error::Error| error.to_string();
    let scope = backend::everywhere(connection).map_err(|e| told(&e))?;
    if let Some(statement) = contained::escape(connection, &scripts).map_err(|e| told(&e))? {
        return Err(format!("`{statement}` is not run before it is meant"));
    }
    let before = pipeline::read(Some(&mut *connection), dialect, &scope).map_err(|e| told(&e))?;
    let mut after = prove::preview(connection, &scripts, &scope).map_err(|error| match error {
        ProveError::Failed { message, .. } => format!("down.sql fails: {message}"),
        other => told(&other),
    })?;
    dialect.normalize(&mut after);
    let decision = renames(&renamed::of(connection.backend(), &scripts), &before, &after, dialect);
    let renames = decision.renames.iter().map(rename::Rename::operation);
    let operations: Vec<_> = renames.chain(diff::diff(&decision.schema, &after)).collect();
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

/// Those of the renames that hold between the two, one after the other.
fn renames(texts: &[String], before: &Schema, after: &Schema, dialect: &dyn Dialect) -> Decision {
    let mut known: Vec<Answer> = Vec::new();
    let unchanged = || Decision { schema: before.clone(), renames: Vec::new(), open: Vec::new() };
    let mut decision = unchanged();
    for answer in texts.iter().filter_map(|text| text.parse().ok()) {
        known.push(answer);
        match rename::decide(before, after, &known, dialect) {
            Ok(found) => decision = found,
            // A table that is rebuilt takes its name from another, which was never there.
            Err(_) => drop(known.pop()),
        }
    }
    decision
}
