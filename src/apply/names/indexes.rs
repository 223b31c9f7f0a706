//! PostgreSQL: the indexes of statements that no transaction can hold.

use super::{Reader, folded};
use crate::files::statement::lexemes;
use crate::model::Backend;

/// What a statement of PostgreSQL does to an index outside a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::apply) enum ConcurrentIndex {
    /// It makes one, with a name or one that the server gives, of this table; both as written.
    Create {
        index: Option<String>,
        table: String,
        /// `IF NOT EXISTS`.
        if_absent: bool,
    },
    /// It drops this one.
    Drop(String),
    /// It builds new ones beside those that are there, which take their place.
    Rebuild,
}

/// The index of a `CREATE`, `DROP` or `REINDEX … CONCURRENTLY`.
pub(in crate::apply) fn concurrent_index(sql: &str) -> Option<ConcurrentIndex> {
    let lexemes = lexemes(Backend::Postgres, sql);
    let mut reader = Reader(&lexemes);
    if reader.take(&["DROP", "INDEX", "CONCURRENTLY"]) {
        reader.take(&["IF", "EXISTS"]);
        return reader.name().map(|name| ConcurrentIndex::Drop(name.text));
    }
    if reader.take(&["REINDEX"]) {
        let beside = lexemes.iter().any(|lexeme| lexeme.is("CONCURRENTLY"));
        return beside.then_some(ConcurrentIndex::Rebuild);
    }
    if !reader.take(&["CREATE", "INDEX"]) && !reader.take(&["CREATE", "UNIQUE", "INDEX"]) {
        return None;
    }
    if !reader.take(&["CONCURRENTLY"]) {
        return None;
    }
    let if_absent = reader.take(&["IF", "NOT", "EXISTS"]);
    let mut index = None;
    if !reader.take(&["ON"]) {
        index = Some(reader.name()?.text);
        reader.take(&["ON"]);
    }
    reader.take(&["ONLY"]);
    let table = reader.name()?.text;
    Some(ConcurrentIndex::Create { index, table, if_absent })
}

/// PostgreSQL: whether this is how the server calls the index without a name that a statement makes, or
/// the one that `REINDEX` left: `t_x_y_idx1` (`ChooseIndexName()` in PostgreSQL 15). Expressions and names
/// that it cuts are not recognised.
pub(in crate::apply) fn may_be_called(sql: &str, name: &str) -> bool {
    let lexemes = lexemes(Backend::Postgres, name);
    let found = Reader(&lexemes).parts().and_then(|mut parts| parts.pop());
    match (usual_index(sql), found) {
        (Some(usual), Some(found)) => {
            let number = found.strip_prefix(&usual);
            usual.len() < 63 && number.is_some_and(|it| it.chars().all(|c| c.is_ascii_digit()))
        }
        _ => false,
    }
}

fn usual_index(sql: &str) -> Option<String> {
    let lexemes = lexemes(Backend::Postgres, sql);
    let on = lexemes.iter().position(|lexeme| lexeme.is("ON"))?;
    let mut reader = Reader(&lexemes[on + 1..]);
    reader.take(&["ONLY"]);
    let mut words = vec![folded(reader.name()?)];
    if reader.take(&["USING"]) {
        reader.next();
    }
    if !reader.take(&["("]) {
        return None;
    }
    loop {
        words.push(folded(reader.part()?));
        // What follows a column is a word: its operator class, its order.
        while reader.0.first().is_some_and(|next| next.plain().is_some()) {
            reader.next();
        }
        match reader.next() {
            Some(sign) if sign.is(",") => {}
            Some(sign) if sign.is(")") => break,
            _ => return None,
        }
    }
    let includes = reader.0.iter().any(|lexeme| lexeme.is("INCLUDE"));
    (!includes).then(|| format!("{}_idx", words.join("_")))
}
