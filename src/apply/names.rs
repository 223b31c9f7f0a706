//! Which tables and indexes a statement names, as far as running it safely needs that.

use super::script::Statement;
use crate::files::statement::{Lexeme, lexemes};
use crate::model::Backend;

/// Reads a statement token by token.
struct Reader<'a>(&'a [Lexeme<'a>]);

impl<'a> Reader<'a> {
    /// Takes these words, all or none of them.
    fn take(&mut self, words: &[&str]) -> bool {
        let found = self.0.len() >= words.len()
            && self.0.iter().zip(words).all(|(lexeme, word)| lexeme.is(word));
        if found {
            self.0 = &self.0[words.len()..];
        }
        found
    }

    fn next(&mut self) -> Option<&'a Lexeme<'a>> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    /// Takes a name and the schema before it.
    fn name(&mut self) -> Option<Name> {
        let first = self.next()?;
        if !self.take(&["."]) {
            return Some(Name { schema: None, name: first.plain()?, text: first.text.to_owned() });
        }
        let second = self.next()?;
        let text = format!("{}.{}", first.text, second.text);
        Some(Name { schema: first.plain(), name: second.plain()?, text })
    }

    /// Takes the name of a table, folded as SQLite compares it; none for a temporary one, which no
    /// other table can refer to.
    fn table(&mut self) -> Option<String> {
        let name = self.name()?;
        let temporary = name.schema.is_some_and(|schema| schema.eq_ignore_ascii_case("temp"));
        (!temporary).then(|| name.name.to_ascii_lowercase())
    }
}

struct Name {
    schema: Option<String>,
    name: String,
    /// As written, without spaces.
    text: String,
}

/// Whether a SQLite migration that runs in a transaction has to run with foreign keys off: it says
/// so, or it drops a table and has another take a name that was given up. `PRAGMA foreign_keys`
/// does nothing inside a transaction (sqlite.org/pragma.html), and with foreign keys on, `DROP
/// TABLE` deletes the rows of the tables that refer to it.
pub(super) fn needs_foreign_keys_off(statements: &[Statement]) -> bool {
    says_foreign_keys_off(statements) || replaces_table(statements)
}

/// Whether a SQLite migration switches foreign keys off by itself.
pub(super) fn says_foreign_keys_off(statements: &[Statement]) -> bool {
    statements.iter().any(|statement| {
        switches_foreign_keys_off(Reader(&lexemes(Backend::Sqlite, &statement.sql)))
    })
}

/// Whether a SQLite migration drops a table and has another take a name that was given up.
pub(super) fn replaces_table(statements: &[Statement]) -> bool {
    let (mut given_up, mut drops, mut replaces) = (Vec::new(), false, false);
    for statement in statements {
        let change = of_table(Reader(&lexemes(Backend::Sqlite, &statement.sql)));
        drops |= change.drops;
        replaces |= change.taken.is_some_and(|name| given_up.contains(&name));
        given_up.extend(change.given_up);
    }
    drops && replaces
}

/// SQLite takes every value that it does not know for off (`sqlite3GetBoolean()` in 3.40).
fn switches_foreign_keys_off(mut reader: Reader<'_>) -> bool {
    if !reader.take(&["PRAGMA"]) {
        return false;
    }
    let about_them =
        reader.name().is_some_and(|pragma| pragma.name.eq_ignore_ascii_case("foreign_keys"));
    if !about_them || !(reader.take(&["="]) || reader.take(&["("])) {
        return false;
    }
    reader.take(&["+"]);
    let value = reader.next().and_then(Lexeme::plain).unwrap_or_default();
    let number = value.parse::<u64>().map(|number| number % 256 != 0);
    !number
        .unwrap_or_else(|_| ["on", "yes", "true"].iter().any(|on| value.eq_ignore_ascii_case(on)))
}

/// What a statement does to the names of tables.
#[derive(Default)]
struct Change {
    drops: bool,
    given_up: Option<String>,
    taken: Option<String>,
}

fn of_table(mut reader: Reader<'_>) -> Change {
    if reader.take(&["DROP", "TABLE"]) {
        reader.take(&["IF", "EXISTS"]);
        return Change { drops: true, given_up: reader.table(), taken: None };
    }
    if reader.take(&["CREATE", "TABLE"]) {
        reader.take(&["IF", "NOT", "EXISTS"]);
        return Change { taken: reader.table(), ..Change::default() };
    }
    if reader.take(&["ALTER", "TABLE"]) {
        let given_up = reader.table();
        if reader.take(&["RENAME", "TO"]) {
            return Change { drops: false, given_up, taken: reader.table() };
        }
    }
    Change::default()
}

/// What a statement of PostgreSQL does to an index outside a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ConcurrentIndex {
    /// It makes one, with a name or one that the server gives, of this table; both as written.
    Create { index: Option<String>, table: String },
    /// It drops this one.
    Drop(String),
}

/// The index of a `CREATE` or `DROP INDEX CONCURRENTLY`.
pub(super) fn concurrent_index(sql: &str) -> Option<ConcurrentIndex> {
    let lexemes = lexemes(Backend::Postgres, sql);
    let mut reader = Reader(&lexemes);
    if reader.take(&["DROP", "INDEX", "CONCURRENTLY"]) {
        reader.take(&["IF", "EXISTS"]);
        return reader.name().map(|name| ConcurrentIndex::Drop(name.text));
    }
    if !reader.take(&["CREATE", "INDEX"]) && !reader.take(&["CREATE", "UNIQUE", "INDEX"]) {
        return None;
    }
    if !reader.take(&["CONCURRENTLY"]) {
        return None;
    }
    reader.take(&["IF", "NOT", "EXISTS"]);
    let mut index = None;
    if !reader.take(&["ON"]) {
        index = Some(reader.name()?.text);
        reader.take(&["ON"]);
    }
    reader.take(&["ONLY"]);
    reader.name().map(|table| ConcurrentIndex::Create { index, table: table.text })
}
