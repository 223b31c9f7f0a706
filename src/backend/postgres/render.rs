//! Operations to SQL.

use crate::backend::{Refusal, Script, Statement};
use crate::diff::Operation;
use crate::model::{Schema, Table};

pub(super) fn render(
    _operation: &Operation,
    _from: &Schema,
    _to: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    Ok(Vec::new())
}
pub(super) fn script(
    _header: &[String],
    _statements: &[Statement],
    _own_transaction: bool,
) -> Script {
    Script { sql: String::new(), run_in_transaction: true }
}
