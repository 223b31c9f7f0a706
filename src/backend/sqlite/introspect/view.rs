//! A view of the model, made of the stored text.

use super::rows::MasterRow;
use crate::backend::sqlite::stored::{Token, TokenKind, tokens};
use crate::model::{QualifiedName, View};

/// Reads a view from its text.
pub(super) fn read(object: &MasterRow) -> Option<View> {
    let text = object.sql.as_deref()?;
    let tokens = tokens(text).ok()?;
    let is = |token: &Token, word: &str| {
        matches!(token.kind, TokenKind::Word | TokenKind::Symbol)
            && text[token.range.clone()].eq_ignore_ascii_case(word)
    };
    // Before AS there are only names, quoted where they are keywords, and a list of columns.
    let at = tokens.iter().position(|token| is(token, "AS"))?;
    let (head, select) = (&tokens[..at], &tokens[at + 1..]);
    let end = select.iter().rev().find(|token| !is(token, ";"))?.range.end;
    let select = &text[select.first()?.range.start..end];
    let columns = head.iter().find(|token| is(token, "(")).map(|open| {
        let close = tokens[at - 1].range.end;
        &text[open.range.start..close]
    });
    let definition = match columns {
        None => select.to_owned(),
        // A definition is a SELECT; names for its columns can stand within it as well.
        Some(columns) => {
            let name = format!("\"{}\"", object.name.replace('"', "\"\""));
            format!("WITH {name} {columns} AS ({select}) SELECT * FROM {name}")
        }
    };
    let name = QualifiedName::new(&object.name);
    Some(View { stored: Some(text.to_owned()), described: true, ..View::new(name, definition) })
}
