//! What rows that are already there receive.

use std::collections::{BTreeMap, BTreeSet};

use crate::backend::{Dialect, Refusal};
use crate::diff::Operation;
use crate::model::{Column, Identity, IndexKey, IndexPart, QualifiedName, Schema};

/// SQL expressions by table and column: `--fill session.plan="'none'"`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fills(BTreeMap<(String, String), String>);

impl Fills {
    /// Adds the expression of a column; the table as in `audit.event`.
    pub fn insert(&mut self, table: &str, column: &str, expression: impl Into<String>) {
        self.0.insert((table.to_owned(), column.to_owned()), expression.into());
    }

    /// The expression of a column.
    #[must_use]
    pub fn get(&self, table: &QualifiedName, column: &str) -> Option<&str> {
        self.0.get(&(table.to_string(), column.to_owned())).map(String::as_str)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the expressions into the operations that they belong to.
    pub(crate) fn apply(&self, operations: &mut [Operation]) {
        for operation in operations {
            if let Some((table, column, fill)) = slot(operation)
                && let Some(expression) = self.get(table, column)
            {
                *fill = Some(expression.to_owned());
            }
        }
    }

    /// A fill that no operation takes is a mistake, and is refused rather than forgotten.
    pub(super) fn unused(&self, operations: &[Operation]) -> Vec<Refusal> {
        let mut operations = operations.to_vec();
        let used: BTreeSet<_> = operations
            .iter_mut()
            .filter_map(slot)
            .map(|(table, column, _)| (table.to_string(), column.to_owned()))
            .collect();
        let unused = self.0.keys().filter(|key| !used.contains(*key));
        unused
            .map(|(table, column)| {
                Refusal::new(
                    format!("`--fill {table}.{column}=…`"),
                    "no column of this name is added or made NOT NULL",
                )
            })
            .collect()
    }
}

/// The table, the column and the place for the expression, where an operation has one.
fn slot(operation: &mut Operation) -> Option<(&QualifiedName, &str, &mut Option<String>)> {
    match operation {
        Operation::AddColumn { table, column, fill } => Some((table, &column.name, fill)),
        Operation::AlterColumn { table, from, to, fill } if from.nullable && !to.nullable => {
            Some((table, &to.name, fill))
        }
        _ => None,
    }
}

/// The way down fills what is gone: with what the user stated, else with a neutral value.
pub(super) fn neutral(
    down: &mut [Operation],
    stated: &Fills,
    schema: &Schema,
    dialect: &dyn Dialect,
) {
    for operation in down {
        let needs_value = match operation {
            Operation::AddColumn { column, .. } => {
                !column.nullable
                    && column.default.is_none()
                    && column.generated.is_none()
                    && !numbers_rows(column, dialect)
            }
            Operation::AlterColumn { from, to, .. } => from.nullable && !to.nullable,
            _ => false,
        };
        let native = match operation {
            Operation::AddColumn { column, .. } => column.sql_type.native.clone(),
            Operation::AlterColumn { to, .. } => to.sql_type.native.clone(),
            _ => None,
        };
        let default = match operation {
            Operation::AlterColumn { to, .. } => to.default.clone(),
            _ => None,
        };
        let defaulted = matches!(operation, Operation::AddColumn { column, .. }
            if column.nullable && column.default.is_some());
        if let Some((table, column, fill)) = slot(operation) {
            *fill = stated.get(table, column).map(str::to_owned);
            // The default of a column that is unique would be the same in every row.
            if defaulted && fill.is_none() && is_unique(schema, table, column) {
                *fill = Some("NULL".to_owned());
            }
            if needs_value && fill.is_none() {
                *fill =
                    default.or_else(|| dialect.neutral_value(&native.unwrap_or_default(), schema));
            }
        }
    }
}

/// Whether the rows that are there get numbers when the column comes.
fn numbers_rows(column: &Column, dialect: &dyn Dialect) -> bool {
    let numbered = [Identity::ByDefault, Identity::Always, Identity::Serial];
    !dialect.capabilities().identity_needs_sole_key && numbered.contains(&column.identity)
}

fn is_unique(schema: &Schema, table: &QualifiedName, column: &str) -> bool {
    schema.tables.get(table).is_some_and(|table| {
        let indexed = |part: &IndexPart| match &part.key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expression(_) => true,
        };
        table.uniques.iter().any(|unique| unique.columns.iter().any(|name| name == column))
            || table.indexes.iter().any(|index| index.unique && index.parts.iter().any(indexed))
    })
}
