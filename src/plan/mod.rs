//! From a difference to two scripts: what runs, in which order, and how to take it back.
//!
//! [`plan`] orders the operations by dependency, inverts them for the way down, lowers what the
//! backend cannot do in place to one rebuild per table, and renders both directions.

mod definitions;
mod fill;
mod lower;
mod name;
mod names;
mod order;
mod references;
pub mod safety;
mod views;

pub use fill::Fills;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::backend::{Dialect, EngineVersion, Refusal, Script};
use crate::diff::{self, Operation};
use crate::model::Schema;

/// A migration before it is written.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// What up.sql does, ordered and lowered.
    pub up: Vec<Operation>,
    /// What down.sql does.
    pub down: Vec<Operation>,
    /// The text of up.sql.
    pub up_script: Script,
    /// The text of down.sql.
    pub down_script: Script,
    /// Why nothing takes up.sql back: down.sql says so, and fails. Empty where it does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub irreversible: Vec<Refusal>,
    /// A name that says what changes: `add_plan_to_session`.
    pub name: String,
}

/// What a plan needs to know besides the two schemas.
#[derive(Clone, Debug, Default)]
pub struct PlanOptions {
    /// Renames that come first. `from` is the schema in which they are done already.
    pub renames: Vec<Operation>,
    /// Expressions for rows that are already there.
    pub fills: Fills,
    /// The same for the way down, where a dropped column comes back.
    pub down_fills: Fills,
    /// Lines at the top of both files.
    pub header: Vec<String>,
    /// The oldest SQLite that runs the migration; `None` is 3.35.
    pub oldest: Option<EngineVersion>,
}

/// Orders, lowers and renders `operations`, which turn `from` into `to`.
///
/// # Errors
/// Every operation that the backend cannot do, or that would break an object.
pub fn plan(
    mut operations: Vec<Operation>,
    from: &Schema,
    to: &Schema,
    dialect: &dyn Dialect,
    options: &PlanOptions,
) -> Result<Plan, Vec<Refusal>> {
    let mut refusals = order::dangling_references(from, to);
    refusals.extend(options.fills.unused(&operations));
    let name = name::suggest(&options.renames, &operations);

    refusals.extend(views::make_room(&mut operations, from, to, dialect));
    references::make_room(&mut operations, from, to, dialect);
    let mut up = order::order(operations, from, to, dialect);
    options.fills.apply(&mut up);
    let mut down: Vec<_> = up.iter().rev().cloned().map(Operation::invert).collect();
    let irreversible = views::make_room_on_the_way_down(&mut down, from, to, dialect);
    fill::neutral(&mut down, &options.down_fills, from, dialect);

    let target = lower::Target { dialect, oldest: options.oldest };
    let mut up =
        lower::lower(up, from, to, &BTreeSet::new(), target).unwrap_or_else(|mut errors| {
            refusals.append(&mut errors);
            Vec::new()
        });
    let mut down =
        lower::lower(down, to, from, &lower::rebuilt(&up), target).unwrap_or_else(|mut errors| {
            refusals.append(&mut errors);
            Vec::new()
        });
    up.splice(0..0, options.renames.iter().cloned());
    down.extend(options.renames.iter().rev().cloned().map(Operation::invert));
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let own = dialect.needs_own_transaction(&up) || dialect.needs_own_transaction(&down);
    let up_script = script(&up, from, to, dialect, &options.header, own)?;
    let down_script = match irreversible.is_empty() {
        true => script(&down, to, from, dialect, &options.header, own),
        false => Err(irreversible),
    };
    // Only the way up is needed for the change to be made.
    let (down_script, irreversible) = match down_script {
        Ok(script) => (script, Vec::new()),
        Err(refusals) => match dialect.irreversible(&refusals) {
            Some(statement) => (dialect.script(&options.header, &[statement], own), refusals),
            None => return Err(refusals),
        },
    };
    Ok(Plan { up, down, up_script, down_script, irreversible, name })
}

/// The script that makes a schema from nothing.
///
/// # Errors
/// Every object that the backend cannot make.
pub fn creation(to: &Schema, dialect: &dyn Dialect) -> Result<Script, Vec<Refusal>> {
    let nothing = Schema::default();
    let operations = order::order(diff::diff(&nothing, to), &nothing, to, dialect);
    script(&operations, &nothing, to, dialect, &[], dialect.needs_own_transaction(&operations))
}

/// Renders operations as one script.
fn script(
    operations: &[Operation],
    from: &Schema,
    to: &Schema,
    dialect: &dyn Dialect,
    header: &[String],
    own_transaction: bool,
) -> Result<Script, Vec<Refusal>> {
    let statements = dialect.render_all(operations, from, to)?;
    Ok(dialect.script(header, &statements, own_transaction))
}
