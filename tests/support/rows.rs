//! The rows of a database, as SQL literals, so that `1`, `1.0` and `'1'` differ.

use std::collections::BTreeMap;

use serde_json::Value;

use super::sqlite::{Judge, name, text};

/// A row: its values by column. `rowid` stands under [`ROWID`] where the table has one.
pub(crate) type Row = BTreeMap<String, String>;

/// All rows by table, in a stable order.
pub(crate) type Rows = BTreeMap<String, Vec<Row>>;

/// The key of the implicit rowid.
pub(crate) const ROWID: &str = "(rowid)";

/// Every row of every table.
pub(crate) fn read(judge: &Judge) -> Rows {
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let tables = judge.tables();
    let mut queries = Vec::new();
    for table in &tables {
        columns.insert(table.clone(), Vec::new());
        queries.push(format!(
            "SELECT json_array({0}, name, (SELECT wr FROM pragma_table_list WHERE name = {0} AND schema = 'main')) FROM pragma_table_xinfo({0}) WHERE hidden <> 1;",
            text(table)
        ));
    }
    let mut without_rowid = BTreeMap::new();
    for row in judge.rows(&queries) {
        let [Value::String(table), Value::String(column), Value::Number(wr)] = &row[..] else {
            panic!("a column reads {row:?}")
        };
        columns.get_mut(table).expect("asked for").push(column.clone());
        without_rowid.insert(table.clone(), wr.as_i64() == Some(1));
    }
    let mut rows = Rows::new();
    let mut queries = Vec::new();
    for (table, columns) in &columns {
        rows.insert(table.clone(), Vec::new());
        let mut pairs: Vec<String> =
            columns.iter().map(|c| format!("{}, quote({})", text(c), name(c))).collect();
        if without_rowid.get(table) == Some(&false)
            && !columns.iter().any(|c| c.eq_ignore_ascii_case("rowid"))
        {
            pairs.push(format!("{}, quote(rowid)", text(ROWID)));
        }
        queries.push(format!(
            "SELECT json_array({}, json_object({})) FROM {};",
            text(table),
            pairs.join(", "),
            name(table)
        ));
    }
    for row in judge.rows(&queries) {
        let [Value::String(table), Value::Object(values)] = &row[..] else {
            panic!("a row reads {row:?}")
        };
        let values = values
            .iter()
            .map(|(column, value)| (column.clone(), value.as_str().unwrap_or("?").to_owned()));
        rows.get_mut(table).expect("asked for").push(values.collect());
    }
    for rows in rows.values_mut() {
        rows.sort();
    }
    rows
}
