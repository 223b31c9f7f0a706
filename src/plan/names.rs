//! Names that one object gives up and another one takes, where a table, its indexes and its triggers
//! share their names with those of all other tables.

use std::collections::{BTreeMap, BTreeSet};

use super::order::MANY;
use crate::backend::Dialect;
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema, Table};

/// What goes with the tables that go, in small letters. SQLite has one space of names for tables,
/// indexes and virtual tables, and one for triggers, in either of which case says nothing.
#[derive(Default)]
pub(super) struct Freed {
    names: BTreeSet<String>,
    /// How the names of the tables that a virtual table keeps for itself begin.
    starts: Vec<String>,
    triggers: BTreeSet<String>,
    /// The tables that come only then, and with them their indexes.
    late: BTreeSet<QualifiedName>,
}

impl Freed {
    pub(super) fn by(
        operations: &[Operation],
        from: &Schema,
        to: &Schema,
        dialect: &dyn Dialect,
    ) -> Self {
        let mut freed = Self::default();
        if !dialect.capabilities().case_insensitive_names || !dialect.capabilities().rebuilds {
            return freed;
        }
        for operation in operations {
            match operation {
                Operation::DropTable { table } => freed.table(table, from),
                Operation::DropObject { object } if object.kind == "virtual table" => {
                    let name = object.name.name.to_ascii_lowercase();
                    freed.starts.push(format!("{name}_"));
                    freed.names.insert(name);
                }
                _ => {}
            }
        }
        let tables = operations.iter().filter_map(|operation| match operation {
            Operation::CreateTable { table } => Some(table),
            _ => None,
        });
        let late = tables.filter(|table| freed.is_taken_by(table, to));
        let late = late.map(|table| table.name.clone()).collect();
        Self { late, ..freed }
    }

    fn table(&mut self, table: &Table, from: &Schema) {
        self.names.insert(table.name.name.to_ascii_lowercase());
        self.names.extend(index_names(table));
        self.triggers.extend(triggers(table, from));
    }

    fn holds(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.names.contains(&name) || self.starts.iter().any(|start| name.starts_with(start))
    }

    fn is_taken_by(&self, table: &Table, to: &Schema) -> bool {
        self.holds(&table.name.name)
            || index_names(table).any(|name| self.holds(&name))
            || triggers(table, to).any(|trigger| self.triggers.contains(&trigger))
    }

    /// The place of what can only come once the tables are gone, among what happens with them.
    pub(super) fn place(
        &self,
        operation: &Operation,
        created: &BTreeMap<QualifiedName, usize>,
    ) -> Option<isize> {
        match operation {
            Operation::CreateTable { table } => {
                self.late.contains(&table.name).then(|| 1 + created[&table.name] as isize)
            }
            Operation::CreateIndex { table, index } => {
                let held = index.name.as_ref().is_some_and(|name| self.holds(name));
                (held || self.late.contains(table)).then_some(MANY - 1)
            }
            _ => None,
        }
    }
}

/// Puts a rebuild that makes an index behind the drop of the table that holds its name, or whose index
/// does.
pub(super) fn after_drops(mut operations: Vec<Operation>) -> Vec<Operation> {
    for at in (0..operations.len()).rev() {
        let Operation::RebuildTable { to, .. } = &operations[at] else { continue };
        let names: Vec<_> = index_names(to).collect();
        let holds = |operation: &Operation| match operation {
            Operation::DropTable { table } => {
                names.contains(&table.name.name.to_ascii_lowercase())
                    || index_names(table).any(|name| names.contains(&name))
            }
            _ => false,
        };
        if let Some(last) = operations.iter().rposition(holds).filter(|last| *last > at) {
            operations[at..=last].rotate_left(1);
        }
    }
    operations
}

/// The names of the indexes of a table, in small letters.
fn index_names(table: &Table) -> impl Iterator<Item = String> + '_ {
    table.indexes.iter().filter_map(|index| Some(index.name.as_ref()?.to_ascii_lowercase()))
}

/// The names of the triggers on a table.
fn triggers<'a>(table: &'a Table, schema: &'a Schema) -> impl Iterator<Item = String> + 'a {
    let on = |owner: &QualifiedName| owner.name.eq_ignore_ascii_case(&table.name.name);
    let of = schema.others.iter().filter(move |it| it.kind == "trigger");
    let of = of.filter(move |it| it.table.as_ref().is_some_and(on));
    of.map(|it| it.name.name.to_ascii_lowercase())
}
