//! The types: which native type a Diesel type gets, and which ones it loads.

use crate::backend::Refusal;
use crate::model::{Column, DieselType, Schema};

pub(super) fn native_type(column: &Column, _schema: &Schema) -> Result<String, Refusal> {
    Err(Refusal::new(format!("column `{}`", column.name), "not yet"))
}
pub(super) fn loads(_diesel: &DieselType, _native: &str) -> bool {
    false
}
pub(super) fn diesel_type(_native: &str) -> Option<(DieselType, Option<u32>)> {
    None
}
pub(super) fn normalize_type(native: &str) -> String {
    native.to_owned()
}

pub(super) fn neutral_value(_native: &str, _schema: &Schema) -> Option<String> {
    None
}
