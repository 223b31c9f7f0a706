//! Small schemas for the tests of the rules.

use super::{Hazard, check};
use crate::diff::Operation;
use crate::model::{Backend, Column, PrimaryKey, QualifiedName, Schema, SqlType, Table};

pub(super) struct Case {
    from: Schema,
    to: Schema,
    backend: Backend,
}

impl Case {
    pub(super) fn new<const N: usize, const M: usize>(from: [Table; N], to: [Table; M]) -> Self {
        let schema = |tables: Vec<Table>| {
            let mut schema = Schema::default();
            tables.into_iter().for_each(|table| schema.insert_table(table));
            schema
        };
        Self { from: schema(from.into()), to: schema(to.into()), backend: Backend::Sqlite }
    }

    pub(super) fn on(self, backend: Backend) -> Self {
        Self { backend, ..self }
    }

    pub(super) fn check(&self, operations: &[Operation]) -> Vec<Hazard> {
        check(operations, &self.from, &self.to, self.backend)
    }
}

/// A table whose key is its `id`.
pub(super) fn table(name: &str, columns: &[&str]) -> Table {
    let mut table = Table::new(QualifiedName::new(name));
    table.columns = columns.iter().map(|name| column(name)).collect();
    table.primary_key = Some(PrimaryKey {
        options: Default::default(),
        name: None,
        columns: vec!["id".to_owned()],
    });
    table
}

pub(super) fn column(name: &str) -> Column {
    typed(name, "text")
}

pub(super) fn typed(name: &str, native: &str) -> Column {
    Column::new(name, SqlType::native(native))
}
