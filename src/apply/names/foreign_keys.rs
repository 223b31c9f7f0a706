//! SQLite: whether a migration needs foreign keys off.

use super::Reader;
use crate::apply::script::Statement;
use crate::files::statement::{Lexeme, lexemes};
use crate::model::Backend;

/// Whether a SQLite migration that runs in a transaction has to run with foreign keys off: it says
/// so, or it drops a table and has another take a name that was given up. `PRAGMA foreign_keys`
/// does nothing inside a transaction (sqlite.org/pragma.html), and with foreign keys on, `DROP
/// TABLE` deletes the rows of the tables that refer to it.
pub(in crate::apply) fn needs_foreign_keys_off(statements: &[Statement]) -> bool {
    says_foreign_keys_off(statements) || replaces_table(statements)
}

/// Whether a SQLite migration switches foreign keys off by itself.
pub(in crate::apply) fn says_foreign_keys_off(statements: &[Statement]) -> bool {
    statements.iter().any(|statement| {
        switches_foreign_keys_off(Reader(&lexemes(Backend::Sqlite, &statement.sql)))
    })
}

/// Whether a SQLite migration drops a table and has another take a name that was given up.
pub(in crate::apply) fn replaces_table(statements: &[Statement]) -> bool {
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
