//! What a rule may look at besides its operation.

use std::collections::BTreeMap;

use super::{Source, SourceColumn, shape};
use crate::diff::Operation;
use crate::diff::rename::text;
use crate::model::{Backend, Column, IndexKey, IndexPart, QualifiedName, Schema, Table};

/// The whole diff, and the two schemas.
#[derive(Debug)]
pub struct Context<'a> {
    /// The backend.
    pub backend: Backend,
    /// The database as it is, under its old names.
    pub from: &'a Schema,
    /// What it becomes.
    pub to: &'a Schema,
    /// The whole diff.
    pub operations: &'a [Operation],
    /// Which operation is looked at.
    at: usize,
    /// The renames, with their places.
    renames: Vec<(usize, &'a Operation)>,
    /// The operations of each table, under the name that the operation gives it.
    by_table: BTreeMap<&'a QualifiedName, Vec<&'a Operation>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        operations: &'a [Operation],
        from: &'a Schema,
        to: &'a Schema,
        backend: Backend,
    ) -> Self {
        let is_rename = |operation: &Operation| {
            matches!(operation, Operation::RenameTable { .. } | Operation::RenameColumn { .. })
        };
        let renames = operations.iter().enumerate().filter(|(_, o)| is_rename(o)).collect();
        let mut by_table: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for operation in operations {
            if let Some(table) = operation.table() {
                by_table.entry(table).or_default().push(operation);
            }
        }
        Self { backend, from, to, operations, at: 0, renames, by_table }
    }

    pub(super) fn advance(&mut self, at: usize) {
        self.at = at;
    }

    /// The triggers that go with a table or view, in words.
    pub(super) fn with_triggers(&self, owner: &QualifiedName) -> String {
        let live = self.live_table(owner);
        let triggers = self.from.others.iter().filter(|other| {
            other.kind.ends_with("trigger")
                && other.table.as_ref().is_some_and(|table| *table == live)
        });
        let names: Vec<_> = triggers.map(|trigger| format!("`{}`", trigger.name)).collect();
        match names.len() {
            0 => String::new(),
            1 => format!(" with the trigger {}", names[0]),
            _ => format!(" with the triggers {}", names.join(", ")),
        }
    }

    /// The operations on a table.
    pub(super) fn on_table(&self, table: &QualifiedName) -> &[&'a Operation] {
        self.by_table.get(table).map_or(&[], Vec::as_slice)
    }

    /// Whether the whole table goes.
    pub(super) fn drops_table(&self, table: &QualifiedName) -> bool {
        self.on_table(table).iter().any(|o| matches!(o, Operation::DropTable { .. }))
    }

    /// Whether the table is created by the plan, and so is empty.
    pub(super) fn creates_table(&self, table: &QualifiedName) -> bool {
        self.on_table(table).iter().any(|o| matches!(o, Operation::CreateTable { .. }))
    }

    /// Whether the column goes.
    pub(super) fn drops_column(&self, table: &QualifiedName, column: &str) -> bool {
        self.on_table(table).iter().any(
            |o| matches!(o, Operation::DropColumn { column: dropped, .. } if dropped.name == column),
        )
    }

    /// Whether all the columns go, so that what stands on them goes without saying.
    pub(super) fn drops_columns<S: AsRef<str>>(
        &self,
        table: &QualifiedName,
        columns: impl IntoIterator<Item = S>,
    ) -> bool {
        let mut columns = columns.into_iter().peekable();
        columns.peek().is_some() && columns.all(|column| self.drops_column(table, column.as_ref()))
    }

    /// The table as it is called now.
    pub(super) fn live_table(&self, table: &QualifiedName) -> QualifiedName {
        self.live(table, "").0
    }

    /// The table and column as they are called now.
    pub(super) fn live(&self, table: &QualifiedName, column: &str) -> (QualifiedName, String) {
        let (mut table, mut column) = (table, column);
        for (_, rename) in self.renames.iter().rev().filter(|(at, _)| *at < self.at) {
            if let Operation::RenameTable { from, to } = rename
                && to == table
            {
                table = from;
            }
            if let Operation::RenameColumn { table: of, from, to } = rename
                && of == table
                && to == column
            {
                column = from;
            }
        }
        (table.clone(), column.to_owned())
    }

    /// What the column of a live table will be called.
    fn renamed(&self, table: &QualifiedName, column: &str) -> String {
        let (mut table, mut column) = (table, column);
        for (_, rename) in &self.renames {
            if let Operation::RenameTable { from, to } = rename
                && from == table
            {
                table = to;
            }
            if let Operation::RenameColumn { table: of, from, to } = rename
                && of == table
                && from == column
            {
                column = to;
            }
        }
        column.to_owned()
    }

    /// The primary key of a table, as its columns are called now.
    pub(super) fn live_key(&self, table: &QualifiedName) -> Vec<String> {
        let live = self.from.table(&self.live_table(table));
        let key = live.and_then(|table| table.primary_key.as_ref());
        key.map(|key| key.columns.clone()).unwrap_or_default()
    }

    /// The rows of a table as the plan will see them, with its key, or `None` where they cannot be
    /// told before: the table is new, or what is used changes its type or takes its value from a
    /// sequence. The proof, which runs the plan, answers then.
    pub(super) fn source(
        &self,
        table: &QualifiedName,
        uses: impl Fn(&str) -> bool,
    ) -> Option<(Source, Vec<String>)> {
        if self.creates_table(table) {
            return None;
        }
        let live_name = self.live_table(table);
        let live = self.from.table(&live_name)?;
        let mut columns: Vec<_> = live.columns.iter().map(|c| self.kept(live, c)).collect();
        for operation in self.on_table(table) {
            if let Operation::AddColumn { column, fill, .. } = operation {
                columns.retain(|there| there.name != column.name);
                match self.added(table, column, fill.as_ref()) {
                    Some(added) => columns.push(added),
                    None if uses(&column.name) => return None,
                    None => {}
                }
            }
            if let Operation::AlterColumn { from, to, fill, .. } = operation
                && uses(&to.name)
                && let Some(there) = columns.iter_mut().find(|there| there.name == to.name)
            {
                there.value.clone_from(fill);
                let (old, new) = (shape::native(self, from), shape::native(self, to));
                if self.backend != Backend::Sqlite && old != new {
                    there.cast = new.filter(|_| shape::widens(self, from, to));
                    there.cast.as_ref()?;
                }
            }
        }
        let as_today = |column: &SourceColumn| {
            column.live.as_ref() == Some(&column.name)
                && column.cast.is_none()
                && column.value.is_none()
        };
        let key = self.live_key(table);
        let key = if columns.iter().any(|column| uses(&column.name) && !as_today(column)) {
            key.iter().map(|column| self.renamed(&live_name, column)).collect()
        } else {
            columns.clear();
            key
        };
        Some((Source { table: live_name, alias: table.name.clone(), columns }, key))
    }

    fn kept(&self, live: &Table, column: &Column) -> SourceColumn {
        SourceColumn {
            name: self.renamed(&live.name, &column.name),
            live: Some(column.name.clone()),
            cast: None,
            value: None,
        }
    }

    /// A new column, if it is known what rows that are there already receive in it.
    fn added(
        &self,
        table: &QualifiedName,
        column: &Column,
        fill: Option<&String>,
    ) -> Option<SourceColumn> {
        let others_are_new = |sql: &String| {
            self.on_table(table).iter().any(
                |o| matches!(o, Operation::AddColumn { column, .. } if text::mentions(sql, &column.name)),
            )
        };
        let value = self.value(column, fill)?;
        (!others_are_new(&value)).then(|| SourceColumn {
            name: column.name.clone(),
            live: None,
            cast: None,
            value: Some(value),
        })
    }

    /// The SQL of what rows that are there already receive in a new column.
    fn value(&self, column: &Column, fill: Option<&String>) -> Option<String> {
        if shape::assigned(column) {
            return None;
        }
        if let Some(generated) = &column.generated {
            return Some(generated.expression.clone());
        }
        let native = column.sql_type.native.as_ref();
        Some(match (fill.or(column.default.as_ref()), native) {
            (Some(value), _) => value.clone(),
            (None, Some(native)) if self.backend == Backend::Postgres => {
                format!("CAST(NULL AS {native})")
            }
            (None, _) => "NULL".to_owned(),
        })
    }
}

/// Whether an index over the parts uses the column.
pub(super) fn uses_column(parts: &[IndexPart], predicate: Option<&str>, column: &str) -> bool {
    let mut parts = parts.iter();
    predicate.is_some_and(|sql| text::mentions(sql, column))
        || parts.any(|part| match &part.key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expression(sql) => text::mentions(sql, column),
        })
}
