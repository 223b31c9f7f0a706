//! The rows of a scratch database: what migrations insert by themselves.

use std::collections::BTreeMap;

use diesel::RunQueryDsl as _;
use diesel::sql_types::{Nullable, Text};
use diesel::{QueryableByName, sql_query};

use crate::backend::{Backend, DatabaseError, ident};
use crate::connection::AnyConnection;
use crate::model::{QualifiedName, Schema, Table};

/// The rows of every table, each as the texts of its columns, sorted.
pub(super) type Rows = BTreeMap<QualifiedName, Vec<String>>;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

/// Reads them all: for a scratch database, which holds no more than migrations write.
pub(super) fn read(connection: &mut AnyConnection, schema: &Schema) -> Result<Rows, DatabaseError> {
    let backend = connection.backend();
    let mut rows = Rows::new();
    for table in schema.tables.values() {
        let sql = select(backend, table);
        let lines: Vec<Line> = sql_query(&sql)
            .load(connection)
            .map_err(DatabaseError::query(format!("reading the rows of `{}`", table.name)))?;
        let mut lines: Vec<_> = lines.into_iter().map(|row| row.line.unwrap_or_default()).collect();
        lines.sort();
        rows.insert(table.name.clone(), lines);
    }
    Ok(rows)
}

/// The tables whose rows differ, with how many there are on each side.
pub(super) fn differences(from: &Rows, to: &Rows) -> Vec<(QualifiedName, usize, usize)> {
    let none = Vec::new();
    let names = from.keys().chain(to.keys().filter(|name| !from.contains_key(*name)));
    let pairs =
        names.map(|name| (name, from.get(name).unwrap_or(&none), to.get(name).unwrap_or(&none)));
    let differing = pairs.filter(|(_, before, after)| before != after);
    differing.map(|(name, before, after)| (name.clone(), before.len(), after.len())).collect()
}

fn select(backend: Backend, table: &Table) -> String {
    let from = ident::quote_name(backend, &table.name);
    let mut names: Vec<_> = table.columns.iter().map(|column| &column.name).collect();
    names.sort();
    let columns = names.into_iter().map(|name| ident::quote(backend, name));
    let line = match backend {
        // hex(), since a text may be no UTF-8.
        Backend::Sqlite => {
            let values = columns.map(|column| format!("quote({column})"));
            format!("hex({})", values.chain(["''".into()]).collect::<Vec<_>>().join(" || ',' || "))
        }
        Backend::Postgres => {
            format!("CAST(ROW({}) AS text)", columns.collect::<Vec<_>>().join(", "))
        }
        Backend::Mysql => {
            let values = columns.map(|column| format!("quote({column})"));
            format!(
                "hex(concat_ws(',', {}))",
                values.chain(["''".into()]).collect::<Vec<_>>().join(", ")
            )
        }
    };
    format!("SELECT {line} AS line FROM {from}")
}
