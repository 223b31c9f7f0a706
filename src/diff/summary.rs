//! An operation in a line: `~ column session.plan text → integer`.

use super::Operation;
use crate::model::{Column, Index};

impl Operation {
    /// The operation in a line that starts with `+`, `~` or `-`.
    ///
    /// ```
    /// use glowplug::diff::Operation;
    /// use glowplug::model::Table;
    ///
    /// let operation = Operation::CreateTable { table: Table::new("session") };
    /// assert_eq!(operation.summary(), "+ table session");
    /// ```
    #[must_use]
    pub fn summary(&self) -> String {
        match self {
            Self::CreateTable { table } => format!("+ table {}", table.name),
            Self::DropTable { table } => format!("- table {}", table.name),
            Self::RenameTable { from, to } => format!("~ table {from} → {to}"),
            Self::AlterTable { table, .. } => format!("~ options of table {table}"),
            Self::AddColumn { table, column, .. } => {
                format!("+ column {table}.{} {}", column.name, shape(column))
            }
            Self::DropColumn { table, column } => format!("- column {table}.{}", column.name),
            Self::RenameColumn { table, from, to } => format!("~ column {table}.{from} → {to}"),
            Self::AlterColumn { table, from, to, .. } => {
                format!("~ column {table}.{} {}", to.name, alteration(from, to))
            }
            Self::AlterPrimaryKey { table, to, .. } => match to {
                Some(key) => format!("~ primary key of {table} ({})", key.columns.join(", ")),
                None => format!("- primary key of {table}"),
            },
            Self::AddUnique { table, unique } => {
                format!("+ unique of {table} ({})", unique.columns.join(", "))
            }
            Self::DropUnique { table, unique } => {
                format!("- unique of {table} ({})", unique.columns.join(", "))
            }
            Self::AddCheck { table, check } => format!("+ check of {table} ({})", check.expression),
            Self::DropCheck { table, check } => {
                format!("- check of {table} ({})", check.expression)
            }
            Self::AddForeignKey { table, foreign_key: key } => {
                format!(
                    "+ foreign key {table} ({}) → {}",
                    key.columns.join(", "),
                    key.foreign_table
                )
            }
            Self::DropForeignKey { table, foreign_key: key } => {
                format!(
                    "- foreign key {table} ({}) → {}",
                    key.columns.join(", "),
                    key.foreign_table
                )
            }
            Self::CreateIndex { table, index } => format!("+ index {} of {table}", name(index)),
            Self::DropIndex { table, index } => format!("- index {} of {table}", name(index)),
            Self::CreateView { view } => format!("+ view {}", view.name),
            Self::DropView { view } => format!("- view {}", view.name),
            Self::CreateEnum { enum_type } => format!("+ type {}", enum_type.name),
            Self::DropEnum { enum_type } => format!("- type {}", enum_type.name),
            Self::AlterEnum { to, .. } => format!("~ type {}", to.name),
            Self::RebuildTable { to, changes, .. } => {
                let changes: Vec<_> = changes.iter().map(Self::summary).collect();
                format!("~ table {} is rebuilt: {}", to.name, changes.join(", "))
            }
        }
    }
}

fn name(index: &Index) -> &str {
    index.name.as_deref().unwrap_or("without a name")
}

/// `TEXT NOT NULL DEFAULT 'x'`.
fn shape(column: &Column) -> String {
    let mut words = vec![column.sql_type.to_string()];
    if !column.nullable {
        words.push("NOT NULL".to_owned());
    }
    if let Some(default) = &column.default {
        words.push(format!("DEFAULT {default}"));
    }
    if let Some(generated) = &column.generated {
        words.push(format!("AS ({})", generated.expression));
    }
    words.join(" ")
}

/// What is different, each as `before → after`.
fn alteration(from: &Column, to: &Column) -> String {
    let mut parts = Vec::new();
    let mut part = |what: &str, from: String, to: String| {
        if from != to {
            parts.push(format!("{what}{from} → {to}"));
        }
    };
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let null = |column: &Column| if column.nullable { "NULL" } else { "NOT NULL" }.to_owned();
    let generated =
        |column: &Column| or_none(&column.generated.as_ref().map(|g| g.expression.clone()));
    part("", from.sql_type.to_string(), to.sql_type.to_string());
    part("", null(from), null(to));
    part("default ", or_none(&from.default), or_none(&to.default));
    part("generated ", generated(from), generated(to));
    part("identity ", format!("{:?}", from.identity), format!("{:?}", to.identity));
    part("collate ", or_none(&from.collation), or_none(&to.collation));
    part("comment ", or_none(&from.comment), or_none(&to.comment));
    parts.join(", ")
}
