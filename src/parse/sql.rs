//! SQL in `ddl!`: one string for every backend, or one for each.

use proc_macro2::{Delimiter, Span};

use super::suggest;
use super::tokens::{Cursor, Fault, Parsed};
use crate::backend::Backend;

/// What the models say at a place where SQL stands.
#[derive(Clone, Debug)]
pub(super) struct SqlSpot {
    /// The SQL for the backend at hand; `None` where only others have some.
    pub(super) sql: Option<String>,
    pub(super) span: Span,
}

const BACKENDS: [Backend; 3] = [Backend::Sqlite, Backend::Postgres, Backend::Mysql];

/// Reads `"sql"` or `{ sqlite "sql", postgres "sql" }`.
pub(super) fn read(cursor: &mut Cursor, backend: Backend, expected: &str) -> Parsed<SqlSpot> {
    let span = cursor.span();
    if let Some(group) = cursor.eat_group(Delimiter::Brace) {
        let sql = by_backend(Cursor::inside(&group), backend)?;
        return Ok(SqlSpot { sql, span });
    }
    let (sql, span) = cursor.text(&format!("{expected}, as a string in double quotes,"))?;
    check(&sql, span)?;
    Ok(SqlSpot { sql: Some(sql), span })
}

/// Whether SQL stands there.
pub(super) fn is_next(cursor: &Cursor) -> bool {
    use proc_macro2::TokenTree;
    cursor.is_group(Delimiter::Brace) || matches!(cursor.peek(), Some(TokenTree::Literal(_)))
}

fn by_backend(cursor: Cursor, backend: Backend) -> Parsed<Option<String>> {
    let span = cursor.span();
    let mut seen: Vec<Backend> = Vec::new();
    let mut picked = None;
    for mut arm in cursor.split_list() {
        let word = arm.ident("`sqlite`, `postgres` or `mysql`")?;
        let Some(of) = BACKENDS.into_iter().find(|b| word == b.word()) else {
            let near = suggest::nearest(&word.to_string(), BACKENDS.map(Backend::word));
            return Err(Fault::new(word.span(), format!("`{word}` is no backend"))
                .hint("the backends are `sqlite`, `postgres` and `mysql`")
                .suggest(near));
        };
        if seen.contains(&of) {
            return Err(Fault::new(word.span(), format!("`{word}` is there twice")));
        }
        seen.push(of);
        let (sql, span) = arm.text("a string in double quotes")?;
        check(&sql, span)?;
        arm.finish("`,`")?;
        if of == backend {
            picked = Some(sql);
        }
    }
    if seen.is_empty() {
        return Err(Fault::new(span, "SQL for at least one backend was expected"));
    }
    Ok(picked)
}

pub(super) fn check(sql: &str, span: Span) -> Parsed<()> {
    if sql.contains('\0') {
        return Err(Fault::new(span, "the text holds a NUL byte"));
    }
    Ok(())
}
