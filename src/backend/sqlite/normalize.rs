//! One spelling for what can be spelt in several ways.

use crate::model::Schema;

pub(super) fn expression(sql: &str) -> String {
    sql.to_owned()
}
pub(super) fn schema(_schema: &mut Schema) {}

pub(super) fn mentions(sql: &str, column: &str) -> bool {
    // Without a tokenizer at hand: a mention within another word counts too.
    sql.to_ascii_lowercase().contains(&column.to_ascii_lowercase())
}
