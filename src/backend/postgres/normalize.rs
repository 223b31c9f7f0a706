//! One spelling for what can be spelt in several ways.

use super::lexer::tokens;
use crate::model::Schema;

pub(super) fn expression(sql: &str) -> String {
    sql.to_owned()
}
pub(super) fn schema(_schema: &mut Schema) {}

/// An expression without the parentheses around all of it.
pub(super) fn without_parentheses(sql: &str) -> &str {
    let mut sql = sql.trim();
    while let Some(inner) = inside(sql) {
        sql = inner.trim();
    }
    sql
}

/// What stands between the first and the last parenthesis, if they are a pair.
fn inside(sql: &str) -> Option<&str> {
    let tokens = tokens(sql);
    let (first, last) = (tokens.first()?, tokens.last()?);
    if !first.is_symbol("(") || !last.is_symbol(")") || tokens.len() < 3 {
        return None;
    }
    let mut depth = 0_usize;
    for token in &tokens[..tokens.len() - 1] {
        match token.text {
            "(" => depth += 1,
            ")" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return None;
        }
    }
    Some(&sql[first.end()..last.start])
}
