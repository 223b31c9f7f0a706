//! The difference between any two sides.

use super::args::ScopeArgs;
use super::context::Context;
use super::failures::refused;
use super::load;
use super::report::Failure;
use super::side::Side;
use super::unmanaged;
use crate::backend::resolve::Notice;
use crate::backend::{Dialect, Scope};
use crate::diff::{self, Operation};
use crate::model::Schema;
use crate::parse::Reading;
use crate::pipeline::{self, CompareOptions, Comparison, NoAnswers, Unmanaged};
use crate::plan::{PlanOptions, plan};

/// What turns one side into the other.
pub(super) struct Difference {
    /// From a database to the models, or to another database.
    comparison: Comparison,
    /// Whether it is asked for the other way round.
    reversed: bool,
}

impl Difference {
    /// Compares two sides of one backend. `scope` tells where to look if no models do.
    pub(super) fn between(
        from: Side,
        to: Side,
        dialect: &dyn Dialect,
        scope: &ScopeArgs,
        mut unmanaged: Unmanaged,
        context: &Context<'_>,
    ) -> Result<Self, Failure> {
        let (comparison, reversed) = match (from, to) {
            (Side::Models(models), Side::Models(_)) => {
                load::told(context, models)?;
                (nothing(), false)
            }
            (mut database, Side::Models(models)) => {
                (to_models(&mut database, models, dialect, unmanaged, context)?, false)
            }
            (Side::Models(models), mut database) => {
                (to_models(&mut database, models, dialect, unmanaged, context)?, true)
            }
            (mut from, mut to) => {
                let mut read = |side: &mut Side| -> Result<_, Failure> {
                    let scope = scope.of(side.connection(), &mut unmanaged)?;
                    let schema = pipeline::read(side.connection(), dialect, &scope)?;
                    Ok(unmanaged.without(&schema).into_owned())
                };
                let (from, mut to) = (read(&mut from)?, read(&mut to)?);
                same_spelling(&from, &mut to, dialect);
                let mut operations = diff::diff(&from, &to);
                let objects = diff::objects(&from, &to, |it| unmanaged.counts(it, dialect));
                operations.extend(objects);
                (Comparison { live: from.clone(), from, to, operations, ..nothing() }, false)
            }
        };
        Ok(Self { comparison, reversed })
    }

    /// The changes.
    pub(super) fn changes(&self) -> Vec<Operation> {
        if !self.reversed {
            return self.comparison.all();
        }
        let Comparison { from, to, renames, .. } = &self.comparison;
        let mut changes = diff::diff(to, from);
        changes.extend(renames.iter().rev().cloned().map(Operation::invert));
        changes
    }

    /// What is told besides.
    pub(super) fn notices(&self) -> &[Notice] {
        &self.comparison.notices
    }

    /// The SQL that does them.
    pub(super) fn sql(&self, dialect: &dyn Dialect) -> Result<String, Failure> {
        let Comparison { from, to, operations, renames, .. } = &self.comparison;
        let options = PlanOptions { renames: renames.clone(), ..PlanOptions::default() };
        let plan = plan(operations.clone(), from, to, dialect, &options)
            .map_err(|refusals| refused(&refusals))?;
        Ok(if self.reversed { plan.down_script.sql } else { plan.up_script.sql })
    }
}

/// Types that differ in spelling only are no difference.
fn same_spelling(from: &Schema, to: &mut Schema, dialect: &dyn Dialect) {
    for table in to.tables.values_mut() {
        let Some(old) = from.tables.get(&table.name) else { continue };
        for column in &mut table.columns {
            let Some(old) = old.column(&column.name) else { continue };
            if let (Some(was), Some(is)) = (&old.sql_type.native, &mut column.sql_type.native)
                && dialect.normalize_type(was) == dialect.normalize_type(is)
            {
                is.clone_from(was);
            }
        }
    }
}

fn to_models(
    database: &mut Side,
    models: Reading,
    dialect: &dyn Dialect,
    unmanaged: Unmanaged,
    context: &Context<'_>,
) -> Result<Comparison, Failure> {
    let read = |database: &mut Side, scope: &Scope| {
        pipeline::read(database.connection(), dialect, scope).map_err(Failure::from)
    };
    // Both are read at once, unless the models tell which schemas of the database there are to read.
    let live = match dialect.capabilities().schemas {
        true => None,
        false => Some(read(database, &Scope::default())?),
    };
    let models = load::told(context, models)?;
    unmanaged::warn(context, &models, &unmanaged);
    let options = CompareOptions { no_renames: true, unmanaged, ..CompareOptions::default() };
    let connection = database.connection();
    Ok(match live {
        Some(live) => {
            pipeline::compare_with(live, connection, &models, dialect, &options, &mut NoAnswers)?
        }
        None => pipeline::compare(connection, &models, dialect, &options, &mut NoAnswers)?,
    })
}

fn nothing() -> Comparison {
    Comparison {
        live: Schema::default(),
        from: Schema::default(),
        to: Schema::default(),
        renames: Vec::new(),
        operations: Vec::new(),
        notices: Vec::new(),
    }
}
