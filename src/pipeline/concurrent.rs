//! Indexes that are built while the application writes: each is a migration of its own, because the
//! server builds it in no transaction (PostgreSQL's `CREATE INDEX CONCURRENTLY`).

use serde::Serialize;

use super::{Comparison, CreateError};
use crate::backend::resolve::Notice;
use crate::backend::{Dialect, Refusal, Script, Statement};
use crate::diff::Operation;
use crate::plan::{Plan, PlanOptions, plan};

/// The scripts of one migration.
#[derive(Clone, Debug, Serialize)]
pub struct Scripts {
    /// Its name.
    pub name: String,
    /// The text of up.sql.
    pub up: Script,
    /// The text of down.sql.
    pub down: Script,
}

impl Scripts {
    /// All of a plan.
    pub(super) fn of(plan: &Plan, name: &str) -> Self {
        let (up, down) = (plan.up_script.clone(), plan.down_script.clone());
        Self { name: name.to_owned(), up, down }
    }
}

/// The plan in several migrations, in the order in which they run: first what needs a transaction,
/// then each index that comes to a table that is there. `None` where there is no such index.
pub(super) fn split(
    comparison: &Comparison,
    dialect: &dyn Dialect,
    options: &PlanOptions,
    name: Option<&str>,
) -> Result<Option<Vec<Scripts>>, CreateError> {
    let (mut rest, mut alone) = (Vec::new(), Vec::new());
    for operation in &comparison.operations {
        match by_itself(operation, comparison, dialect) {
            Some(statements) => alone.push((operation, statements)),
            None => rest.push(operation.clone()),
        }
    }
    if alone.is_empty() {
        return Ok(None);
    }
    let mut scripts = Vec::with_capacity(alone.len() + 1);
    if !rest.is_empty() || !options.renames.is_empty() {
        let rest = plan(rest, &comparison.from, &comparison.to, dialect, options)
            .map_err(CreateError::Refused)?;
        scripts.push(Scripts::of(&rest, name.unwrap_or(&rest.name)));
    }
    let mut header = options.header.clone();
    header.push(
        "The index was proven as one that locks its table: this form runs in no transaction."
            .to_owned(),
    );
    for (operation, statements) in alone {
        let [up, down] = statements.map(|statement| {
            let script = dialect.script(&header, &[statement], false);
            Script { run_in_transaction: false, ..script }
        });
        let own = match operation {
            Operation::CreateIndex { index, .. } => {
                format!("create_{}", index.name.as_deref().unwrap_or("index"))
            }
            _ => "create_index".to_owned(),
        };
        // A name that was given is that of all, or of the only one.
        let name = match (name, scripts.is_empty()) {
            (Some(name), true) => name.to_owned(),
            (_, _) => own,
        };
        scripts.push(Scripts { name, up, down });
    }
    Ok(Some(scripts))
}

/// From so many rows on it takes long enough to be told.
const MANY_ROWS: u64 = 100_000;

/// The indexes that would better be built without a lock.
pub(super) fn notices(comparison: &Comparison, dialect: &dyn Dialect) -> Vec<Notice> {
    let notice = |operation: &Operation| {
        let Operation::CreateIndex { table, index } = operation else { return None };
        let rows = *comparison.live.row_estimates.get(table)?;
        by_itself(operation, comparison, dialect).filter(|_| rows >= MANY_ROWS)?;
        let index = index.name.clone().unwrap_or_default();
        Some(Notice::LongLock { table: table.clone(), index, rows })
    };
    comparison.operations.iter().filter_map(notice).collect()
}

/// The index without a lock, up and down, if it comes to a table that is there and no foreign key of
/// the plan needs it at once.
fn by_itself(
    operation: &Operation,
    comparison: &Comparison,
    dialect: &dyn Dialect,
) -> Option<[Statement; 2]> {
    let Operation::CreateIndex { table, index } = operation else { return None };
    let is_there =
        comparison.from.tables.contains_key(table) || comparison.from.views.contains_key(table);
    let referred = |other: &Operation| match other {
        Operation::AddForeignKey { foreign_key, .. } => foreign_key.foreign_table == *table,
        Operation::CreateTable { table: new } => {
            new.foreign_keys.iter().any(|key| key.foreign_table == *table)
        }
        _ => false,
    };
    let needed = index.unique && comparison.operations.iter().any(referred);
    if !is_there || needed {
        return None;
    }
    dialect.concurrently(operation, &comparison.from)
}

/// Refuses `--concurrently` where no server can do it.
pub(super) fn check(dialect: &dyn Dialect) -> Result<(), CreateError> {
    if dialect.capabilities().concurrent_indexes {
        return Ok(());
    }
    let reason = format!("{} builds no index in this way", dialect.backend());
    Err(CreateError::Refused(vec![Refusal::new("`--concurrently`", reason)]))
}
