//! What was read, the same for every backend.

use super::names::{rust_name, rust_name_of_column};
use super::types::ColumnType;

/// The tables of one schema.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    /// In the order in which they are printed.
    pub(super) tables: Vec<Table>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    /// What the reader has to tell.
    pub(super) warnings: Vec<String>,
}

/// The name of a table. The order of the fields is that in which tables are sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TableName {
    pub(super) sql: String,
    pub(super) rust: String,
    /// Where it is not the default one.
    pub(super) schema: Option<String>,
}

#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: TableName,
    /// SQL names of columns.
    pub(super) primary_key: Vec<String>,
    pub(super) columns: Vec<Column>,
    pub(super) comment: Option<String>,
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) sql: String,
    pub(super) rust: String,
    pub(super) ty: ColumnType,
    pub(super) comment: Option<String>,
}

/// A foreign key. The order of the fields is that in which they are printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ForeignKey {
    pub(super) child: TableName,
    pub(super) parent: TableName,
    /// SQL names of the child's columns.
    pub(super) columns: Vec<String>,
    /// SQL names of the parent's columns.
    pub(super) parent_columns: Vec<String>,
}

impl TableName {
    pub(super) fn new(sql: impl Into<String>, schema: Option<String>) -> Self {
        let sql = sql.into();
        Self { rust: rust_name(&sql), sql, schema }
    }

    /// `audit.event`.
    pub(super) fn full_sql(&self) -> String {
        match &self.schema {
            Some(schema) => format!("{schema}.{}", self.sql),
            None => self.sql.clone(),
        }
    }

    /// What stands in `table!`.
    pub(super) fn in_macro(&self) -> String {
        match &self.schema {
            Some(schema) => format!("{}.{}", rust_name(schema), self.rust),
            None => self.rust.clone(),
        }
    }

    pub(super) fn column(&self, sql: &str) -> String {
        rust_name_of_column(sql, &self.rust)
    }
}

impl Catalog {
    /// Leaves out what `table!` cannot say, sorts the rest, and gives back what there is to tell.
    pub(super) fn settle(&mut self) -> Vec<String> {
        let mut warnings = std::mem::take(&mut self.warnings);
        self.tables.retain(|table| {
            if table.primary_key.is_empty() {
                warnings.push(format!(
                    "table `{}` has no primary key, which Diesel needs; it is left out",
                    table.name.full_sql()
                ));
            }
            !table.primary_key.is_empty()
        });
        self.foreign_keys.sort();
        warnings
    }
}
