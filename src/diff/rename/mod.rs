//! Renames: what became of a table or column whose name is gone.
//!
//! A diff sees a rename as a drop and an add, which loses the rows. Three things tell it better, in
//! this order: an [`Answer`] of the user (`--rename session.plan=tier`), a hint in the models
//! (`#[doc(alias = "plan")]`, [`hinted`]), and nothing else: a pair that merely looks alike is a
//! [`RenameCandidate`], to be asked about and never applied by itself. [`decide`] does all three;
//! a command that wants no renames at all does not call it.

mod answer;
mod apply;
mod candidate;
mod hint;
pub(crate) mod text;

pub use answer::Answer;
pub use apply::apply;
pub use candidate::{RenameCandidate, candidates};
pub use hint::hinted;

use std::fmt;

use serde::Serialize;

use super::Operation;
use crate::model::{QualifiedName, Schema, SqlType, Table};

/// What the comparison of two tables needs to know of a backend.
pub trait Likeness {
    /// Whether two names of tables or columns are one.
    fn same_name(&self, a: &str, b: &str) -> bool;

    /// The same of tables, where that is another question.
    fn same_table_name(&self, a: &str, b: &str) -> bool {
        self.same_name(a, b)
    }

    /// Whether two types are of one family, so that the values of one could be the other's.
    fn same_family(&self, a: &SqlType, b: &SqlType) -> bool;
}

/// What is renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RenameKind {
    /// A table.
    Table,
    /// A column.
    Column,
}

/// One rename.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rename {
    /// What is renamed.
    pub kind: RenameKind,
    /// The table: of a column, under the name that it has once the tables are renamed; of a renamed
    /// table, under its old name.
    pub table: QualifiedName,
    /// The old name, without schema.
    pub from: String,
    /// The new name, without schema.
    pub to: String,
}

impl Rename {
    /// The rename of a table, within its schema.
    pub fn table(from: QualifiedName, to: impl Into<String>) -> Self {
        Self { kind: RenameKind::Table, from: from.name.clone(), table: from, to: to.into() }
    }

    /// The rename of a column.
    pub fn column(
        table: impl Into<QualifiedName>,
        from: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        let (from, to) = (from.into(), to.into());
        Self { kind: RenameKind::Column, table: table.into(), from, to }
    }

    /// The operation that does it.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self.kind {
            RenameKind::Table => Operation::RenameTable {
                from: self.table.clone(),
                to: self.table.sibling(&self.to),
            },
            RenameKind::Column => Operation::RenameColumn {
                table: self.table.clone(),
                from: self.from.clone(),
                to: self.to.clone(),
            },
        }
    }
}

/// As an answer to be pasted: `session=visit`, `session.plan=tier`.
impl fmt::Display for Rename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        answer::path(f, &self.table)?;
        if self.kind == RenameKind::Column {
            f.write_str(".")?;
            answer::part(f, &self.from)?;
        }
        f.write_str("=")?;
        answer::part(f, &self.to)
    }
}

/// What [`decide`] found.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// `from`, with all renames applied.
    pub schema: Schema,
    /// The renames, in the order in which they can run: tables, then columns.
    pub renames: Vec<Rename>,
    /// What looks like a rename and was not answered, best first.
    pub open: Vec<RenameCandidate>,
}

/// Applies the answers, then the hints, and lists what is left to be asked.
///
/// # Errors
/// When an answer names what is not there, or what is still wanted.
pub fn decide(
    from: &Schema,
    to: &Schema,
    answers: &[Answer],
    likeness: &(impl Likeness + ?Sized),
) -> Result<Decision, RenameError> {
    let mut schema = from.clone();
    let mut renames = Vec::new();
    let (columns, tables): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.means_column(from));
    for answer in tables {
        follow(answer.table_rename(&schema, to)?, &mut schema, &mut renames);
    }
    for hint in hint::tables(&schema, to, likeness) {
        follow(hint, &mut schema, &mut renames);
    }
    let tables = renames.clone();
    for answer in columns {
        follow(answer.column_rename(&schema, to, &tables)?, &mut schema, &mut renames);
    }
    for hint in hint::columns(&schema, to, likeness) {
        follow(hint, &mut schema, &mut renames);
    }
    let open = candidates(&schema, to, likeness);
    Ok(Decision { schema, renames, open })
}

fn follow(rename: Rename, schema: &mut Schema, renames: &mut Vec<Rename>) {
    apply(schema, &rename);
    renames.push(rename);
}

/// An answer that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RenameError {
    /// The answer cannot be read.
    #[error("`{answer}` is no rename: {reason}")]
    Syntax {
        /// The answer.
        answer: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// The old table is not in the database.
    #[error("there is no table `{table}` to rename")]
    NoSuchTable {
        /// The old name.
        table: QualifiedName,
    },
    /// The old column is not in the table.
    #[error("table `{table}` has no column `{column}` to rename")]
    NoSuchColumn {
        /// The table.
        table: QualifiedName,
        /// The old name.
        column: String,
    },
    /// The models still have what is to be renamed.
    #[error("{object} cannot be renamed: the models still have it")]
    StillWanted {
        /// The object, by its old name: ``column `session.plan` ``.
        object: String,
    },
    /// The models do not have the new name.
    #[error("nothing can be renamed to {object}: the models do not have it")]
    NotWanted {
        /// The object, by its new name.
        object: String,
    },
    /// The database has the new name already.
    #[error("nothing can be renamed to {object}: the database has it already")]
    AlreadyThere {
        /// The object, by its new name.
        object: String,
    },
    /// The two sides are in different tables or schemas.
    #[error("`{from}` cannot be renamed to `{to}`: a rename stays in its table and schema")]
    Moves {
        /// The left side.
        from: String,
        /// The right side.
        to: String,
    },
}

impl RenameError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Syntax { .. } => Some(
                "write `--rename old_table=new_table` or `--rename table.old_column=new_column`"
                    .to_owned(),
            ),
            Self::NoSuchTable { .. } | Self::NoSuchColumn { .. } => {
                Some("leave the `--rename` out if it has been done already".to_owned())
            }
            Self::StillWanted { .. } => Some("remove the old name from the models".to_owned()),
            Self::NotWanted { .. } => Some("write the new name in the models first".to_owned()),
            Self::AlreadyThere { .. } | Self::Moves { .. } => None,
        }
    }
}

/// ``column `session.plan` ``.
fn column_object(table: &QualifiedName, column: &str) -> String {
    format!("column `{table}.{column}`")
}

/// ``table `session` ``.
fn table_object(table: &QualifiedName) -> String {
    format!("table `{table}`")
}

#[cfg(test)]
mod tests;

/// The table of this name: the exact one, else the one that the backend takes for it.
fn find<'s>(
    schema: &'s Schema,
    name: &QualifiedName,
    likeness: &(impl Likeness + ?Sized),
) -> Option<&'s Table> {
    schema.tables.get(name).or_else(|| {
        schema.tables.values().find(|table| {
            table.name.schema == name.schema
                && likeness.same_table_name(&table.name.name, &name.name)
        })
    })
}
