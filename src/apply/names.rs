//! Which tables and indexes a statement names, as far as running it safely needs that.

use std::collections::BTreeSet;

use super::script::Statement;
use super::sql;
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

    /// Takes a name with what stands before it: a schema, and on PostgreSQL the database.
    fn name(&mut self) -> Option<Name> {
        let mut name = Name { schema: None, ..self.part()? };
        while self.take(&["."]) {
            let next = self.part()?;
            let text = format!("{}.{}", name.text, next.text);
            name = Name { schema: Some(name.name), name: next.name, text };
        }
        Some(name)
    }

    /// Takes all parts of a name, without their quotes.
    fn parts(&mut self) -> Option<Vec<String>> {
        let mut parts = vec![self.part()?.name];
        while self.take(&["."]) {
            parts.push(self.part()?.name);
        }
        Some(parts)
    }

    /// Takes one word or quoted name, or PostgreSQL's `U&"…"`, written plainly then.
    fn part(&mut self) -> Option<Name> {
        if self.take(&["U", "&"]) {
            let quoted = self.next()?.plain()?;
            let escape =
                if self.take(&["UESCAPE"]) { self.next()?.plain()? } else { "\\".to_owned() };
            let name = unescaped(&quoted, escape.chars().next()?)?;
            let text = sql::name(Backend::Postgres, &name);
            return Some(Name { schema: None, name, text });
        }
        let part = self.next()?;
        Some(Name { schema: None, name: part.plain()?, text: part.text.to_owned() })
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

/// What `U&"d\0061t\+000061"` says (PostgreSQL 15, 4.1.2.3).
fn unescaped(text: &str, escape: char) -> Option<String> {
    let mut parts = text.split(escape);
    let mut plain = parts.next()?.to_owned();
    while let Some(part) = parts.next() {
        if part.is_empty() {
            // The sign itself, doubled.
            plain.push(escape);
            plain.push_str(parts.next()?);
            continue;
        }
        let (digits, length) = part.strip_prefix('+').map_or((part, 4), |digits| (digits, 6));
        let code = u32::from_str_radix(digits.get(..length)?, 16).ok()?;
        plain.push(char::from_u32(code)?);
        plain.push_str(&digits[length..]);
    }
    Some(plain)
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
pub(super) fn concurrent_index(sql: &str) -> Option<ConcurrentIndex> {
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

/// A statement without comments and line breaks.
pub(super) fn plainly(backend: Backend, sql: &str) -> String {
    let lexemes = lexemes(backend, sql);
    lexemes.iter().map(|lexeme| lexeme.text).collect::<Vec<_>>().join(" ")
}

/// The words and names of a statement in small letters, without their quotes.
pub(super) fn all(backend: Backend, sql: &str) -> BTreeSet<String> {
    let lexemes = lexemes(backend, sql);
    let names = lexemes.iter().filter(|lexeme| lexeme.body().is_none());
    names.filter_map(Lexeme::plain).map(|name| name.to_lowercase()).take(NAMES).collect()
}

/// A table, a view or an index by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Relation {
    pub(super) schema: Option<String>,
    pub(super) name: String,
}

impl Relation {
    pub(super) fn of_any_schema(name: &str) -> Self {
        Self { schema: None, name: name.to_owned() }
    }
}

/// How many names of a statement are looked at: one that inserts rows may have any number of words.
const NAMES: usize = 1_000;

/// What stands before the name of a relation.
const BEFORE_A_NAME: [&str; 22] = [
    "ANALYZE",
    "CLUSTER",
    "CONCURRENTLY",
    "EXISTS",
    "FROM",
    "INDEX",
    "INHERIT",
    "INTO",
    "JOIN",
    "LIKE",
    "LOCK",
    "OF",
    "ON",
    "ONLY",
    "PARTITION",
    "REFERENCES",
    "SEQUENCE",
    "TABLE",
    "TRUNCATE",
    "UPDATE",
    "USING",
    "VIEW",
];

/// PostgreSQL: whatever a statement, or a body of code in it, may name, words of SQL among it.
pub(super) fn relations(sql: &str) -> BTreeSet<Relation> {
    let lexemes = lexemes(Backend::Postgres, sql);
    let (mut reader, mut found) = (Reader(&lexemes), BTreeSet::new());
    let lists = ["DROP", "TRUNCATE", "LOCK"]
        .iter()
        .any(|verb| lexemes.first().is_some_and(|first| first.is(verb)));
    while let Some(next) = reader.0.first().filter(|_| found.len() < NAMES) {
        if let Some(body) = next.body() {
            found.extend(relations(&body));
            reader.next();
            continue;
        }
        let names = reader.0.len() < lexemes.len() && {
            let before = &lexemes[lexemes.len() - reader.0.len() - 1];
            BEFORE_A_NAME.iter().any(|word| before.is(word)) || lists && before.is(",")
        };
        let Some(first) = reader.part().map(folded) else { continue };
        let mut name = Relation { schema: None, name: first };
        while reader.take(&["."]) {
            let Some(next) = reader.part().map(folded) else { break };
            name = Relation { schema: Some(name.name), name: next };
        }
        if names {
            found.insert(name);
        }
    }
    found
}

/// PostgreSQL: whether this is how the server calls the index without a name that a statement makes, or
/// the one that `REINDEX` left: `t_x_y_idx1` (`ChooseIndexName()` in PostgreSQL 15). Expressions and names
/// that it cuts are not recognised.
pub(super) fn may_be_called(sql: &str, name: &str) -> bool {
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

/// A name as the server keeps it.
fn folded(name: Name) -> String {
    if name.text.ends_with('"') { name.name } else { name.name.to_lowercase() }
}

/// PostgreSQL: the settings of an application that a statement names where something is set, in a
/// body of code too: `app.tenant`.
pub(super) fn custom_settings(sql: &str) -> Vec<String> {
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
pub(super) fn only_sets(sql: &str) -> bool {
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
pub(super) fn temporary_table(sql: &str, database: Option<&str>) -> Option<String> {
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
pub(super) fn database(sql: &str) -> Option<String> {
    let lexemes = lexemes(Backend::Mysql, sql);
    let mut reader = Reader(&lexemes);
    reader.take(&["USE"]).then(|| reader.next().and_then(Lexeme::plain)).flatten()
}
