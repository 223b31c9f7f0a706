//! What a statement sets, or makes, for its session.

use super::Reader;
use crate::apply::sql;
use crate::files::statement::{Lexeme, lexemes};
use crate::model::Backend;

/// PostgreSQL: the settings of an application that a statement names where something is set, in a
/// body of code too: `app.tenant`.
pub(in crate::apply) fn custom_settings(sql: &str) -> Vec<String> {
    let lexemes = lexemes(Backend::Postgres, sql);
    let mut found = Vec::new();
    for at in 0..lexemes.len() {
        let mut reader = Reader(&lexemes[at..]);
        if reader.take(&["SET"]) || reader.take(&["RESET"]) {
            let _ = reader.take(&["SESSION"]) || reader.take(&["LOCAL"]);
            found.extend(reader.parts().map(|parts| parts.join(".")));
        } else if reader.take(&["set_config", "("]) {
            found.extend(reader.next().and_then(Lexeme::plain));
        } else if let Some(body) = lexemes[at].body() {
            found.extend(custom_settings(&body));
        }
    }
    found.retain(|name| name.contains('.'));
    found
}

/// PostgreSQL: whether a query does nothing but set something for the session, so that it does no harm
/// to run it twice: `SELECT set_config('search_path', 'a', false)`.
pub(in crate::apply) fn only_sets(sql: &str) -> bool {
    const SETS: &str = "set_config";
    let lexemes = lexemes(Backend::Postgres, sql);
    let Some((select, rest)) = lexemes.split_first().filter(|(first, _)| first.is("SELECT")) else {
        return false;
    };
    let next = rest.iter().skip(1).chain([select]);
    let mut sets = false;
    for (lexeme, next) in rest.iter().zip(next) {
        let calls = next.is("(") && lexeme.plain().is_some();
        sets |= calls && lexeme.is(SETS);
        if calls && !lexeme.is(SETS) && !lexeme.is("current_setting")
            || ["SELECT", "FROM", "INTO", "WITH", "TABLE"].iter().any(|word| lexeme.is(word))
        {
            return false;
        }
    }
    sets
}

/// MySQL and MariaDB: the temporary table that a statement makes, quoted, in this database.
pub(in crate::apply) fn temporary_table(sql: &str, database: Option<&str>) -> Option<String> {
    let lexemes = lexemes(Backend::Mysql, sql);
    let mut reader = Reader(&lexemes);
    if !reader.take(&["CREATE"]) {
        return None;
    }
    reader.take(&["OR", "REPLACE"]);
    if !reader.take(&["TEMPORARY", "TABLE"]) {
        return None;
    }
    reader.take(&["IF", "NOT", "EXISTS"]);
    let mut parts = reader.parts()?;
    if parts.len() == 1 {
        parts.splice(0..0, database.map(str::to_owned));
    }
    let quoted: Vec<_> = parts.iter().map(|part| sql::name(Backend::Mysql, part)).collect();
    Some(quoted.join("."))
}

/// MySQL and MariaDB: the database that `USE` chooses.
pub(in crate::apply) fn database(sql: &str) -> Option<String> {
    let lexemes = lexemes(Backend::Mysql, sql);
    let mut reader = Reader(&lexemes);
    reader.take(&["USE"]).then(|| reader.next().and_then(Lexeme::plain)).flatten()
}
